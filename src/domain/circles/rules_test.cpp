// Circles over a drawn town, with and without a map.
#include "domain/circles/rules.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/geo/drawing.h"

namespace linli::circles {
namespace {

// A street of 600 m with a wall of water between it and a parallel one.
geo::testing::Drawing town() {
  geo::testing::Drawing made(
      "A-----B-----C\n"
      "\n"
      "D-----E-----F\n",
      50);
  made.way("ABC", {{"highway", "residential"}});
  made.way("DEF", {{"highway", "residential"}});
  made.way("CF", {{"highway", "footway"}});
  return made;
}

pack::Content content() {
  pack::Content made;
  pack::ChoiceList profiles;
  profiles.key = "travel_profile";
  pack::Choice walk;
  walk.key = "walk";
  walk.attributes = {{"mode", "walk"}, {"speed_kmh", 3.6}, {"detour", 1.5}};
  profiles.choices.push_back(walk);
  made.lists.push_back(profiles);
  return made;
}

class CircleRules : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("linli_circles_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void import_map() {
    MUST(geo::write_network(town().import().network.view(), (folder_ / "network.map").string()));
  }
  std::shared_ptr<const Way> way() {
    return MUST(streets_.way(content(), folder_.string(), "walk"));
  }
  static places::Point at(char letter) { return off_map(town().at(letter)); }

  std::filesystem::path folder_;
  Streets streets_;
};

pack::Circle circle() {
  pack::Circle made;
  made.key = "life";
  made.mode = "walk";
  made.urban_minutes = 6;
  made.needs = {{"canteen", 1}, {"clinic", 1}};
  return made;
}

}  // namespace

TEST_F(CircleRules, WaysGoAroundWhatTheStreetsGoAround) {
  import_map();
  const std::vector<Facility> facilities{{"canteen", "甲", {}, at('B'), true},
                                         {"canteen", "乙", {}, at('D'), true},
                                         {"canteen", "停", {}, at('A'), false}};
  const auto reached = in_reach(*way(), facilities, at('A'), 2000);
  ASSERT_EQ(reached.size(), 2U);
  EXPECT_NEAR(reached[0].seconds, 300, 2);
  EXPECT_FALSE(reached[0].estimate);
  EXPECT_NEAR(reached[1].seconds, 600 + 100 + 600, 5);  // by way of C and F, not across
  EXPECT_EQ(in_reach(*way(), facilities, at('A'), 290).size(), 0U);
}

TEST_F(CircleRules, WithoutAMapTheStraightLineIsAnEstimate) {
  const std::vector<Facility> facilities{{"canteen", "乙", {}, at('D'), true}};
  const auto reached = in_reach(*way(), facilities, at('A'), 200);
  ASSERT_EQ(reached.size(), 1U);
  EXPECT_TRUE(reached[0].estimate);
  EXPECT_NEAR(reached[0].seconds, 150, 2);  // 100 m, half as long again
}

TEST_F(CircleRules, AMapThatIsImportedLaterIsTaken) {
  EXPECT_EQ(way()->travel, nullptr);
  import_map();
  EXPECT_NE(way()->travel, nullptr);
  EXPECT_EQ(streets_.way(content(), folder_.string(), "fly").error().code, "profile.unknown");
}

TEST_F(CircleRules, CountsWhoHasEveryNeedInReach) {
  import_map();
  const std::vector<Facility> facilities{{"canteen", "", {}, at('B'), true},
                                         {"clinic", "", {}, at('F'), true}};
  const std::vector<Village> villages{{region::Code(1), true, 11, {at('A'), at('C')}},
                                      {region::Code(2), false, 5, {at('A')}},
                                      {region::Code(3), true, 5, {}},
                                      {region::Code(4), std::nullopt, 5, {at('A')}}};
  const auto rows = evaluate(*way(), circle(), villages, facilities);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].located, 11);
  EXPECT_EQ(rows[0].needs.at("canteen"), 11);  // both homes are 300 m away
  EXPECT_EQ(rows[0].needs.at("clinic"), 5);    // from C alone
  EXPECT_EQ(rows[0].all_needs, 5);
  EXPECT_FALSE(rows[0].by_distance);
  EXPECT_FALSE(rows[1].minutes);  // the circle is for urban places
  EXPECT_EQ(rows[2].located, 0);  // nobody knows where they live
  EXPECT_FALSE(rows[3].minutes);  // nor whether this is urban
}

TEST_F(CircleRules, TrialsAddAndCloseTheNearest) {
  const std::vector<Facility> facilities{{"canteen", "", {}, at('B'), true},
                                         {"canteen", "", {}, at('F'), true}};
  const auto closed = after(facilities, {{"canteen", std::nullopt, at('A')}});
  ASSERT_TRUE(closed);
  EXPECT_FALSE((*closed)[0].in_service);
  EXPECT_TRUE((*closed)[1].in_service);
  EXPECT_EQ(after(facilities, {{"clinic", at('A'), std::nullopt}})->size(), 3U);
  EXPECT_EQ(after(facilities, {{"clinic", std::nullopt, at('A')}}).error().code,
            "circle.nothing_to_close");
}

}  // namespace linli::circles
