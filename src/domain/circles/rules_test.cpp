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
  made.groups.emplace_back().key = "everyone";
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
  made.minutes.urban = 6;
  made.needs = {{"canteen", {}, {"canteen"}, 1, made.minutes},
                {"clinic", {}, {"clinic"}, 1, made.minutes}};
  made.groups = {"everyone"};
  return made;
}

}  // namespace

TEST(CircleMiddle, IsWhereMostServicesOfThePlaceAre) {
  const region::Code village = MUST(region::Code::parse("620802001001"));
  const region::Code other = MUST(region::Code::parse("620802001002"));
  const auto facility = [](region::Code place, double lon, double lat, bool in_service = true) {
    Facility made;
    made.place = place;
    made.point = {lon, lat};
    made.in_service = in_service;
    return made;
  };
  const std::vector<Facility> all = {facility(village, 1, 7), facility(village, 2, 8),
                                     facility(village, 90, 9), facility(other, 50, 50),
                                     facility(village, 60, 60, false)};
  EXPECT_EQ(middle_of(all, village)->lon, 2);
  EXPECT_EQ(middle_of(all, village)->lat, 8);
  EXPECT_EQ(middle_of(all, MUST(region::Code::parse("620802001003"))), std::nullopt);
}

TEST_F(CircleRules, WaysGoAroundWhatTheStreetsGoAround) {
  import_map();
  const std::vector<Facility> facilities{{"canteen", "甲", {}, at('B')},
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
  const std::vector<Cohort> eleven{{1, 11}};
  const pack::Content known = content();
  const pack::Circle asked = circle();
  CircleTimes times = MUST(CircleTimes::make(
      known, asked, facilities,
      [&](const std::string&) -> Result<std::shared_ptr<const Way>> { return way(); }));
  const auto rows = [&](std::optional<bool> urban, const std::vector<Home>& homes) {
    return evaluate(times, {region::Code(1), urban, eleven, homes});
  };
  const std::vector<Home> homes{{at('A'), false, {{1, 6}}}, {at('C'), true, {{1, 5}}}};
  EXPECT_EQ(rows(true, homes),
            (std::vector<Reach>{{"life", "canteen", "everyone", 11, 11, 11, 5, 0},
                                {"life", "clinic", "everyone", 11, 11, 5, 5, 0},
                                {"life", "complete", "everyone", 11, 11, 5, 5, 0}}));
  EXPECT_TRUE(rows(false, homes).empty());         // the circle is for urban places
  EXPECT_TRUE(rows(std::nullopt, homes).empty());  // nor is it known whether this is one
  EXPECT_EQ(rows(true, {})[0].located, 0);         // nobody knows where they live
  const VillageCircle said = summary(asked, region::Code(1), true, "everyone", rows(true, homes));
  EXPECT_EQ(said.complete, 5);
  EXPECT_EQ(said.needs.at("canteen"), 11);
  EXPECT_EQ(said.estimated, 5);
}

TEST_F(CircleRules, CountsSeveralWhereSeveralAreAskedFor) {
  import_map();
  std::vector<Facility> facilities{{"canteen", "", {}, at('B'), true}};
  pack::Circle asked = circle();
  asked.needs[0].minimum = 2;
  const auto seconds = [&] {
    const auto streets = way();
    return NeedTimes(*streets, asked, facilities).of(at('A')).seconds[0];
  };
  EXPECT_GT(seconds(), 1e9);
  facilities.push_back({"canteen", "", {}, at('A'), true});
  EXPECT_NEAR(seconds(), 300, 2);  // B is the second
}

TEST_F(CircleRules, DoorsFarFromStreetsAreToldApart) {
  import_map();
  const std::vector<Facility> facilities{{"canteen", "", {}, at('B'), true}};
  const pack::Circle asked = circle();
  const auto streets = way();
  NeedTimes times(*streets, asked, facilities);
  const NeedTimes::Answer near = times.of(at('A'));
  EXPECT_FALSE(near.estimate || near.unconnected);
  places::Point far = at('A');
  far.lat += 0.01;
  const NeedTimes::Answer answer = times.of(far);
  EXPECT_TRUE(answer.estimate && answer.unconnected);
  EXPECT_LT(answer.seconds[0], 1e9);  // by the straight line
}

TEST_F(CircleRules, TrialsAddAndCloseTheNearest) {
  const std::vector<Facility> facilities{{"canteen", "", {}, at('B'), true},
                                         {"canteen", "", {}, at('F'), true}};
  const Trial close{.kind = "canteen", .add = {}, .close = at('A'), .path = {}};
  EXPECT_EQ(MUST(changes_of(facilities, {close})).closed, std::vector<size_t>{0});
  // Again: the next.
  EXPECT_EQ(MUST(changes_of(facilities, {close, close})).closed, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(changes_of(facilities, {close, close, close}).error().code, "circle.nothing_to_close");
  EXPECT_EQ(MUST(changes_of(facilities, {{"clinic", at('A'), {}, {}}})).added.size(), 1U);
  EXPECT_EQ(changes_of(facilities, {{"clinic", {}, at('A'), {}}}).error().code,
            "circle.nothing_to_close");
}

TEST(Colocation, IsKeptNearbyOrUnderOneRoof) {
  pack::Colocation wanted;
  wanted.kinds = {"childcare"};
  wanted.beside = {"elderly"};
  wanted.metres = 100;
  const region::Code here{62080200100100000};
  const auto facility = [&](const char* id, const char* kind, double lon) {
    Facility made{kind, id, here, {lon, 35.54}};
    made.id = id;
    return made;
  };
  std::vector<Facility> all{facility("a", "childcare", 106.66), facility("b", "elderly", 106.661),
                            facility("c", "childcare", 106.67)};
  const auto kept = [&](size_t which) { return neighbours(wanted, all, here)[which].kept; };
  EXPECT_TRUE(kept(0));  // 91 m
  EXPECT_FALSE(kept(1));
  EXPECT_EQ(neighbours(wanted, all, here)[1].nearest->id, "b");
  all[2].host = "b";
  EXPECT_TRUE(kept(1));
  all[1].in_service = false;
  EXPECT_FALSE(kept(0));
  EXPECT_EQ(neighbours(wanted, all, here)[0].nearest, nullptr);
  EXPECT_TRUE(neighbours(wanted, all, region::Code(62080300000000000)).empty());
}

}  // namespace linli::circles
