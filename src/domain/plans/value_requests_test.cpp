#include "domain/plans/value_requests.h"

#include <gtest/gtest.h>

namespace linli::plans {
namespace {

constexpr time::Date kDue = 20250630;

Code code(const char* text) {
  return MUST(Code::parse(text));
}

ValueRequest asked() {
  return {.id = "r",
          .place = code("620802001001"),
          .due = kDue,
          .asked_by = code("6208"),
          .at_level = code("620802001001")};
}

Answer of(double value) {
  return {.value = value, .evidence = "台账"};
}

time::Instant on(time::Date date) {
  return time::start_of(date);
}

TEST(Answers, AreAValueWithEvidenceOrAReason) {
  const pack::Indicator any;
  EXPECT_EQ(answer(asked(), any, {}, {}, on(kDue)).error().code, "value_request.empty");
  Answer both = of(1);
  both.missing = "无";
  EXPECT_EQ(answer(asked(), any, both, {}, on(kDue)).error().code, "value_request.empty");
  EXPECT_EQ(answer(asked(), any, {.value = 1.0}, {}, on(kDue)).error().code,
            "value_request.needs_evidence");
  const auto missing = MUST(answer(asked(), any, {.missing = "未统计"}, {}, on(kDue)));
  EXPECT_EQ(missing.marks, std::vector<std::string>{"missing"});
  EXPECT_EQ(missing.state, "submitted");
}

TEST(Answers, KeepTheLimitsAndAreMarkedWhenLateOrFarAway) {
  pack::Indicator percent;
  percent.limits = {0, 100, 30};
  EXPECT_EQ(answer(asked(), percent, of(101), {}, on(kDue)).error().code,
            "value_request.out_of_limits");
  EXPECT_TRUE(MUST(answer(asked(), percent, of(60), {50}, on(kDue))).marks.empty());
  EXPECT_EQ(MUST(answer(asked(), percent, of(70), {50}, on(20250701))).marks,
            (std::vector<std::string>{"outlier", "late"}));
}

TEST(ReportingPeriods, AreTheIndicatorsOwn) {
  pack::Indicator yearly;
  EXPECT_EQ(MUST(reporting_period(yearly, "2025")).to, 20251231);
  EXPECT_EQ(reporting_period(yearly, "2025-Q1").error().code, "indicator.wrong_period");
  for (const char* never : {"now", "this_year", "", "spring"}) {
    EXPECT_EQ(reporting_period(yearly, never).error().code, "period.bad") << never;
  }
  pack::Indicator quarterly;
  quarterly.every = "quarter";
  EXPECT_EQ(MUST(reporting_period(quarterly, "2025-Q1")).to, 20250331);
  EXPECT_EQ(reporting_period(quarterly, "2025-03").error().code, "indicator.wrong_period");
}

TEST(Outliers, AreJudgedByTheUsualSpreadWhereNoChangeIsDeclared) {
  const pack::Indicator any;
  EXPECT_FALSE(is_outlier(any, 1000, {10, 11, 12}));
  EXPECT_FALSE(is_outlier(any, 13, {10, 11, 12, 11, 10}));
  EXPECT_TRUE(is_outlier(any, 40, {10, 11, 12, 11, 10}));
  EXPECT_TRUE(is_outlier(any, 6, {5, 5, 5, 5, 5}));
}

TEST(Approvals, GoLevelByLevelToThePlaceThatAsked) {
  ValueRequest request = MUST(answer(asked(), {}, of(1), {}, on(kDue)));
  EXPECT_EQ(request.at_level, code("620802001"));
  request = MUST(approve(request));
  EXPECT_EQ(request.at_level, code("620802"));
  request = MUST(approve(request));
  EXPECT_EQ(request.at_level, code("6208"));
  EXPECT_EQ(request.state, "submitted");
  request = MUST(approve(request));
  EXPECT_EQ(request.state, "approved");
  EXPECT_EQ(approve(request).error().code, "value_request.not_submitted");
  EXPECT_EQ(send_back(request).error().code, "value_request.not_submitted");
}

TEST(Approvals, WhatIsSentBackIsAnsweredAgain) {
  ValueRequest request = MUST(answer(asked(), {}, of(1), {}, on(kDue)));
  EXPECT_EQ(answer(request, {}, of(2), {}, on(kDue)).error().code, "value_request.not_open");
  request = MUST(send_back(request));
  EXPECT_EQ(request.at_level, request.place);
  EXPECT_EQ(MUST(answer(request, {}, of(2), {}, on(kDue))).value, 2);
}

TEST(Approvals, APlaceThatAsksItselfApprovesAtOnce) {
  ValueRequest own = asked();
  own.asked_by = own.place;
  own = MUST(answer(own, {}, of(1), {}, on(kDue)));
  EXPECT_EQ(own.at_level, own.place);
  EXPECT_EQ(MUST(approve(own)).state, "approved");
}

}  // namespace
}  // namespace linli::plans
