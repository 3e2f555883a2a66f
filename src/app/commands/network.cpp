#include <chrono>
#include <filesystem>

#include "app/commands/commands.h"
#include "engine/geo/network_file.h"
#include "engine/geo/osm_import.h"

namespace linli::app {

namespace {

Done run_import(Terminal& terminal, const Common& common, const std::string& file) {
  if (!std::filesystem::exists(std::filesystem::path(common.data_folder) / "settings.json")) {
    return refuse(ErrorKind::not_found, "installation.missing", common.data_folder);
  }
  const auto began = std::chrono::steady_clock::now();
  const auto progress = [&](const char* key) {
    return [&terminal, key](double share) {
      terminal.progress(key, static_cast<int64_t>(share * 1000), 1000);
      return true;
    };
  };
  geo::OsmExtract extract = TRY(geo::read_osm(file, {}, progress("import.osm_read")));
  const std::string name = std::filesystem::path(file).filename().string();
  const geo::Imported made =
      TRY(geo::import_osm(std::move(extract), name, progress("import.osm_order")));
  const auto path = (std::filesystem::path(common.data_folder) / geo::kNetworkFile).string();
  TRY(geo::write_network(made.network.view(), path));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const geo::ImportReport& report = made.report;
  terminal.say("import.osm_done",
               {{"file", path},
                {"streets", std::to_string(report.streets)},
                {"junctions", std::to_string(report.junctions)},
                {"doors", std::to_string(report.doors)},
                {"seconds", std::to_string(static_cast<int64_t>(took.count() + 0.5))}});
  if (report.islands > 0) {
    terminal.say("import.osm_islands", {{"islands", std::to_string(report.islands)},
                                        {"streets", std::to_string(report.island_streets)}});
  }
  if (report.doors_far + report.doors_island > 0) {
    terminal.say("import.osm_doors", {{"far", std::to_string(report.doors_far)},
                                      {"island", std::to_string(report.doors_island)}});
  }
  if (report.nodes_missing > 0) {
    terminal.say("import.osm_missing", {{"nodes", std::to_string(report.nodes_missing)}});
  }
  return {};
}

}  // namespace

int import_osm(Terminal& terminal, const Common& common, const std::string& file) {
  const Done done = run_import(terminal, common, file);
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
