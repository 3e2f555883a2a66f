// Import and opening of a map: seconds, memory, milliseconds.
//   bench_network FILE [COPIES]      COPIES of a .osm.pbf side by side, one by itself
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>

#include "core/json.h"
#include "engine/geo/network_file.h"
#include "engine/geo/osm_import.h"
#include "engine/geo/travel.h"
#include "support/stopwatch.h"

namespace {

using namespace linli;  // NOLINT: a program of one file

// A copy: its ids moved on, its nodes to the east; nodes first, then ways.
void add_copy(const std::string& file, int copy, bool nodes, osmium::io::Writer& writer) {
  constexpr int64_t kIds = 20'000'000'000;
  osmium::io::Reader reader(file,
                            nodes ? osmium::osm_entity_bits::node : osmium::osm_entity_bits::way);
  while (osmium::memory::Buffer buffer = reader.read()) {
    osmium::memory::Buffer out(buffer.committed() * 2, osmium::memory::Buffer::auto_grow::yes);
    for (auto& object : buffer.select<osmium::OSMObject>()) {
      object.set_id(object.id() + copy * kIds);
      if (object.type() == osmium::item_type::node) {
        auto& node = static_cast<osmium::Node&>(object);
        osmium::Location at = node.location();
        at.set_x(at.x() + copy * 3'000'000);
        node.set_location(at);
      } else {
        for (osmium::NodeRef& ref : static_cast<osmium::Way&>(object).nodes())
          ref.set_ref(ref.ref() + copy * kIds);
      }
      out.add_item(object);
      out.commit();
    }
    writer(std::move(out));
  }
}

double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM")) return line.substr(6);
  }
  return "?";
}

}  // namespace

int main(int count, char** arguments) {
  std::string file = count > 1 ? arguments[1] : "tests/data/osm/porto.osm.pbf";
  const int copies = count > 2 ? std::atoi(arguments[2]) : 1;
  if (copies > 1) {
    const std::string tiled = "bench/out/tiled-" + std::to_string(copies) + ".osm.pbf";
    if (!std::filesystem::exists(tiled)) {
      osmium::io::Writer writer(tiled);
      for (const bool nodes : {true, false}) {
        for (int copy = 0; copy < copies; ++copy) add_copy(file, copy, nodes, writer);
      }
      writer.close();
      std::cout << "made " << tiled << "; run again to measure it alone" << std::endl;
      return 0;
    }
    file = tiled;
  }
  std::cout << file << ": " << static_cast<double>(std::filesystem::file_size(file)) / 1e6 << " MB"
            << std::endl;
  const double start = wall();
  geo::OsmExtract extract = MUST(geo::read_osm(file, {}, {}));
  std::cout << "read " << wall() - start << " s" << std::endl;
  const geo::Imported made = MUST(geo::import_osm(std::move(extract), "bench", {}));
  const std::string path = "bench/out/network.map";
  MUST(geo::write_network(made.network.view(), path));
  const double imported_s = wall() - start;
  const double processor_s = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  std::cout << "imported and written in " << imported_s << " s (" << processor_s
            << " s of processor time), peak" << peak_memory() << std::endl;
  std::cout << made.report.streets << " streets, " << made.report.junctions << " junctions, "
            << made.report.doors << " doors" << std::endl;
  const double opened_ms = 1000 * bench::best_of(20, [&] { MUST(geo::NetworkFile::open(path)); });
  std::cout << "opened in " << opened_ms << " ms ("
            << static_cast<double>(std::filesystem::file_size(path)) / 1e6 << " MB)" << std::endl;
  geo::Profile walk;
  walk.speed_kmh = walk.approach_kmh = 4;
  const bench::Stopwatch watch;
  const geo::Travel travel(made.network.view(), walk);
  const double travel_ms = watch.seconds() * 1000;
  std::cout << "made ready to walk in " << travel_ms << " ms" << std::endl;
  json::Writer out;
  out.begin_object();
  out.member("file_mb", static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  out.member("import_s", imported_s);
  out.member("import_processor_s", processor_s);
  out.member("peak_memory", peak_memory());
  out.member("open_ms", opened_ms);
  out.member("ready_ms", travel_ms);
  out.end_object();
  std::ofstream("bench/out/network.json") << out.text() << "\n";
}
