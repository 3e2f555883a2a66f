// Coverage from records to counts, over records that a module streams.
#include "domain/circles/api.h"

#include <gtest/gtest.h>

#include "domain/places/api.h"
#include "domain/places/module.h"
#include "host/testing.h"

namespace linli::circles {
namespace {

constexpr time::Instant kNow = 1'740'000'000 * time::kSecond;

region::Code code(std::string_view text) {
  return MUST(region::Code::parse(text));
}

pack::Register kind(const std::string& key, const std::vector<std::string>& names) {
  pack::Register made;
  made.key = key;
  for (const std::string& name : names) {
    expr::Variable variable;
    variable.name = name;
    made.scope.variables.push_back(variable);
  }
  return made;
}

std::shared_ptr<const pack::Content> content() {
  auto made = std::make_shared<pack::Content>();
  made->registers = {kind("facility", {"place", "name", "kind", "point", "in_service"}),
                     kind("person", {"place"}), kind("dwelling", {"place", "point"})};
  pack::ChoiceList profiles;
  profiles.key = "travel_profile";
  pack::Choice walk;
  walk.key = "walk";
  walk.attributes = {{"mode", "walk"}, {"speed_kmh", 3.6}, {"detour", 1.25}};
  profiles.choices.push_back(walk);
  made->lists.push_back(profiles);
  pack::Circle life;
  life.key = "life";
  life.mode = "walk";
  life.urban_minutes = 10;
  life.needs = {{"clinic", 1}};
  pack::Circle crowded = life;
  crowded.key = "crowded";
  for (int i = 0; i < 40; ++i) crowded.needs["kind_" + std::to_string(i)] = 1;
  made->circles = {life, crowded};
  return made;
}

// Seven persons in two homes; one clinic 400 m from the first, one that has closed at the second.
bool stream(db::Tx&, host::Services&, std::string_view wanted, region::Code, region::Code,
            const std::function<void(const host::Change::Side&)>& record) {
  const region::Code village = code("620802001001");
  const auto add = [&](const std::vector<Value>& values) { record({village, &values, nullptr}); };
  if (wanted == "person") {
    for (int i = 0; i < 7; ++i) add({village.padded()});
  } else if (wanted == "dwelling") {
    add({village.padded(), "106.66,35.54"});
    add({village.padded(), "106.70,35.54"});
    add({village.padded(), Value()});
  } else {
    add({village.padded(), "甲", "clinic", "106.66,35.5436", int64_t{1}});
    add({village.padded(), "乙", "clinic", "106.70,35.54", int64_t{0}});
    add({village.padded(), "丙", "clinic", Value(), int64_t{1}});
  }
  return true;
}

class CirclesApi : public ::testing::Test {
 protected:
  CirclesApi() : stage_(db::Engine::sqlite, {places::manifest()}, content()) {
    stage_.services.modules[0].records = stream;
    MUST(stage_.services.database.transact([&](db::Tx& tx) -> Done {
      places::Place village;
      village.code = code("620802001001");
      village.name = "村";
      village.parent = code("620802001");
      village.urban = true;
      places::add_places(tx, {village});
      return {};
    }));
  }
  host::testing::Stage stage_;
  Circles circles_;
};

}  // namespace

TEST_F(CirclesApi, CountsResidentsSpreadOverTheirHomes) {
  const auto made = circles_.coverage(stage_.services, "life", code("620802"), {}, kNow);
  ASSERT_TRUE(made) << made.error().code;
  ASSERT_EQ(made->rows.size(), 1U);
  const VillageCircle& row = made->rows[0];
  EXPECT_EQ(row.village->residents, 7);
  EXPECT_EQ(row.located, 7);
  EXPECT_EQ(row.needs.at("clinic"), 4);  // of the first home; the remainder falls on it
  EXPECT_EQ(row.all_needs, 4);
  EXPECT_TRUE(row.by_distance);
  EXPECT_FALSE(made->has_map);
  EXPECT_TRUE(made->tried.empty());
}

TEST_F(CirclesApi, TriesAFacilityMore) {
  const Trial more{"clinic", places::Point{106.70, 35.541}, std::nullopt};
  const auto made = circles_.coverage(stage_.services, "life", code("620802"), {more}, kNow);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows[0].all_needs, 4);
  ASSERT_EQ(made->tried.size(), 1U);
  EXPECT_EQ(made->tried[0].all_needs, 7);
}

TEST_F(CirclesApi, RefusesWhatItCannotCount) {
  const auto refused = [&](std::string_view circle, std::string_view place) {
    const auto made = circles_.coverage(stage_.services, circle, code(place), {}, kNow);
    return made ? "counted" : made.error().code;
  };
  EXPECT_EQ(refused("life", "62"), "circle.place_too_large");
  EXPECT_EQ(refused("crowded", "620802"), "circle.too_many_needs");
  EXPECT_EQ(refused("none", "620802"), "circle.unknown");
}

}  // namespace linli::circles
