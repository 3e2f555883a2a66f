// What-if and isochrones on all of Moscow (404 060 nodes), on foot at 1.25 m/s.
//   bench_changes [ROADS]
#include <algorithm>
#include <fstream>
#include <iostream>

#include "core/json.h"
#include "engine/geo/change.h"
#include "engine/geo/isochrone.h"
#include "engine/geo/network_build.h"
#include "engine/geo/testing.h"
#include "support/stopwatch.h"

namespace {

using namespace linli;       // NOLINT: a program of one file
using namespace linli::geo;  // NOLINT

NetworkData moscow_network(const std::string& roads) {
  const geo::testing::Streets streets = geo::testing::moscow(roads + "/moscow");
  NetworkData data;
  data.nodes = streets.at;
  for (const Arc& arc : streets.arcs) {
    if (arc.tail > arc.head) continue;  // the other direction of the same street
    Street street;
    street.ends = {arc.tail, arc.head};
    street.uses = use_bits(Mode::walk);
    street.kind = StreetKind::residential;
    street.length_dm =
        static_cast<uint32_t>(distance_m(streets.at[arc.tail], streets.at[arc.head]) * 10 + 0.5);
    data.streets.push_back(street);
  }
  return MUST(build_network(std::move(data), {}));
}

struct Times {
  std::vector<double> ms;
  double at(double share) {
    std::sort(ms.begin(), ms.end());
    return ms[static_cast<size_t>(share * static_cast<double>(ms.size() - 1))];
  }
};

void report(json::Writer& out, const std::string& name, double value, const char* unit) {
  out.member(name, value);
  std::cout << name << ": " << value << " " << unit << std::endl;
}

void measure_changes(const Travel& travel, uint32_t facilities, json::Writer& out) {
  geo::testing::Numbers numbers(facilities);
  const Node nodes = travel.away().nodes();
  std::vector<Entrances> all(facilities);
  for (Entrances& facility : all) facility = {{numbers.below(nodes), 0}};
  WhatIf what_if(travel.away(), travel.towards(), all);
  Times adding;
  Times removing;
  const auto timed = [](Times& times, auto work) {
    const bench::Stopwatch watch;
    work();
    times.ms.push_back(watch.seconds() * 1000);
  };
  for (int i = 0; i < 1000; ++i) {
    const Node node = numbers.below(nodes);
    timed(adding, [&] { what_if.add({{node, 0}}); });
    what_if.undo();
    timed(removing, [&] { what_if.remove(numbers.below(facilities)); });
    what_if.undo();
  }
  const std::string k = "_" + std::to_string(facilities);
  report(out, "add_p50_ms" + k, adding.at(0.5), "ms");
  report(out, "add_p99_ms" + k, adding.at(0.99), "ms");
  report(out, "remove_p50_ms" + k, removing.at(0.5), "ms");
  report(out, "remove_p99_ms" + k, removing.at(0.99), "ms");
}

void measure_isochrones(const Travel& travel, int minutes, json::Writer& out) {
  geo::testing::Numbers numbers(7);
  const auto streets = static_cast<uint32_t>(travel.network().streets.size());
  Isochrones isochrones(travel, Direction::from_point);
  constexpr int kRuns = 2000;
  double reached = 0;
  double vertices = 0;
  double rings = 0;
  double searching = 0;
  double drawing = 0;
  for (int i = 0; i < kRuns; ++i) {
    const Anchor start{numbers.below(streets), 50, 0};
    bench::Stopwatch watch;
    isochrones.search(start, static_cast<Time>(minutes) * 60 * kUnitsPerSecond);
    searching += watch.seconds();
    watch = {};
    const std::vector<Polygon> polygons = isochrones.polygons();
    drawing += watch.seconds();
    reached += static_cast<double>(isochrones.nodes_reached());
    for (const Polygon& polygon : polygons) {
      rings += 1 + static_cast<double>(polygon.holes.size());
      vertices += static_cast<double>(polygon.outer.size());
      for (const auto& hole : polygon.holes) vertices += static_cast<double>(hole.size());
    }
  }
  const std::string name = "_" + std::to_string(minutes) + "_min";
  report(out, "isochrones_a_second" + name, kRuns / (searching + drawing), "");
  report(out, "searches_a_second" + name, kRuns / searching, "");
  report(out, "nodes_reached" + name, reached / kRuns, "");
  report(out, "vertices" + name, vertices / kRuns, "");
  report(out, "rings" + name, rings / kRuns, "");
}

}  // namespace

int main(int count, char** arguments) {
  const NetworkData data = moscow_network(count > 1 ? arguments[1] : "tests/data/road");
  Profile walk;
  walk.speed_kmh = walk.approach_kmh = 4.5;
  const Travel travel(data.view(), walk);
  json::Writer out;
  out.begin_object();
  for (const uint32_t facilities : {100U, 300U, 1000U}) measure_changes(travel, facilities, out);
  for (const int minutes : {15, 30}) measure_isochrones(travel, minutes, out);
  {
    geo::testing::Numbers numbers(3);
    std::vector<LaneSeed> seeds;
    for (uint8_t lane = 0; lane < kLanes; ++lane) {
      for (uint16_t i = 0; i < 300; ++i) {
        seeds.push_back({numbers.below(travel.sweep().nodes()), lane, 0, i});
      }
    }
    NearestLines lines(travel.sweep().nodes() * 3);
    Sweep sweep(travel.sweep());
    const double seconds = bench::best_of(5, [&] { sweep.nearest_k(seeds, 3, lines); });
    report(out, "nearest_3_ns_per_node_category", seconds * 1e9 / travel.sweep().nodes() / kLanes,
           "ns");
  }
  out.end_object();
  std::ofstream("bench/out/changes.json") << out.text() << "\n";
}
