#include <cmath>

#include <gtest/gtest.h>

#include "core/random.h"
#include "engine/grids/edit.h"

namespace linli::grids {
namespace {

// A town of blocks: `wide` × `high` houses 20 m apart, a main road after every fifth column.
Area town(size_t wide, size_t high, uint64_t seed = 1) {
  Random random(seed);
  Area area;
  for (size_t y = 0; y < high; ++y) {
    for (size_t x = 0; x < wide; ++x) {
      const auto here = static_cast<uint32_t>(y * wide + x);
      area.buildings.push_back({.x = 4.5e5 + static_cast<double>(x) * 20,
                                .y = 3.3e6 + static_cast<double>(y) * 20,
                                .households = static_cast<double>(random.below(24))});
      const double across = x % 5 == 4 ? 1 : 20;
      if (x + 1 < wide) area.neighbours.push_back({here, here + 1, across});
      if (y + 1 < high) {
        area.neighbours.push_back({here, static_cast<uint32_t>(here + wide), 20});
      }
    }
  }
  return area;
}

std::vector<FaultKind> kinds(const std::vector<Fault>& faults) {
  std::vector<FaultKind> all;
  for (const Fault& fault : faults) all.push_back(fault.kind);
  return all;
}

Answer divided(const Area& area, const Rule& rule = {}, Control control = {.effort = 0.3}) {
  Answer answer = MUST(divide(area, rule, control));
  EXPECT_EQ(kinds(faults_of(area, rule, answer.division)), kinds(answer.faults));
  return answer;
}

double all_households(const std::map<int32_t, double>& of) {
  double sum = 0;
  for (const auto& [grid, households] : of) sum += households;
  return sum;
}

TEST(Grids, EveryHouseholdHasOneConnectedGridInRange) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const Area area = town(20, 16, seed);
    const Answer answer = divided(area);
    EXPECT_TRUE(answer.faults.empty());
    double all = 0;
    for (const Building& building : area.buildings) all += building.households;
    EXPECT_EQ(all_households(households_of(area, answer.division)), all);
  }
}

TEST(Grids, FewHousesAreDividedToo) {
  for (const size_t houses : {2U, 3U, 4U, 6U, 9U, 12U}) {
    Area area = town(houses, 1);
    for (Building& building : area.buildings) building.households = 10;
    const Rule rule{10, 20};
    EXPECT_TRUE(divided(area, rule).faults.empty()) << houses;
    EXPECT_GE(households_of(area, divided(area, rule).division).size(), (houses + 1) / 2);
  }
}

TEST(Grids, MicroGridsHaveTheirOwnRange) {
  const Area area = town(14, 12);
  EXPECT_TRUE(divided(area, {100, 300}).faults.empty());
}

TEST(Grids, BordersFollowTheMainRoads) {
  Area area = town(10, 7);
  for (Building& building : area.buildings) building.households = 12;
  const Answer answer = divided(area);
  // 840 households: two grids of 420, and the one main road between five columns each.
  EXPECT_EQ(households_of(area, answer.division).size(), 2U);
  EXPECT_EQ(answer.cut, 7);
}

TEST(Grids, EstatesAndGroupsAreNotCut) {
  Area area = town(20, 10);
  for (size_t i = 0; i < area.buildings.size(); ++i) {
    const size_t x = i % 20, y = i / 20;
    if (x >= 3 && x < 8) area.buildings[i].group = static_cast<int64_t>(y / 5);
  }
  const Answer answer = divided(area);
  EXPECT_TRUE(answer.faults.empty());
}

TEST(Grids, VillagersGroupsAreGridsWhereTheRuleSaysSo) {
  Area area = town(6, 4);
  for (size_t i = 0; i < area.buildings.size(); ++i) {
    area.buildings[i].group = i % 6 < 3 ? 70 : 80;
  }
  const Rule rule{.groups_are_grids = true};
  EXPECT_TRUE(divided(area, rule).faults.empty());
  area.buildings[0].group = kNone;
  EXPECT_EQ(kinds(divided(area, rule).faults), std::vector{FaultKind::without_grid});
}

TEST(Grids, WhatCannotBeInRangeIsSaid) {
  Area area = town(8, 8);
  area.buildings[10].households = 700;
  const Answer answer = divided(area);
  ASSERT_FALSE(answer.faults.empty());
  EXPECT_EQ(answer.faults[0].kind, FaultKind::too_many);
  EXPECT_GE(answer.faults[0].households, 700);
}

TEST(Grids, AnIslandIsAGridOfItsOwn) {
  Area area = town(10, 8);
  area.buildings.push_back({.x = 9e5, .y = 3e6, .households = 20});
  const Answer answer = divided(area);
  EXPECT_EQ(kinds(answer.faults), std::vector{FaultKind::too_few});
  EXPECT_EQ(answer.faults[0].grid, answer.division.back());
}

TEST(Grids, NothingAndWrongAreasAreAnsweredToo) {
  EXPECT_TRUE(divided({}).division.empty());
  Area area = town(3, 3);
  EXPECT_EQ(divide(area, {500, 300}, {}).error().code, "grids.wrong_rule");
  area.neighbours.push_back({0, 99, 1});
  EXPECT_EQ(divide(area, {}, {}).error().code, "grids.wrong_area");
  area = town(3, 3);
  area.buildings[0].households = std::nan("");
  EXPECT_EQ(divide(area, {}, {}).error().code, "grids.wrong_area");
}

TEST(Grids, TheSameSeedDividesTheSame) {
  const Area area = town(12, 12);
  EXPECT_EQ(divided(area).division, divided(area).division);
}

