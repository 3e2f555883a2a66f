// What is kept of townships is remembered, and read again when it was computed anew.
#include "domain/circles/covers.h"

#include <gtest/gtest.h>

#include "domain/circles/testing.h"

namespace linli::circles {
namespace {

using testing::kCity;
using testing::kVillage;
using testing::World;

class CoversTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<World>(GetParam());
    MUST(world->write([&](db::Tx& tx) -> Done {
      for (const region::Code village : {kCity, kVillage}) {
        const region::Code township = village.at(region::Level::township);
        places::add_places(tx, {{.code = township, .name = "镇", .parent = township.parent()}});
      }
      return {};
    }));
  }
  // "3/5": of five located residents three reach it; behind it the villages with a time.
  std::string share(region::Code place, std::string_view need, const std::string& group) {
    const pack::Circle& circle = world->services().content->circles.at(0);
    const Covered at =
        MUST(world->read([&](db::Tx& tx) -> Result<std::vector<Covered>> {
          return world->circles.covered(tx, world->services(), circle, need, group, {place});
        })).at(0);
    EXPECT_EQ(at.place, place);
    return std::to_string(at.reached) + "/" + std::to_string(at.located) + " in " +
           std::to_string(at.villages);
  }

  std::unique_ptr<World> world;
};
INSTANTIATE_TEST_SUITE_P(, CoversTest, db::testing::engines(), db::testing::engine_name);

TEST_P(CoversTest, APlaceIsTheSumOfItsVillages) {
  const region::Code county = kCity.at(region::Level::county);
  world->family(0, 3);
  world->family(200'000, 2, kVillage);
  world->facility("canteen", 100);
  world->settle_all();
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "3/3 in 1");
  EXPECT_EQ(share(kVillage, "canteen", "everyone"), "0/2 in 1");
  EXPECT_EQ(share(kCity.at(region::Level::township), "canteen", "everyone"), "3/3 in 1");
  EXPECT_EQ(share(county, "canteen", "everyone"), "3/5 in 2");
  EXPECT_EQ(share(county, "complete", "everyone"), "0/5 in 2");
  EXPECT_EQ(share(county, "canteen", "aged_75"), "0/0 in 2");
  EXPECT_EQ(share(MUST(region::Code::parse("620821")), "canteen", "everyone"), "0/0 in 0");
}

TEST_P(CoversTest, EveryVillageComputedAnewIsSeenAtOnce) {
  world->family(0, 3);
  world->settle_all();
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "0/3 in 1");
  const auto canteen = world->facility("canteen", 100);
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "0/3 in 1") << "not computed yet";
  world->settle_all();
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "3/3 in 1");
  world->family(50, 1);
  world->settle_all();
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "4/4 in 1");
  world->drop("facility", canteen);
  world->settle_all();
  EXPECT_EQ(share(kCity, "canteen", "everyone"), "0/4 in 1");
}

}  // namespace
}  // namespace linli::circles
