// The map engine on real cities: travel times to the nearest facility against Dijkstra, exact in
// every lane that is compared.
//   bench_reach ROADS [--copies N] [--json FILE]
// ROADS holds moscow/nodes.gz and edges.gz (tests/data/road). N linked Moscows, 1 by itself.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>

#include "core/json.h"
#include "engine/geo/dijkstra.h"
#include "engine/geo/order.h"
#include "engine/geo/testing.h"
#include "support/stopwatch.h"

namespace {

using namespace linli;       // NOLINT: a program of one file
using namespace linli::geo;  // NOLINT

// Facilities of each category, for one Moscow.
constexpr uint32_t kCounts[] = {10,  20,  30,  50,  80,  100,  150,  200,  250,  300,
                                400, 500, 600, 700, 800, 1000, 1200, 1500, 2000, 3000};

std::vector<LaneSeed> facilities(Node nodes, int copies) {
  geo::testing::Numbers numbers(20);
  std::vector<LaneSeed> seeds;
  for (uint8_t lane = 0; lane < kLanes; ++lane) {
    const uint32_t count = kCounts[lane % std::size(kCounts)] * static_cast<uint32_t>(copies);
    for (uint32_t i = 0; i < count; ++i) {
      seeds.push_back({numbers.below(nodes), lane, 0, static_cast<uint16_t>(i)});
    }
  }
  return seeds;
}

struct Report {
  json::Writer json;
  void add(std::string_view name, double value, std::string_view unit) {
    json.member(name, value);
    std::cout << std::left << std::setw(44) << name << std::right << std::setw(14) << std::fixed
              << std::setprecision(value < 10 ? 3 : 1) << value << " " << unit << std::endl;
  }
  void add(std::string_view name, const std::string& value) {
    json.member(name, value);
    std::cout << std::left << std::setw(44) << name << std::right << std::setw(14) << value
              << std::endl;
  }
};

// What each lane that is compared has wrong; the time of Dijkstra for one node and category.
double compare(const geo::testing::Prepared& made, std::span<const LaneSeed> seeds,
               const TimeLines& times, uint8_t step, size_t& wrong) {
  const Graph towards = reversed(made.streets.graph());
  double seconds = 0;
  int lanes = 0;
  for (uint8_t lane = 0; lane < kLanes; lane = static_cast<uint8_t>(lane + step), ++lanes) {
    std::vector<Seed> starts;
    for (const LaneSeed& seed : seeds) {
      if (seed.lane == lane) starts.push_back({seed.node, seed.time});
    }
    bench::Stopwatch watch;
    const std::vector<Time> truth = dijkstra(towards, starts);
    seconds += watch.seconds();
    for (Node node = 0; node < towards.nodes(); ++node) {
      wrong += times.of(node)[lane] != std::min<Time>(truth[node], kFar);
    }
  }
  return seconds * 1e9 / lanes / towards.nodes();
}

// A million people at half a million doors of 3 000 places: who reaches each category in time.
double measure_coverage(const geo::testing::Prepared& made, const TimeLines& times,
                        const LaneKernel& kernel) {
  constexpr uint32_t kDoors = 500'000;
  constexpr uint32_t kPlaces = 3'000;
  geo::testing::Numbers numbers(5);
  std::vector<LaneDoor> doors;
  const Graph graph = made.streets.graph();
  while (doors.size() < kDoors) {
    const Node node = numbers.below(graph.nodes());
    const Graph::Target& edge = graph.from(node)[0];
    const auto part = static_cast<uint16_t>(numbers.below(edge.time + 1));
    doors.push_back({{node, edge.head},
                     {part, static_cast<uint16_t>(edge.time - part)},
                     node / (graph.nodes() / kPlaces + 1),
                     static_cast<uint16_t>(1 + numbers.below(8))});
  }
  std::sort(doors.begin(), doors.end(),
            [](const LaneDoor& a, const LaneDoor& b) { return a.nodes[0] < b.nodes[0]; });
  alignas(64) LaneTime limits[kLanes];
  std::fill(std::begin(limits), std::end(limits), LaneTime{15 * 60 * kUnitsPerSecond});
  Lines<uint32_t> sums(kPlaces);
  return bench::best_of(20, [&] {
    std::fill_n(sums.data(), size_t{kPlaces} * kLanes, 0U);
    kernel.cover(doors.data(), doors.size(), times.data(), limits, sums.data());
  });
}

int run(const std::string& roads, int copies, const std::string& json_path) {
  Report report;
  report.json.begin_object();
  report.add("network", copies == 1 ? "moscow" : std::to_string(copies) + "-moscows");
  const geo::testing::Streets streets = geo::testing::moscow(roads + "/moscow", copies);
  geo::testing::Prepared made;
  bench::Stopwatch watch;
  made.order = *nested_dissection(streets.links(), streets.at, {});
  report.add("order_s", watch.seconds(), "s");
  made.streets = geo::testing::renumbered(streets, made.order);
  const Links links = made.streets.links();
  watch = {};
  made.hierarchy = contract(links);
  report.add("contract_s", watch.seconds(), "s");
  const int repeats = copies == 1 ? 40 : 8;
  report.add(
      "customise_ms",
      1000 * bench::best_of(5, [&] { made.metric = customise(made.hierarchy, made.streets.arcs); }),
      "ms");
  made.sweep = make_sweep_graph(made.hierarchy, made.metric);
  const Node nodes = made.sweep.nodes();
  const double pairs = static_cast<double>(nodes) * kLanes;
  report.add("nodes", nodes, "");
  report.add("categories", kLanes, "");
  report.add("arcs_per_node", static_cast<double>(made.sweep.arcs.size()) / nodes, "");

  const std::vector<LaneSeed> seeds = facilities(nodes, copies);
  TimeLines times(nodes);
  const LaneKernel* all[3] = {};
  const size_t count = kernels(all, 3);
  double best = 0;
  for (size_t k = 0; k < count; ++k) {
    Sweep sweep(made.sweep, *all[k]);
    best = bench::best_of(repeats, [&] { sweep.times(seeds, times); });
    report.add(std::string("ns_per_node_category_") + all[k]->name, best * 1e9 / pairs, "ns");
  }
  report.add("instruction_set", best_kernel().name);
  report.add("ours_ns_per_node_category", best * 1e9 / pairs, "ns");
  report.add("whole_city_ms", best * 1000, "ms");
  {
    NearestLines nearest(nodes);
    Sweep sweep(made.sweep);
    const double identified = bench::best_of(repeats / 2, [&] { sweep.nearest(seeds, nearest); });
    report.add("identified_ns_per_node_category", identified * 1e9 / pairs, "ns");
  }
  const double coverage = measure_coverage(made, times, best_kernel());
  report.add("coverage_of_500000_doors_ms", coverage * 1000, "ms");
  report.add("whole_city_with_coverage_ms", (best + coverage) * 1000, "ms");

  size_t wrong = 0;
  const double oracle = compare(made, seeds, times, copies == 1 ? 1 : 8, wrong);
  report.add("dijkstra_ns_per_node_category", oracle, "ns");
  report.add("times_faster", oracle / (best * 1e9 / pairs), "x");
  report.add("wrong", static_cast<double>(wrong), "");
  report.json.end_object();
  std::ofstream(json_path) << report.json.text() << "\n";
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::string roads = "tests/data/road";
  std::string json_path = "bench/out/reach.json";
  int copies = 1;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    if (word == "--copies" && i + 1 < count) {
      copies = std::atoi(arguments[++i]);
    } else if (word == "--json" && i + 1 < count) {
      json_path = arguments[++i];
    } else {
      roads = word;
    }
  }
  return run(roads, copies, json_path);
}
