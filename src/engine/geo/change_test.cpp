// What-if equals from-scratch, after every step and after undoing.
#include "engine/geo/change.h"

#include <gtest/gtest.h>

#include "engine/geo/testing.h"

namespace linli::geo {

namespace {

Entrances some_entrances(testing::Numbers& numbers, Node nodes) {
  Entrances entrances{{numbers.below(nodes), numbers.below(50)}};
  if (numbers.below(2) == 0) entrances.push_back({numbers.below(nodes), numbers.below(50)});
  return entrances;
}

std::vector<Time> from_scratch(const testing::Streets& streets,
                               const std::vector<Entrances>& facilities) {
  std::vector<Seed> seeds;
  for (const Entrances& facility : facilities)
    seeds.insert(seeds.end(), facility.begin(), facility.end());
  return dijkstra(reversed(streets.graph()), seeds);
}

}  // namespace

TEST(WhatIf, EqualsFromScratchAfterThousandsOfChanges) {
  size_t changes = 0;
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    testing::Numbers numbers(seed);
    testing::Streets streets = testing::town(seed, 5 + seed % 12);
    const Graph away = streets.graph();
    const Graph towards = reversed(away);
    std::vector<Entrances> facilities(1 + seed % 6);
    for (Entrances& facility : facilities) facility = some_entrances(numbers, streets.nodes());
    WhatIf what_if(away, towards, facilities);
    struct State {
      std::vector<Entrances> facilities;
      std::vector<Arc> arcs;
    };
    std::vector<State> history;
    for (int step = 0; step < 100; ++step, ++changes) {
      const uint32_t kind = numbers.below(10);
      if (kind < 3 && !history.empty()) {
        ASSERT_TRUE(what_if.undo());
        facilities = history.back().facilities;
        streets.arcs = history.back().arcs;
        history.pop_back();
      } else {
        history.push_back({facilities, streets.arcs});
        const size_t facility = numbers.below(static_cast<uint32_t>(facilities.size()));
        if (kind < 5) {
          facilities.push_back(some_entrances(numbers, streets.nodes()));
          EXPECT_EQ(what_if.add(facilities.back()), facilities.size() - 1);
        } else if (kind < 7) {
          facilities[facility].clear();
          what_if.remove(facility);
        } else if (kind < 9) {
          facilities[facility] = some_entrances(numbers, streets.nodes());
          what_if.move(facility, facilities[facility]);
        } else {
          const Node a = numbers.below(streets.nodes());
          const Node b = numbers.below(streets.nodes());
          const Time forward = 1 + numbers.below(300);
          const Time back = numbers.below(2) == 0 ? kNoTime : 1 + numbers.below(300);
          streets.arcs.push_back({a, b, forward});
          streets.arcs.push_back({b, a, back});
          what_if.open_path(a, b, forward, back);
        }
      }
      ASSERT_EQ(what_if.times(), from_scratch(streets, facilities))
          << "town " << seed << " step " << step;
    }
  }
  EXPECT_EQ(changes, 4000U);
}

TEST(WhatIf, TwoFacilitiesAtOneDoorAreTwo) {
  const testing::Streets streets = testing::town(3, 10);
  const Graph away = streets.graph();
  const Graph towards = reversed(away);
  WhatIf what_if(away, towards, {{{7, 0}}, {{7, 0}}});
  const std::vector<Time> before = what_if.times();
  what_if.remove(0);
  EXPECT_EQ(what_if.times(), before);
  what_if.remove(1);
  EXPECT_EQ(what_if.times()[7], kNoTime);
  EXPECT_TRUE(what_if.undo());
  EXPECT_EQ(what_if.times(), before);
  EXPECT_TRUE(what_if.undo());
  EXPECT_FALSE(what_if.undo());
}

}  // namespace linli::geo
