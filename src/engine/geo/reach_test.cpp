// The whole chain from order to sweep against plain Dijkstra.
#include <algorithm>

#include <gtest/gtest.h>

#include "engine/geo/dijkstra.h"
#include "engine/geo/order.h"
#include "engine/geo/testing.h"

namespace linli::geo {

namespace {

const std::string kRoads = LINLI_SOURCE_DIR "/tests/data/road";

// Facilities of every lane at random nodes; lane 7 has none, lane 8 one.
std::vector<LaneSeed> facilities(uint32_t seed, Node nodes, uint32_t most) {
  testing::Numbers numbers(seed);
  std::vector<LaneSeed> seeds;
  for (uint8_t lane = 0; lane < kLanes; ++lane) {
    const uint32_t count = lane == 7 ? 0 : lane == 8 ? 1 : 1 + numbers.below(most);
    for (uint32_t i = 0; i < count; ++i) {
      seeds.push_back({numbers.below(nodes), lane, static_cast<LaneTime>(numbers.below(100)),
                       static_cast<uint16_t>(i)});
    }
  }
  return seeds;
}

// Every lane of every node under every kernel is what Dijkstra says.
void expect_exact(const testing::Prepared& made, std::span<const LaneSeed> seeds) {
  const Graph towards = reversed(made.streets.graph());
  const Node nodes = towards.nodes();
  std::vector<std::vector<Time>> truth;
  for (uint8_t lane = 0; lane < kLanes; ++lane) {
    std::vector<Seed> starts;
    for (const LaneSeed& seed : seeds) {
      if (seed.lane == lane) starts.push_back({seed.node, seed.time});
    }
    truth.push_back(dijkstra(towards, starts));
  }
  const LaneKernel* all[3] = {};
  const size_t count = kernels(all, 3);
  for (size_t k = 0; k < count; ++k) {
    Sweep sweep(made.sweep, *all[k]);
    TimeLines times(nodes);
    NearestLines nearest(nodes);
    sweep.times(seeds, times);
    sweep.nearest(seeds, nearest);
    size_t wrong = 0;
    for (Node node = 0; node < nodes; ++node) {
      for (uint8_t lane = 0; lane < kLanes; ++lane) {
        const Time expected = std::min<Time>(truth[lane][node], kFar);
        wrong += times.of(node)[lane] != expected;
        wrong += nearest.of(node)[lane] >> 16 != expected;
      }
    }
    EXPECT_EQ(wrong, 0U) << all[k]->name;
  }
}

}  // namespace

TEST(Order, HoldsEveryNodeOnce) {
  for (uint32_t seed = 1; seed < 20; ++seed) {
    const testing::Streets town = testing::town(seed, 3 + seed);
    std::vector<Node> order = *nested_dissection(town.links(), town.at, {});
    std::sort(order.begin(), order.end());
    ASSERT_EQ(order.size(), town.nodes());
    for (Node node = 0; node < town.nodes(); ++node) ASSERT_EQ(order[node], node);
  }
}

TEST(Order, CanBeStopped) {
  const testing::Streets town = testing::town(1, 60);
  const auto order = nested_dissection(town.links(), town.at, [](double) { return false; });
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().code, "geo.stopped");
}

TEST(Order, OfNothingIsNothing) {
  const testing::Streets none;
  EXPECT_TRUE(nested_dissection(none.links(), none.at, {})->empty());
}

TEST(Reach, EqualsDijkstraInEveryTown) {
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    const testing::Prepared made = testing::prepare(testing::town(seed, 2 + seed % 40));
    expect_exact(made, facilities(seed, made.streets.nodes(), 1 + seed % 20));
  }
}

TEST(Reach, NamesTheNearestFacility) {
  const testing::Prepared made = testing::prepare(testing::town(5, 30));
  const auto seeds = facilities(5, made.streets.nodes(), 10);
  const Graph graph = made.streets.graph();
  NearestLines nearest(made.streets.nodes());
  Sweep(made.sweep).nearest(seeds, nearest);
  PathSearch paths(made.hierarchy, made.metric);
  for (Node node = 0; node < made.streets.nodes(); node += 7) {
    for (uint8_t lane = 0; lane < kLanes; ++lane) {
      uint32_t best = 0x7fffffff;
      for (const LaneSeed& seed : seeds) {
        if (seed.lane != lane) continue;
        const Time time = paths.time_between(node, seed.node);
        if (time + seed.time < kFar)
          best = std::min(best, (time + seed.time) << 16 | seed.facility);
      }
      const uint32_t found = nearest.of(node)[lane];
      if (best == 0x7fffffff) {
        EXPECT_EQ(found >> 16, kFar);
      } else {
        EXPECT_EQ(found, best);
      }
    }
  }
}

TEST(Reach, EqualsDijkstraInAllMoscow) {
  const testing::Prepared made = testing::prepare(testing::moscow(kRoads + "/moscow"));
  ASSERT_EQ(made.streets.nodes(), 404'060U);
  expect_exact(made, facilities(1, made.streets.nodes(), 400));
}

TEST(Reach, AgreesWithTheReferenceOfLuxembourg) {
  std::vector<testing::Reference> reference;
  const testing::Streets streets = testing::luxembourg(kRoads + "/luxembourg", reference);
  const testing::Prepared made = testing::prepare(streets);
  ASSERT_EQ(reference.size(), 100'000U);
  const std::vector<Node> rank = ranks_of(made.order);
  PathSearch paths(made.hierarchy, made.metric);
  size_t wrong = 0;
  for (const auto& [from, to, time] : reference) {
    wrong += paths.time_between(rank[from], rank[to]) != time;
  }
  EXPECT_EQ(wrong, 0U);
  // The same network in quarter seconds under the sweep, one-ways and all.
  testing::Streets quarter = streets;
  for (Arc& arc : quarter.arcs) arc.time = arc.time / 250 + 1;
  expect_exact(testing::prepare(quarter), facilities(2, streets.nodes(), 50));
}

}  // namespace linli::geo
