// The day that is told ahead is the first on which looking each day would find others groups.
#include "domain/circles/turns.h"

#include <random>

#include <gtest/gtest.h>

#include "core/expr/expression.h"
#include "domain/circles/facts.h"
#include "domain/circles/testing.h"

namespace linli::circles {
namespace {

class CircleTurns : public ::testing::Test {
 protected:
  CircleTurns() : content_(testing::content()), turns_(*content_) {
    const pack::Register& person = *content_->find_register("person");
    birth_ = static_cast<size_t>(person.scope.find("birth_date") - person.scope.variables.data());
    values_.resize(person.scope.variables.size());
  }

  std::optional<time::Date> next(time::Date day) {
    return turns_.next({.place = testing::kCity, .values = &values_, .labels = &labels_}, day);
  }
  std::optional<time::Date> by_looking(time::Date day) {
    const host::Change::Side side{.place = testing::kCity, .values = &values_, .labels = &labels_};
    const uint64_t now = groups_of(*content_, side, day);
    for (int64_t ahead = 1; ahead <= Turns::kHorizonDays; ++ahead) {
      const time::Date then = time::add_days(day, ahead);
      if (groups_of(*content_, side, then) != now) return then;
    }
    return std::nullopt;
  }

  std::shared_ptr<const pack::Content> content_;
  Turns turns_;
  size_t birth_ = 0;
  std::vector<Value> values_;
  std::vector<host::HeldLabel> labels_;
};

}  // namespace

TEST_F(CircleTurns, ABirthdayIsToldAhead) {
  EXPECT_FALSE(turns_.daily());
  values_[birth_] = time::Date{19500310};
  EXPECT_EQ(next(20250309), 20250310);
  EXPECT_EQ(next(20250310), std::nullopt);  // 75 already
  EXPECT_EQ(next(20240310), 20250310);
  EXPECT_EQ(next(20240201), std::nullopt);  // more than a year ahead
  values_[birth_] = time::Date{19480229};
  EXPECT_EQ(next(20230101), 20230301);  // no 29 February in that year
  values_[birth_] = Value();
  EXPECT_EQ(next(20250309), std::nullopt);
}

TEST_F(CircleTurns, LabelsBeginAndEnd) {
  labels_ = {{.label = "disabled", .from = 20250401, .to = 20250501}};
  EXPECT_EQ(next(20250301), 20250401);
  EXPECT_EQ(next(20250401), 20250501);
  EXPECT_EQ(next(20250501), std::nullopt);
}

TEST_F(CircleTurns, AgreesWithLookingEachDay) {
  std::mt19937 random(7);
  const auto any = [&](int64_t below) { return static_cast<int64_t>(random() % below); };
  int found = 0;
  for (int round = 0; round < 300; ++round) {
    const time::Date day = time::add_days(20240101, any(800));
    // Most are about to turn 75; some are not born yet.
    const int64_t years = any(5) == 0 ? any(90) - 3 : 74;
    values_[birth_] = time::add_days((day / 10'000 - years) * 10'000 + 101, any(366));
    if (any(10) == 0) values_[birth_] = time::Date{19480229};
    labels_.clear();
    if (any(3) == 0) {
      const time::Date from = time::add_days(day, any(500) - 100);
      labels_.push_back(
          {.label = "disabled", .from = from, .to = time::add_days(from, 1 + any(90))});
    }
    ASSERT_EQ(next(day), by_looking(day)) << round;
    found += next(day).has_value();
  }
  EXPECT_GT(found, 100);
}

TEST_F(CircleTurns, WhatCannotBeToldIsLookedAtDaily) {
  pack::Content other;
  const pack::Register& person = *content_->find_register("person");
  pack::ResidentGroup& group = other.groups.emplace_back();
  group.key = "newborn";
  const auto asks = [&](std::string_view condition) {
    group.value = MUST(expr::compile(condition, {.scope = &person.scope}, expr::Type::boolean));
    return Turns(other).daily();
  };
  EXPECT_TRUE(asks("days_between(birth_date, today) < 28"));
  EXPECT_TRUE(asks("birth_date > today"));
  EXPECT_TRUE(asks("years_between(date(\"2000-01-01\"), today) > 3"));
  EXPECT_FALSE(asks("years_between(birth_date, today) > 3 or label(disabled)"));
  EXPECT_FALSE(asks("years_between(today, birth_date) > 3"));
  EXPECT_FALSE(asks("true"));
}

}  // namespace linli::circles
