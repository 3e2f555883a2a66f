#include "domain/grids/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/random.h"
#include "domain/grids/facts.h"
#include "domain/grids/steps.h"

namespace linli::grids {
namespace {

const Code kVillage{62080200100100000};

// `wide` × `high` houses about 50 m apart, each with so many households in no grid.
Community community_of(int wide, int high, int64_t households) {
  Community made{.parent = kVillage, .name = "东关社区", .urban = true};
  for (int y = 0; y < high; ++y) {
    for (int x = 0; x < wide; ++x) {
      House house{.id = "h" + std::to_string(y * wide + x), .kind = "building"};
      house.name = house.id;
      house.point = places::Point{106.66 + x * 5e-4, 35.54 + y * 5e-4};
      house.place = kVillage;
      house.all = {households, households * 3};
      house.recorded[kNone] = house.all;
      made.houses.push_back(std::move(house));
    }
  }
  return made;
}

Scene scene_of(Community community, const LocalRule& rule, const GridOf& grid_of = {}) {
  Scene scene;
  scene.community = std::move(community);
  scene.draft.place = kVillage;
  scene.draft.rule = rule;
  scene.ground = ground(scene.community, rule, {});
  scene.division = complete(scene.community, scene.ground, grid_of);
  return scene;
}

std::vector<Fault> faults(const Scene& scene) {
  return faults_of(scene.ground.area, scene.ground.rule, scene.division);
}

const LocalRule kRule{.least = 300, .most = 500};

TEST(GridRules, NumbersAreTheEndsOfCodes) {
  const Code grid(kVillage.padded() + 700);
  EXPECT_EQ(number_in(kVillage, grid), 7);
  EXPECT_EQ(number_in(kVillage, Code(grid.padded() + 3)), 7);
  EXPECT_EQ(number_in(kVillage, kVillage), kNone);
  EXPECT_EQ(number_in(grid, Code(grid.padded() + 3)), 3);
  EXPECT_EQ(number_in(grid, grid), kNone);
  EXPECT_EQ(code_of(kVillage, 7), grid);
  EXPECT_EQ(code_of(grid, 3), Code(grid.padded() + 3));
}

TEST(GridRules, AnOwnRangeMustHoldSomething) {
  EXPECT_EQ(own_rule(500, 300, false).error().code, "grids.wrong_rule");
  EXPECT_EQ(own_rule(0, 0, false).error().code, "grids.wrong_rule");
  EXPECT_EQ(MUST(own_rule(300, 500, false)), kRule);
  EXPECT_TRUE(MUST(own_rule(0, 0, true)).by_groups);
}

TEST(GridRules, EstatesThatFitStayTogetherAndOthersMayBeParted) {
  Community community = community_of(6, 4, 30);
  for (size_t i = 0; i < 24; ++i) {
    if (i % 6 < 2) community.houses[i].estate = "small";  // 240 households
    if (i % 6 > 2) community.houses[i].estate = "large";  // 360
  }
  const Ground made = ground(community, {.least = 100, .most = 300}, {});
  EXPECT_NE(made.area.buildings[0].group, kNone);
  EXPECT_EQ(made.area.buildings[0].group, made.area.buildings[1].group);
  EXPECT_EQ(made.area.buildings[4].group, kNone);
  EXPECT_EQ(made.blocks.at(made.area.buildings[0].group), "small");
}

TEST(GridRules, EverythingHangsTogetherByDistance) {
  Community community = community_of(5, 2, 30);
  community.houses[9].point = places::Point{106.9, 35.7};  // far away
  const Scene scene = scene_of(community, kRule);
  for (const Fault& fault : faults(scene)) EXPECT_NE(fault.kind, FaultKind::cut_apart);
}

TEST(GridRules, ARiverPartsNeighbours) {
  const Community community = community_of(4, 2, 10);
  // A river between the second and the third column: no way over it.
  const Walk walk = [](uint32_t from, uint32_t to) -> std::optional<double> {
    if ((from % 4 < 2) != (to % 4 < 2)) return std::nullopt;
    return 60;
  };
  const Ground made = ground(community, kRule, walk);
  int over = 0;
  for (const Neighbours& pair : made.area.neighbours) over += (pair.a % 4 < 2) != (pair.b % 4 < 2);
  EXPECT_EQ(over, 1);  // the tie that keeps the community whole
}

TEST(GridRules, WithoutAnyGridAllIsInOneNewGrid) {
  const Scene scene = scene_of(community_of(4, 3, 30), kRule);
  for (const int32_t grid : scene.division) EXPECT_EQ(grid, kFirstNew);
  const Change change = change_of(scene.community, scene.division);
  EXPECT_EQ(change.first, 360);
  EXPECT_EQ(change.residents_first, 1080);
  EXPECT_EQ(change.moved, 0);
  EXPECT_EQ(change.opened, std::vector<int32_t>{kFirstNew});
}

TEST(GridRules, ADrawingKeepsTheNumbersOfThoseItIsMostLike) {
  Community community = community_of(4, 1, 10);
  community.grids = {{3, code_of(kVillage, 3), "三"}, {5, code_of(kVillage, 5), "五"}};
  EXPECT_EQ(keep_numbers(community, {3, 3, 5, 5}, {1, 1, 1, 2}), (Division{3, 3, 3, 5}));
  EXPECT_EQ(keep_numbers(community, {3, 3, 3, 3}, {1, 1, 1, 2}), (Division{3, 3, 3, kFirstNew}));
}

TEST(GridRules, AChangeCountsWhoGetsAnotherGrid) {
  Community community = community_of(3, 1, 10);
  community.grids = {{1, code_of(kVillage, 1), "一"}, {2, code_of(kVillage, 2), "二"}};
  community.houses[0].recorded = {{1, {10, 30}}};
  community.houses[1].recorded = {{1, {4, 12}}, {2, {6, 18}}};
  const Change change = change_of(community, {1, 1, 1});
  EXPECT_EQ(change.moved, 6);
  EXPECT_EQ(change.residents_moved, 18);
  EXPECT_EQ(change.first, 10);
  EXPECT_EQ(change.closed, std::vector<int32_t>{2});
}

TEST(GridRules, NamesOfNewGridsCountOnFromTheHighestCodeEverGiven) {
  Community community = community_of(2, 1, 10);
  community.grids = {{1, code_of(kVillage, 1), "第1网格"}};
  community.last_number = 4;
  const GridOf grids = {{"h0", kFirstNew}, {"h1", kFirstNew + 1}};
  const auto name = [&](int32_t number, const std::map<int32_t, std::string>& given) {
    return name_of_grid(community, {}, kRule, grids, given, number);
  };
  EXPECT_EQ(name(1, {}), "第1网格");
  EXPECT_EQ(name(kFirstNew, {}), "5");
  EXPECT_EQ(name(kFirstNew + 1, {}), "6");
  EXPECT_EQ(name(kFirstNew, {{kFirstNew, "新苑网格"}}), "新苑网格");
}

Outcome done(const Scene& scene, const Command& command) {
  return MUST(decide(scene, command, {}));
}

TEST(GridSteps, ADrawingIsLegal) {
  Scene scene = scene_of(community_of(8, 6, 30), kRule);  // 1 440 households
  scene.division = done(scene, {.what = Command::What::draw}).division;
  EXPECT_TRUE(faults(scene).empty());
}

TEST(GridSteps, VillagersGroupsAreGridsAndStraysGoWithTheNearest) {
  Community community = community_of(6, 2, 10);
  community.villagers_groups = {{"g1", "一组"}, {"g2", "二组"}};
  for (size_t i = 0; i < 11; ++i) community.houses[i].villagers_group = i % 6 < 3 ? "g1" : "g2";
  Scene scene = scene_of(community, {.most = kNoLimit, .by_groups = true});
  EXPECT_EQ(scene.ground.without_group, std::vector<std::string>{"h11"});
  scene.division = done(scene, {.what = Command::What::draw}).division;
  EXPECT_TRUE(faults(scene).empty());
  EXPECT_EQ(scene.division[11], scene.division[5]);
  EXPECT_NE(scene.division[0], scene.division[5]);
}

TEST(GridSteps, WithoutVillagersGroupsThereIsNothingToDrawBy) {
  const Scene scene = scene_of(community_of(2, 2, 10), {.most = kNoLimit, .by_groups = true});
  EXPECT_EQ(decide(scene, {.what = Command::What::draw}, {}).error().code,
            "grids.no_villagers_groups");
}

struct Hand : testing::Test {
  Scene scene = scene_of(
      community_of(4, 2, 50), {.least = 100, .most = 300},
      {{"h0", 1}, {"h1", 1}, {"h4", 1}, {"h5", 1}, {"h2", 2}, {"h3", 2}, {"h6", 2}, {"h7", 2}});
  std::string refusal(const Command& command) { return decide(scene, command, {}).error().code; }
};

TEST_F(Hand, AMoveTakesTheWholeEstate) {
  scene.community.houses[1].estate = scene.community.houses[5].estate = "estate";
  scene.ground = ground(scene.community, scene.draft.rule, {});
  const Outcome outcome = done(scene, {.what = Command::What::move, .houses = {"h1"}, .to = 2});
  EXPECT_EQ(outcome.division, (Division{1, 2, 2, 2, 1, 2, 2, 2}));
  const Step step = step_between(scene, outcome);
  EXPECT_EQ(step.grid_before, (std::map<std::string, int32_t>{{"h1", 1}, {"h5", 1}}));
}

TEST_F(Hand, AMoveToNoGridOpensOne) {
  const Outcome outcome = done(scene, {.what = Command::What::move, .houses = {"h0"}});
  EXPECT_EQ(outcome.division[0], kFirstNew);
}

TEST_F(Hand, WhatWouldBeCutOrIsUnknownIsRefused) {
  EXPECT_EQ(refusal({.what = Command::What::move, .houses = {"h0"}, .to = 2}),
            "grids.would_be_cut");
  EXPECT_EQ(refusal({.what = Command::What::move, .houses = {"x"}, .to = 2}),
            "grids.unknown_building");
  EXPECT_EQ(refusal({.what = Command::What::move, .houses = {"h1"}, .to = 9}),
            "grids.unknown_grid");
  EXPECT_EQ(refusal({.what = Command::What::move, .houses = {"h1"}, .to = 1}),
            "grids.nothing_changes");
  EXPECT_EQ(refusal({.what = Command::What::join, .to = 1, .grid = 8}), "grids.unknown_grid");
  EXPECT_EQ(refusal({.what = Command::What::rename, .grid = 8, .name = "x"}), "grids.unknown_grid");
  EXPECT_EQ(refusal({.what = Command::What::rename, .grid = 1}), "place.bad_name");
  EXPECT_EQ(what_named("melt").error().code, "grids.unknown_step");
}

TEST_F(Hand, GridsAreJoinedPartedAndNamed) {
  const Outcome joined = done(scene, {.what = Command::What::join, .to = 1, .grid = 2});
  EXPECT_EQ(joined.division, Division(8, 1));
  scene.division = joined.division;
  const Outcome parted = done(scene, {.what = Command::What::part, .grid = 1});
  EXPECT_EQ(std::count(parted.division.begin(), parted.division.end(), kFirstNew), 4);
  const Outcome named = done(scene, {.what = Command::What::rename, .grid = 1, .name = "东网格"});
  EXPECT_EQ(named.names.at(1), "东网格");
  EXPECT_EQ(step_between(scene, named).name_before.at(1), std::nullopt);
}

TEST_F(Hand, ARebalanceMovesLittleAndKeepsNumbers) {
  scene.community.houses[0].all.households = 170;  // grid 1 has 320
  scene.ground = ground(scene.community, scene.draft.rule, {});
  const Outcome outcome = done(scene, {.what = Command::What::rebalance});
  const Scene after = [&] {
    Scene made = scene;
    made.division = outcome.division;
    return made;
  }();
  EXPECT_TRUE(faults(after).empty());
  EXPECT_LE(moved_between(scene.ground.area, scene.division, outcome.division), 50);
  EXPECT_EQ(households_of(scene.ground.area, outcome.division).count(1), 1U);
  EXPECT_EQ(households_of(scene.ground.area, outcome.division).count(2), 1U);
}

// Whatever is done by hand, every household stays in exactly one grid, connected, whole estates in
// one; and taking it all back gives the grids of before.
RC_GTEST_PROP(GridSteps, AnyRowOfStepsKeepsTheProof, (uint8_t seed)) {
  Random random(seed + 1U);
  Community community = community_of(5, 4, 20);
  for (House& house : community.houses) {
    house.all.households = random.between(int64_t{0}, int64_t{40});
    house.recorded = {{kNone, house.all}};
    if (random.chance(0.4)) house.estate = "e" + std::to_string(random.below(3));
  }
  Scene scene = scene_of(community, {.least = 50, .most = 300});
  scene.division = done(scene, {.what = Command::What::part, .grid = kFirstNew}).division;
  const Division drawn = scene.division;
  RC_ASSERT(is_proven(faults(scene)));
  std::vector<Step> steps;
  for (int i = 0; i < 25; ++i) {
    Command command{.what = static_cast<Command::What>(random.below(3))};
    command.houses = {"h" + std::to_string(random.below(20))};
    const auto any = [&] { return scene.division[static_cast<size_t>(random.below(20))]; };
    command.to = command.what == Command::What::move && random.chance(0.1) ? kNone : any();
    command.grid = any();
    const Result<Outcome> outcome = decide(scene, command, {});
    if (!outcome) continue;
    steps.push_back(step_between(scene, *outcome));
    scene.division = outcome->division;
    RC_ASSERT(is_proven(faults(scene)));
    double all = 0;
    for (const auto& [grid, households] : households_of(scene.ground.area, scene.division)) {
      RC_ASSERT(grid != kNone);
      all += households;
    }
    RC_ASSERT(all == static_cast<double>(change_of(scene.community, scene.division).households));
  }
  GridOf back = grid_of(scene.community, scene.division);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    for (const auto& [house, grid] : step->grid_before) back[house] = grid;
  }
  RC_ASSERT(division_of(scene.community, back) == drawn);
}

}  // namespace
}  // namespace linli::grids
