#include "support/city.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "core/random.h"
#include "engine/geo/testing.h"

namespace linli::bench {
namespace {

constexpr geo::LaneTime kLimit = 15 * 60 * geo::kUnitsPerSecond;
constexpr float kUnitsPerMinute = 60.0F * static_cast<float>(geo::kUnitsPerSecond);

}  // namespace

City moscow(const std::string& roads, size_t candidates, uint64_t seed) {
  const geo::testing::Prepared city = geo::testing::prepare(geo::testing::moscow(roads));
  Random random(seed);
  const size_t nodes = city.streets.nodes();
  City made;
  siting::Question& question = made.instance.question;
  made.instance.name = "moscow";
  question.goal = siting::Goal::most_people;
  question.new_sites = 20;
  question.sites.resize(candidates);
  for (size_t node = 0; node < nodes; ++node) {
    question.clients.push_back(
        {.people = std::floor(random.log_normal(12, 1)), .limit_minutes = 15});
  }
  const auto start = std::clock();
  geo::Sweep sweep(city.sweep);
  geo::TimeLines times(static_cast<geo::Node>(nodes));
  for (size_t first = 0; first < candidates; first += geo::kLanes) {
    const size_t lanes = std::min<size_t>(geo::kLanes, candidates - first);
    std::vector<geo::LaneSeed> seeds;
    for (uint8_t lane = 0; lane < lanes; ++lane) {
      seeds.push_back({static_cast<geo::Node>(random.below(static_cast<int64_t>(nodes))), lane});
    }
    sweep.times(seeds, times);
    std::vector<std::vector<siting::Reached>> reached(lanes);
    for (geo::Node node = 0; node < nodes; ++node) {
      const auto line = times.of(node);
      for (size_t lane = 0; lane < lanes; ++lane) {
        if (line[lane] > kLimit) continue;
        reached[lane].push_back({node, static_cast<float>(line[lane]) / kUnitsPerMinute});
      }
    }
    for (const auto& row : reached) question.reach.append(row);
  }
  made.reach_seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  return made;
}

}  // namespace linli::bench
