#include "core/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linli {
namespace {

// 2025: New Year's Day off; Sunday 26 January worked for the Spring Festival of 28 January to 4
// February.
Calendar year_2025() {
  Calendar calendar;
  calendar.holidays = {20250101, 20250128, 20250129, 20250130, 20250131, 20250203, 20250204};
  calendar.workdays = {20250126, 20250208};
  return calendar;
}

time::Instant at(std::string_view local) {
  return MUST(time::parse(std::string(local) + "+08:00"));
}

std::string after(std::string_view start, std::string_view length) {
  const time::Instant end = calendar::add(year_2025(), at(start), MUST(Duration::parse(length)));
  return time::format(end + time::kZoneOffset).substr(0, 16);
}

TEST(Calendar, HolidaysAndAdjustedWorkdaysCount) {
  EXPECT_FALSE(year_2025().is_working_day(20250101));
  EXPECT_TRUE(year_2025().is_working_day(20250126));
  EXPECT_FALSE(year_2025().is_working_day(20250125));
  EXPECT_TRUE(year_2025().is_working_day(20250127));
  EXPECT_EQ(year_2025().working_minutes_a_day(), 420);
}

TEST(Calendar, AWorkingClockStandsStillOutsideWorkingTime) {
  EXPECT_EQ(after("2025-03-03T10:00:00", "30 working minutes"), "2025-03-03T10:30");
  EXPECT_EQ(after("2025-03-03T11:50:00", "30 working minutes"), "2025-03-03T14:20");
  EXPECT_EQ(after("2025-03-03T14:00:00", "4 working hours"), "2025-03-03T18:00");
  EXPECT_EQ(after("2025-03-07T17:00:00", "4 working hours"), "2025-03-10T12:00");
  EXPECT_EQ(after("2025-03-08T22:00:00", "1 working hour"), "2025-03-10T10:00");
  EXPECT_EQ(after("2025-01-27T17:30:00", "1 working hour"), "2025-02-05T09:30");
}

TEST(Calendar, WorkingDaysEndAtTheSameTimeOfDay) {
  EXPECT_EQ(after("2025-03-03T10:15:00", "5 working days"), "2025-03-10T10:15");
  EXPECT_EQ(after("2025-01-24T10:15:00", "3 working days"), "2025-02-05T10:15");
  EXPECT_EQ(after("2025-03-08T10:15:00", "1 working day"), "2025-03-11T09:00");
}

TEST(Calendar, OrdinaryLengthsAskNoCalendar) {
  EXPECT_EQ(after("2025-03-07T17:00:00", "7 days"), "2025-03-14T17:00");
  EXPECT_EQ(after("2025-03-07T23:00:00", "2 hours"), "2025-03-08T01:00");
}

TEST(Calendar, WorkedTimeToTheEndOfALengthIsTheLength) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = year_2025();
    const time::Instant start = at("2025-01-01T00:00:00") +
                                *rc::gen::inRange<int64_t>(0, 60) * time::kDay +
                                *rc::gen::inRange<int64_t>(0, 24 * 60) * time::kMinute;
    const int64_t count = *rc::gen::inRange<int64_t>(1, 3000);
    const time::Instant end = calendar::add(calendar, start, {count, Duration::Unit::minute, true});
    RC_ASSERT(calendar::working_between(calendar, start, end) == count * time::kMinute);
    RC_ASSERT(calendar::working_between(calendar, end, start) == 0);
  }));
}

TEST(Calendar, WithoutWorkingHoursEveryHourCounts) {
  Calendar calendar;
  calendar.spans.clear();
  const time::Instant start = at("2025-03-08T00:00:00");
  const time::Instant end = calendar::add(calendar, start, {2, Duration::Unit::hour, true});
  EXPECT_EQ(end - start, 2 * time::kHour);
  EXPECT_EQ(calendar::working_between(calendar, start, end), 2 * time::kHour);
}

TEST(Duration, OtherTextsAreRefused) {
  for (const std::string_view text :
       {"", "5", "five days", "0 days", "-1 days", "5 working", "5 weeks", "5  days",
        "5 working days ", "100001 days", "5x days"}) {
    const Result<Duration> result = Duration::parse(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().code, "duration.bad");
  }
}

}  // namespace
}  // namespace linli
