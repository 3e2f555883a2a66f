#include "core/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linli::time {
namespace {

rc::Gen<Date> any_date() {
  return rc::gen::map(rc::gen::inRange<int64_t>(-100'000, 100'000),
                      [](int64_t days) { return add_days(20000101, days); });
}

TEST(Time, AnInstantReadsBackFromItsText) {
  EXPECT_TRUE(rc::check([] {
    const Instant instant =
        *rc::gen::inRange<Instant>(-60'000'000'000'000'000, 200'000'000'000'000'000);
    RC_ASSERT(MUST(parse(format(instant))) == instant);
  }));
}

TEST(Time, ADateReadsBackAndStartsItsOwnDay) {
  EXPECT_TRUE(rc::check([] {
    const Date date = *any_date();
    RC_ASSERT(MUST(parse_date(format_date(date))) == date);
    RC_ASSERT(date_of(start_of(date)) == date);
    RC_ASSERT(date_of(start_of(date) - 1) == add_days(date, -1));
  }));
}

TEST(Time, AddingDaysAndCountingThemAgree) {
  EXPECT_TRUE(rc::check([] {
    const Date date = *any_date();
    const int64_t days = *rc::gen::inRange<int64_t>(-4000, 4000);
    RC_ASSERT(days_between(date, add_days(date, days)) == days);
    RC_ASSERT((weekday(date) + days % 7 + 7) % 7 == weekday(add_days(date, days)));
  }));
}

TEST(Time, DaysAreCutInTheZone) {
  EXPECT_EQ(date_of(MUST(parse("2025-02-28T15:59:59Z"))), 20250228);
  EXPECT_EQ(date_of(MUST(parse("2025-02-28T16:00:00Z"))), 20250301);
}

TEST(Time, OffsetsAndFractionsAreRead) {
  EXPECT_EQ(MUST(parse("2025-03-01T08:30:00+08:00")), MUST(parse("2025-03-01T00:30:00Z")));
  EXPECT_EQ(format(MUST(parse("1969-12-31t23:59:59.25z"))), "1969-12-31T23:59:59.25Z");
  EXPECT_EQ(MUST(parse("1970-01-01T00:00:00.123456789Z")), 123456);
}

TEST(Time, WhatIsNoInstantIsRefused) {
  for (const std::string_view text :
       {"", "2025-03-01", "2025-03-01T08:30:00", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z",
        "2025-03-01T24:00:00Z", "2025-03-01T00:60:00Z", "2025-03-01T00:00:61Z",
        "2025-03-01T00:00:00.Z", "2025-03-01T00:00:00+25:00", "2025-03-01T00:00:00Zx"}) {
    const Result<Instant> read = parse(text);
    EXPECT_EQ(read ? "" : read.error().code, "time.bad_instant") << text;
  }
  for (const std::string_view text :
       {"2025-2-1", "20250201", "2025-02-30", "0000-01-01", "2100-02-29"}) {
    const Result<Date> read = parse_date(text);
    EXPECT_EQ(read ? "" : read.error().code, "time.bad_date") << text;
  }
}

TEST(Time, YearsAreCountedAsAPersonCounts) {
  EXPECT_EQ(years_between(19600229, 20250228), 64);
  EXPECT_EQ(years_between(19600229, 20250301), 65);
}

TEST(Time, MonthsAreCutToTheirLength) {
  EXPECT_EQ(add_months(20240131, 1), 20240229);
  EXPECT_EQ(add_months(20240115, -1), 20231215);
  EXPECT_EQ(add_months(20240115, 11), 20241215);
  EXPECT_EQ(add_months(20240115, -25), 20211215);
  EXPECT_EQ(weekday(20250301), 5);
}

}  // namespace
}  // namespace linli::time
