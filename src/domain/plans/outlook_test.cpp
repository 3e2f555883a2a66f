// What is reported by quarter or by year: its history, its forecast, and what this week brought.
#include "domain/plans/outlook.h"

#include <gtest/gtest.h>

#include "domain/plans/testing.h"

namespace linli::plans {
namespace {

using testing::City;
using testing::code;

constexpr time::Date kToday = 20250312;  // a Wednesday
const Code kCounty = code("620802");

pack::Indicator reported(const std::string& number, const std::string& every) {
  pack::Indicator made;
  made.key = "town." + number;
  made.plan = "town";
  made.number = number;
  made.unit = "%";
  made.source_of_value = pack::ValueSource::reported;
  made.every = every;
  made.baselines = {{.year = 2020, .value = 40, .printed = "40"}};
  made.targets = {{.year = 2025, .value = 90, .printed = "90"}};
  return made;
}

std::shared_ptr<const pack::Content> with_plan(const pack::Content& content) {
  auto made = std::make_shared<pack::Content>(content);
  pack::PlanHeader plan;
  plan.key = "town";
  plan.first_year = 2021;
  plan.last_year = 2025;
  plan.territory = kCounty;
  made->plans = {plan};
  made->indicators = {reported("1", "quarter"), reported("2", "year")};
  return made;
}

class ReportedOutlook : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    city = std::make_unique<City>(GetParam());
    city->stage.services.content = with_plan(*city->stage.services.content);
    city->turn(kToday);
  }
  void report(const std::string& indicator, const std::string& period, double value,
              Code place = kCounty, time::Date on = 20250110) {
    MUST(city->base().transact([&](db::Tx& tx) -> Done {
      store::save_report(tx, {.indicator = indicator,
                              .place = place,
                              .period = TRY(indicator::parse_period(period, kToday)),
                              .value = value,
                              .source = "报表",
                              .at = time::start_of(on)});
      return {};
    }));
  }
  Outlook outlook(const std::string& indicator, Code place = kCounty) {
    return MUST(city->base().read([&](db::Tx& tx) -> Result<Outlook> {
      const pack::Content& content = *city->stage.services.content;
      const Scene scene{tx, city->stage.services, city->figures, kToday};
      return outlooks(scene, content.plans[0], content.indicator(indicator), place).front();
    }));
  }
  static std::vector<std::string> periods(const Outlook& of) {
    std::vector<std::string> texts;
    for (const Outlook::Ahead& one : of.ahead) texts.push_back(one.period);
    return texts;
  }
  std::unique_ptr<City> city;
};

INSTANTIATE_TEST_SUITE_P(, ReportedOutlook, db::testing::engines(), db::testing::engine_name);

using Texts = std::vector<std::string>;

TEST_P(ReportedOutlook, QuartersAreForetoldUpToTheDueDay) {
  double value = 50;
  for (const char* year : {"2023", "2024"}) {
    for (const char* quarter : {"-Q1", "-Q2", "-Q3", "-Q4"}) {
      report("town.1", std::string(year) + quarter, value += 4);
    }
  }
  const Outlook found = outlook("town.1");
  EXPECT_EQ(found.method, "damped_trend");
  EXPECT_EQ(periods(found), (Texts{"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"}));
  ASSERT_TRUE(found.at_due.has_value());
  EXPECT_EQ(found.at_due->value, found.ahead.back().step.value);
  EXPECT_GT(found.at_due->value, 86);
  ASSERT_TRUE(found.held_back.has_value());
  EXPECT_EQ(found.held_back->steps, 2);
  EXPECT_EQ(found.judgement.reasons.back(), indicator::Reason::forecast_reaches);
}

TEST_P(ReportedOutlook, AGapBeginsTheHistoryAnew) {
  for (const char* period : {"2023-Q1", "2023-Q2", "2023-Q3", "2024-Q3", "2024-Q4"}) {
    report("town.1", period, 60);
  }
  const Outlook found = outlook("town.1");
  EXPECT_EQ(found.trend.size(), 6U) << "the baseline and all that was reported";
  EXPECT_EQ(found.method, "") << "two quarters are no history";
  EXPECT_EQ(found.judgement.reasons.back(), indicator::Reason::no_forecast);
}

TEST_P(ReportedOutlook, ThePlansBaselineIsTheFirstYearOfItsTerritory) {
  for (const Code place : {kCounty, city->villages[0]}) {
    report("town.2", "2021", 52, place);
    report("town.2", "2022", 58, place);
    report("town.2", "2023", 70, place);
  }
  const Outlook county = outlook("town.2");
  EXPECT_EQ(county.method, "drift");
  EXPECT_EQ(periods(county), (Texts{"2024", "2025"}));
  EXPECT_NEAR(county.ahead[0].step.value, 80, 1e-9);
  EXPECT_FALSE(county.held_back.has_value()) << "four years are too few to hold any back";
  EXPECT_EQ(outlook("town.2", city->villages[0]).method, "last_value");
}

TEST_P(ReportedOutlook, WhatCameThisWeekHasMovedTheValue) {
  report("town.1", "2024-Q3", 60);
  report("town.1", "2024-Q4", 62, kCounty, 20250309);
  EXPECT_EQ(outlook("town.1").last_week, 62);
  report("town.1", "2025-Q1", 65, kCounty, 20250310);
  const Outlook found = outlook("town.1");
  EXPECT_EQ(found.now.value, 65);
  EXPECT_EQ(found.last_week, 62);
}

}  // namespace
}  // namespace linli::plans
