#include "domain/plans/alarms.h"

#include <gtest/gtest.h>

#include "domain/plans/store_duties.h"
#include "domain/plans/testing.h"

namespace linli::plans {
namespace {

using testing::City;
using testing::code;

constexpr time::Date kToday = 20250310;
const Code kCounty = code("620802");
const Code kVillage = code("620802001001");

std::shared_ptr<const pack::Content> with_plan(const pack::Content& content) {
  auto made = std::make_shared<pack::Content>(content);
  pack::PlanHeader plan;
  plan.key = "town";
  plan.first_year = 2021;
  plan.last_year = 2025;
  plan.territory = code("6208");
  made->plans = {plan};
  pack::Indicator indicator;
  indicator.key = "town.1";
  indicator.plan = "town";
  indicator.number = "1";
  indicator.name = {"覆盖率", "Coverage"};
  indicator.source_of_value = pack::ValueSource::reported;
  indicator.baselines = {{.year = 2020, .value = 0, .printed = "0"}};
  indicator.targets = {{.year = 2025, .value = 100, .printed = "100"}};
  made->indicators = {indicator};
  return made;
}

class Alarms : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    city = std::make_unique<City>(GetParam());
    city->stage.services.settings.region = "620802";
    city->stage.services.content = with_plan(*city->stage.services.content);
    city->turn(kToday);
  }
  template <class Body>
  void write(Body&& body) {
    MUST(city->base().transact([&](db::Tx& tx) -> Done {
      body(tx);
      return {};
    }));
  }
  Task task(const std::string& id, time::Date due) {
    Task made{.id = id,
              .place = kVillage,
              .plan = "town",
              .year = 2025,
              .number = "3",
              .name = "建成服务中心",
              .due = due,
              .handed_by = kCounty};
    write([&](db::Tx& tx) { made = MUST(add_task(tx, city->stage.services, made)); });
    return made;
  }
  int64_t raise(time::Date today) {
    return raise_alarms(city->figures, city->stage.services, time::start_of(today));
  }
  void report(const char* year, double value) {
    write([&](db::Tx& tx) {
      store::save_report(tx, {.indicator = "town.1",
                              .place = kCounty,
                              .period = MUST(indicator::parse_period(year, kToday)),
                              .value = value,
                              .source = "年报"});
    });
  }
  // Names of all events of the log, with the two places of their data.
  std::vector<std::string> events() {
    return MUST(city->base().read([](db::Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> all;
      tx.each("SELECT name, data FROM event_log ORDER BY name, id", {}, [&](const db::Row& row) {
        const json::Value data = MUST(json::parse(row.text(1)));
        all.push_back(row.text(0) + " " + data.text("owing") + ">" + data.text("asking"));
        return true;
      });
      return all;
    }));
  }
  std::unique_ptr<City> city;
};

INSTANTIATE_TEST_SUITE_P(, Alarms, db::testing::engines(), db::testing::engine_name);

using Texts = std::vector<std::string>;

TEST_P(Alarms, ATaskIsHandedAndRaisedOnceForEachDueDay) {
  const Task made = task("018bcfe5-6800-7000-8000-000000000001", 20250310);
  EXPECT_EQ(raise(20250310), 0) << "it is due today";
  EXPECT_EQ(raise(20250311), 1);
  EXPECT_EQ(raise(20250312), 0) << "raised once";
  write([&](db::Tx& tx) { MUST(change_task(tx, made.id, made.version, {.due = 20250320})); });
  EXPECT_EQ(raise(20250321), 1) << "another due day";
  EXPECT_EQ(events(),
            (Texts{"plan.task_handed 620802001001>620802", "plan.task_overdue 620802001001>620802",
                   "plan.task_overdue 620802001001>620802"}));
}

TEST_P(Alarms, WhatIsDoneIsNotRaised) {
  const Task made = task("018bcfe5-6800-7000-8000-000000000001", 20250301);
  write([&](db::Tx& tx) {
    MUST(add_entry(tx, made.id, {.percent = 100, .note = "已建成", .at = time::start_of(kToday)}));
  });
  EXPECT_EQ(raise(kToday), 0);
}

TEST_P(Alarms, AValueIsAskedGoesUpAndIsRaisedWhenLate) {
  write([&](db::Tx& tx) {
    const ValueRequest asked = MUST(ask(tx, city->stage.services,
                                        {.id = "018bcfe5-6800-7000-8000-000000000002",
                                         .place = kVillage,
                                         .plan = "town",
                                         .indicator = "town.1",
                                         .period = "2024",
                                         .due = 20250301,
                                         .asked_by = kCounty},
                                        false, {.what = "asked"}));
    EXPECT_EQ(asked.state, "open");
  });
  EXPECT_EQ(raise(kToday), 1);
  write([&](db::Tx& tx) {
    const ValueRequest open = MUST(find_request(tx, "018bcfe5-6800-7000-8000-000000000002"));
    const pack::Indicator& indicator = city->stage.services.content->indicators[0];
    const ValueRequest sent = MUST(
        answer(open, indicator, {.value = 40, .evidence = "台账"}, {}, time::start_of(kToday)));
    MUST(save_request(tx, city->stage.services, sent, {.what = "submitted"}));
  });
  EXPECT_EQ(raise(20250311), 0) << "it is on its way";
  EXPECT_EQ(events(),
            (Texts{"plan.value_asked 620802001001>620802", "plan.value_overdue 620802001001>620802",
                   "plan.value_submitted 620802001001>620802001"}));
}

TEST_P(Alarms, ALightThatTurnsRedIsNewsOnce) {
  report("2023", 88);
  EXPECT_EQ(raise(kToday), 0) << "the first look";
  report("2024", 20);
  EXPECT_EQ(raise(kToday), 0) << "once a day";
  EXPECT_EQ(raise(20250311), 1);
  EXPECT_EQ(raise(20250312), 0);
  report("2024", 99);
  EXPECT_EQ(raise(20250313), 0);
  EXPECT_EQ(events(), (Texts{"plan.light_red >620802"}));
}

}  // namespace
}  // namespace linli::plans
