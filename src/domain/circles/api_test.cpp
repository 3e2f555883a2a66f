// What is kept and what is tried, asked through the door that others use.
#include "domain/circles/api.h"

#include <gtest/gtest.h>

#include "domain/circles/facts.h"
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

TEST_F(CirclesApi, TellsOfChangesAloneWhereThatIsAskedFor) {
  world.family(0, 2, testing::kVillage);
  const Trial more{"canteen", places::Point{106.66 + 0.011, 35.54}, {}, {}};
  const Trial none{"canteen", places::Point{107.66, 35.54}, {}, {}};
  const auto asked = [&](const std::vector<Trial>& trials, bool only_changes) {
    return MUST(world.circles.what_if(world.services(), "town.life", {}, code("620802"), trials,
                                      kNow, only_changes));
  };
  const WhatIf whole = asked({more}, false);
  const WhatIf changes = asked({more}, true);
  EXPECT_TRUE(changes.rows.empty());
  ASSERT_EQ(changes.tried.size(), 1U);
  EXPECT_EQ(changes.tried[0].village, kCity);
  EXPECT_EQ(changes.tried[0].needs, whole.tried[0].needs);
  EXPECT_EQ(changes.groups_tried[0].located, whole.groups_tried[0].located);
  EXPECT_TRUE(asked({none}, true).tried.empty());
  EXPECT_EQ(asked({none}, false).tried.size(), 2U);
}

TEST_F(CirclesApi, ReadsPeopleAgainOnlyWhereSomethingHasChanged) {
  world.family(0, 2, testing::kVillage);
  world.settle_all();
  const auto villages = [&](time::Instant now) {
    return world.circles.villages(world.services(), code("620802"), now);
  };
  const auto first = villages(kNow);
  ASSERT_EQ(first->size(), 2U);
  EXPECT_EQ(villages(kNow + time::kHour), first);  // an hour later nothing is read
  world.family(500, 3, testing::kVillage);
  const auto second = villages(kNow + time::kHour);
  EXPECT_NE(second, first);
  EXPECT_EQ((*second)[0].homes.size(), (*first)[0].homes.size());
  EXPECT_EQ((*second)[1].homes.size(), 2U);
  world.settle_all(kNow + time::kHour);
  const auto third = villages(kNow + time::kHour);
  EXPECT_EQ((*third)[1].homes.size(), 2U);
  EXPECT_EQ(villages(kNow + 2 * time::kHour), third);
  // The workbench that stands on them is as good as new.
  const auto bench = [&](time::Instant now) {
    return MUST(world.circles.what_if(world.services(), "town.life", {}, code("620802"), {}, now));
  };
  const WhatIf before = bench(kNow + 2 * time::kHour);
  const WhatIf after = bench(kNow + 4 * time::kHour);
  EXPECT_EQ(before.bench, after.bench);
  EXPECT_EQ(after.as_of, kNow + 4 * time::kHour);
}

TEST_F(CirclesApi, ReadTogetherVillagesAreWhatTheyAreAlone) {
  world.family(0, 2, testing::kVillage);
  world.put("person", R"({"name": "乙"})", testing::kVillage);
  world.put("building", R"({"name": "楼", "point": )" + testing::at(700) + "}");
  world.put("person", R"({"name": "丙", "birth_date": "1940-01-01"})");
  MUST(world.read([&](db::Tx& tx) -> Done {
    std::vector<places::Place> both;
    for (const region::Code village : {kCity, testing::kVillage}) {
      both.push_back(MUST(places::find(tx, village)));
    }
    const auto together = villages_of(tx, world.services(), code("620802"), both, testing::kToday);
    for (size_t i = 0; i < both.size(); ++i) {
      const Village alone =
          villages_of(tx, world.services(), both[i].code, {both[i]}, testing::kToday).front();
      EXPECT_EQ(together[i].code, alone.code);
      EXPECT_EQ(together[i].urban, alone.urban);
      EXPECT_EQ(together[i].homes.size(), alone.homes.size());
      if (together[i].homes.size() != alone.homes.size()) continue;
      for (size_t home = 0; home < alone.homes.size(); ++home) {
        EXPECT_EQ(together[i].homes[home].point, alone.homes[home].point);
        EXPECT_EQ(together[i].homes[home].estimate, alone.homes[home].estimate);
        EXPECT_EQ(together[i].homes[home].residents.size(), alone.homes[home].residents.size());
      }
    }
    EXPECT_EQ(together[1].homes.size(), 2U);  // 乙 is placed where the family lives, by estimate
    return {};
  }));
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
