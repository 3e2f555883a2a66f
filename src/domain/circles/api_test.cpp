// What is kept and what is tried, asked through the door that others use.
#include "domain/circles/api.h"

#include <gtest/gtest.h>

#include "domain/circles/testing.h"

namespace linli::circles {
namespace {

using testing::kCity;
using testing::kNow;
using testing::World;

region::Code code(std::string_view text) {
  return MUST(region::Code::parse(text));
}

class CirclesApi : public ::testing::Test {
 protected:
  CirclesApi() : world(db::Engine::sqlite) {
    world.family(0, 4);
    world.family(1000, 3);
    world.facility("canteen", 100);
  }
  Result<PlaceCircle> coverage(std::string_view group = {}) {
    return world.circles.coverage(world.services(), "town.life", group, code("620802"), kNow);
  }
  World world;
};

}  // namespace

TEST_F(CirclesApi, SaysWhatIsKeptAndWhetherMoreIsToCome) {
  EXPECT_TRUE(MUST(coverage()).pending);
  world.settle_all();
  const PlaceCircle made = MUST(coverage());
  EXPECT_FALSE(made.pending);
  EXPECT_FALSE(made.has_map);
  EXPECT_EQ(made.resident_group, "everyone");
  ASSERT_EQ(made.rows.size(), 2U);
  const VillageCircle& row = made.rows[0];
  EXPECT_EQ(row.village, kCity);
  EXPECT_EQ(row.minutes, 10);
  EXPECT_EQ(row.residents, 7);
  EXPECT_EQ(row.needs.at("canteen"), 4);
  EXPECT_EQ(row.complete, 0);
  EXPECT_EQ(MUST(coverage("aged_75")).rows[0].residents, 0);
  EXPECT_EQ(coverage("dragons").error().code, "circle.group_unknown");
}

TEST_F(CirclesApi, TriesAFacilityMore) {
  const Trial more{"canteen", places::Point{106.66 + 0.011, 35.54}, {}, {}};
  const WhatIf made =
      MUST(world.circles.what_if(world.services(), "town.life", {}, code("620802"), {more}, kNow));
  EXPECT_EQ(made.rows[0].needs.at("canteen"), 4);
  EXPECT_EQ(made.tried[0].needs.at("canteen"), 7);
  EXPECT_EQ(made.groups_tried[0].located, 7);
  EXPECT_TRUE(world.rows().empty());  // nothing is kept
}

TEST_F(CirclesApi, KnowsAFacilityAsSoonAsItIsThere) {
  EXPECT_EQ(world.circles.facilities(world.services(), kNow)->size(), 1U);
  world.facility("clinic", 300);
  EXPECT_EQ(world.circles.facilities(world.services(), kNow)->size(), 2U);
}

TEST_F(CirclesApi, RefusesWhatItCannotCount) {
  const auto refused = [&](std::string_view circle, std::string_view place) {
    const auto made = world.circles.coverage(world.services(), circle, {}, code(place), kNow);
    return made ? "counted" : made.error().code;
  };
  EXPECT_EQ(refused("town.life", "62"), "circle.place_too_large");
  EXPECT_EQ(refused("none", "620802"), "circle.unknown");
}

}  // namespace linli::circles
