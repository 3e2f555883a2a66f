// Rounds over a town along a line without a map (domain/circles/testing.h).
#include "domain/rounds/api.h"

#include <gtest/gtest.h>

#include "domain/circles/testing.h"
#include "domain/rounds/inquiry.h"
#include "domain/rounds/store.h"
#include "engine/rounds/plan.h"

namespace linli::rounds {

std::vector<db::Migration> migrations();

namespace {

using circles::testing::kCity;
using circles::testing::kVillage;
using circles::testing::World;

constexpr std::string_view kQuestion =
    R"("place": "620802", "name": "流动诊室", "circle": "town.life", "need": "canteen",
       "base": {"lon": 106.66, "lat": 35.54}, "profile": "walk", "vehicles": 1)";

class RoundsApi : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world.emplace(GetParam());
    MUST(world->write([](db::Tx& tx) -> Done {
      for (const db::Migration& migration : migrations()) tx.script(migration.sql);
      return {};
    }));
  }

  Result<host::Computation> ask(std::string_view more) {
    host::Computation asked{.place = MUST(region::Code::parse("620802"))};
    asked.question = MUST(json::parse("{" + std::string(kQuestion) + std::string(more) + "}"));
    host::Run run(asked, {});
    asked.answer = TRY(plan_round(world->services(), world->circles, run));
    return asked;
  }

  std::optional<World> world;
};

INSTANTIATE_TEST_SUITE_P(, RoundsApi, db::testing::engines(), db::testing::engine_name);

}  // namespace

TEST_P(RoundsApi, ServesTheVillagesWhoseCircleIsNotMet) {
  world->family(300, 3);
  world->facility("canteen", 400);
  world->family(1200, 2, kVillage);
  world->family(6000, 5, kVillage);
  const host::Computation planned = MUST(ask(R"(, "weekdays": [1, 3], "visits": 2)"));
  const json::Value& answer = planned.answer;
  EXPECT_EQ(answer.integer("stops"), 1);
  const auto& tours = answer.find("tours")->as_array();
  ASSERT_EQ(tours.size(), 2U);
  const json::Value& visit = tours[0].find("visits")->as_array()[0];
  EXPECT_EQ(visit.text("place"), kVillage.text());
  EXPECT_EQ(visit.integer("persons"), 7);
  // 6000 m at 60 m a minute, rounded up to what can be published; the same time on both days.
  EXPECT_EQ(visit.text("arrive"), "09:40");
  EXPECT_EQ(visit.text("leave"), "10:40");
  EXPECT_EQ(tours[1].find("visits")->as_array()[0].text("arrive"), "09:40");
  EXPECT_EQ(answer.integer("widest_minutes"), 0);
}

TEST_P(RoundsApi, WhatDoesNotFitIsSaid) {
  world->family(6000, 5, kVillage);
  const host::Computation planned = MUST(ask(R"(, "weekdays": [1], "most_hours": 2)"));
  EXPECT_TRUE(planned.answer.find("tours")->as_array().empty());
  EXPECT_EQ(planned.answer.find("left_out")->as_array().size(), 1U);
}

TEST_P(RoundsApi, AnIndependentCheckFindsNoMistake) {
  world->family(6000, 5, kVillage);
  world->family(3000, 5, kCity);
  const Inquiry inquiry =
      MUST(read_inquiry(*world->services().content,
                        MUST(json::parse("{" + std::string(kQuestion) +
                                         R"(, "weekdays": [0, 2, 4], "visits": 1, "weeks": 2})"))));
  const auto halts =
      MUST(halts_of(world->services(), world->circles, inquiry, circles::testing::kNow));
  const auto way = MUST(world->circles.way(world->services(), "walk"));
  bool by_distance = false;
  Question question{.stops = {},
                    .minutes = minutes_between(*way, inquiry.base, halts, by_distance),
                    .days = inquiry.days()};
  question.stops.assign(halts.size(), {.stay_minutes = 60});
  EXPECT_TRUE(by_distance);
  EXPECT_EQ(halts.size(), 2U);
  EXPECT_NEAR(question.minutes[1][2], 50, 0.1);
  EXPECT_EQ(mistakes_of(question, MUST(plan(question, {}))), std::vector<std::string>());
}

TEST_P(RoundsApi, APublishedTimetableIsReadByVillageUntilItIsWithdrawn) {
  world->family(6000, 5, kVillage);
  const host::Computation planned = MUST(ask(R"(, "weekdays": [1])"));
  const time::Instant now = time::start_of(20250301);  // a Saturday
  const Round made = MUST(world->write([&](db::Tx& tx) -> Result<Round> {
    return publish(tx, planned, {.name = "流动诊室", .valid_from = 20250301, .published_at = now});
  }));
  const auto coming = [&](region::Code village) {
    return MUST(world->read(
        [&](db::Tx& tx) -> Result<std::vector<Coming>> { return coming_to(tx, village, now); }));
  };
  ASSERT_EQ(coming(kVillage).size(), 1U);
  EXPECT_EQ(coming(kVillage)[0].day, 20250304);
  EXPECT_EQ(coming(kVillage)[0].visit.arrive_minute, 9 * 60 + 40);
  EXPECT_TRUE(coming(kCity).empty());
  const auto end = [&] {
    return world->write([&](db::Tx& tx) -> Result<Round> { return withdraw(tx, made.id, now); });
  };
  EXPECT_TRUE(end());
  EXPECT_TRUE(coming(kVillage).empty());
  EXPECT_EQ(end().error().code, "round.withdrawn");
}

TEST_P(RoundsApi, RefusesWhatCannotBeAsked) {
  const auto refused = [&](std::string_view more) {
    const auto planned = ask(more);
    return planned ? "answered" : planned.error().code;
  };
  EXPECT_EQ(refused(R"(, "weekdays": [1])"), "round.no_stops");
  EXPECT_EQ(refused(R"(, "weekdays": [1], "visits": 3)"), "round.too_many_visits");
  EXPECT_EQ(refused(R"(, "weekdays": [1], "start": "early")"), "round.bad_time");
  EXPECT_EQ(refused(R"(, "weekdays": [1], "stops": ["620821001001"])"), "round.not_below");
}

}  // namespace linli::rounds