TEST(Grids, ARebalanceMovesFewAndKeepsNumbers) {
  Area area = town(24, 20);
  const Answer before = divided(area);
  ASSERT_TRUE(before.faults.empty());
  Random random(5);
  double all = 0;
  for (Building& building : area.buildings) {
    if (random.chance(0.04)) building.households += static_cast<double>(random.below(20));
    all += building.households;
  }
  area.buildings[0].households += 120;
  const Answer after = MUST(rebalance(area, {}, before.division, {.effort = 0.3}));
  EXPECT_TRUE(after.faults.empty());
  EXPECT_GE(after.moved, after.moved_least - 1e-9);
  EXPECT_LE(after.moved, 0.05 * all);
  for (const auto& [grid, households] : households_of(area, before.division)) {
    EXPECT_TRUE(households_of(area, after.division).contains(grid)) << grid;
  }
}

TEST(Grids, ARebalanceOfLegalGridsMovesNobody) {
  const Area area = town(16, 12);
  const Answer before = divided(area);
  EXPECT_EQ(MUST(rebalance(area, {}, before.division, {})).division, before.division);
}

TEST(Grids, ARebalanceOpensAGridWhereOneIsTooFull) {
  Area area = town(12, 7);
  for (Building& building : area.buildings) building.households = 10;
  Division one(area.buildings.size(), 7);
  const Answer after = MUST(rebalance(area, {}, one, {.effort = 0.3}));
  EXPECT_TRUE(after.faults.empty());
  EXPECT_EQ(households_of(area, after.division).size(), 2U);
  EXPECT_TRUE(households_of(area, after.division).contains(7));
}

TEST(Grids, NewHousesJoinANeighbour) {
  Area area = town(16, 12);
  Division before = divided(area).division;
  before[20] = kNone;
  area.buildings[20].households = 0;
  const Answer after = MUST(rebalance(area, {}, before, {.effort = 0.3}));
  EXPECT_NE(after.division[20], kNone);
  EXPECT_TRUE(after.faults.empty());
}

// Two rows of four houses, a grid each.
struct Edits : testing::Test {
  Area area = town(4, 2);
  Division division = {1, 1, 1, 1, 2, 2, 2, 2};
  Rule rule{0, 1000};
  void SetUp() override {
    for (Building& building : area.buildings) building.households = 10;
  }
};

TEST_F(Edits, AMoveCountsBothGrids) {
  const std::vector<uint32_t> houses = {0};
  const Edit edit = MUST(move_buildings(area, rule, division, houses, 2));
  EXPECT_EQ(edit.households, (std::map<int32_t, double>{{1, 30}, {2, 50}}));
  EXPECT_TRUE(edit.faults.empty());
  const Edit narrow = MUST(move_buildings(area, {35, 45}, division, houses, 2));
  EXPECT_EQ(kinds(narrow.faults), (std::vector{FaultKind::too_few, FaultKind::too_many}));
}

TEST_F(Edits, AMoveThatCutsAGridApartIsRefused) {
  const std::vector<uint32_t> middle = {1};
  EXPECT_EQ(move_buildings(area, rule, division, middle, 2).error().code, "grids.would_be_cut");
  const std::vector<uint32_t> nowhere = {99};
  EXPECT_EQ(move_buildings(area, rule, division, nowhere, 2).error().code,
            "grids.unknown_building");
  EXPECT_EQ(move_buildings(area, rule, division, middle, kNone).error().code, "grids.unknown_grid");
}

TEST_F(Edits, AMoveThatCutsAGroupIsRefused) {
  area.buildings[0].group = area.buildings[1].group = 5;
  const std::vector<uint32_t> one = {0};
  EXPECT_EQ(move_buildings(area, rule, division, one, 2).error().code, "grids.would_be_cut");
  const std::vector<uint32_t> both = {0, 1};
  EXPECT_EQ(MUST(move_buildings(area, rule, division, both, 2)).households.at(2), 60);
}

TEST_F(Edits, GridsAreJoinedAndParted) {
  const Edit joined = MUST(join(area, rule, division, 1, 2));
  EXPECT_EQ(joined.households, (std::map<int32_t, double>{{1, 80}}));
  const Edit parted = MUST(part(area, rule, joined.division, 1, 9, {.effort = 0.1}));
  EXPECT_EQ(parted.households.size(), 2U);
  EXPECT_EQ(parted.households.at(1), 40);
  EXPECT_EQ(parted.households.at(9), 40);
  EXPECT_EQ(join(area, rule, division, 1, 3).error().code, "grids.unknown_grid");
  EXPECT_EQ(part(area, rule, division, 1, 2, {}).error().code, "grids.unknown_grid");
}

TEST_F(Edits, GridsThatDoNotTouchAreNotJoined) {
  division = {1, 1, 3, 2, 1, 1, 3, 2};
  EXPECT_EQ(join(area, rule, division, 1, 2).error().code, "grids.would_be_cut");
}

TEST_F(Edits, RandomMovesNeverLeaveAHouseholdWithoutGrid) {
  Area big = town(12, 10);
  Division now = divided(big, {0, 400}).division;
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    const auto house = static_cast<uint32_t>(random.below(120));
    const std::vector<uint32_t> houses = {house};
    const Result<Edit> edit =
        move_buildings(big, {0, 400}, now, houses, static_cast<int32_t>(1 + random.below(4)));
    if (!edit) continue;
    now = edit->division;
    for (const Fault& fault : faults_of(big, {0, 1e9}, now)) {
      ADD_FAILURE() << static_cast<int>(fault.kind);
    }
  }
}

}  // namespace
}  // namespace linli::grids
