#include "core/opening_hours.h"

#include <gtest/gtest.h>

namespace linli {
namespace {

OpeningHours hours(std::string_view text) {
  return MUST(OpeningHours::parse(text));
}

time::Instant clock(time::Date date, int hour, int minute = 0) {
  return time::start_of(date) + hour * time::kHour + minute * time::kMinute;
}

// 2025-03-03 is a Monday; Thursday the 6th is made a holiday.
Calendar calendar() {
  Calendar made;
  made.holidays = {20250306};
  return made;
}

struct Case {
  const char* text;
  time::Instant at;
  bool open;
  std::optional<time::Instant> until;
};

TEST(OpeningHours, SayWhetherItIsOpenAndUntilWhen) {
  const std::vector<Case> cases = {
      {"24/7", clock(20250303, 3), true, std::nullopt},
      {"08:00-18:00", clock(20250303, 7), false, clock(20250303, 8)},
      {"08:00-18:00", clock(20250303, 8), true, clock(20250303, 18)},
      {"08:00-18:00", clock(20250303, 18), false, clock(20250304, 8)},
      {"Mo-Fr 08:00-12:00,14:00-18:00", clock(20250303, 13), false, clock(20250303, 14)},
      {"Mo-Fr 08:00-12:00,14:00-18:00", clock(20250307, 19), false, clock(20250310, 8)},
      {"Mo-Fr 08:00-12:00,12:00-18:00", clock(20250303, 9), true, clock(20250303, 18)},
      {"Mo-Su 08:00-18:00; We off", clock(20250305, 9), false, clock(20250306, 8)},
      {"Mo-Fr 08:00-18:00; PH off", clock(20250306, 9), false, clock(20250307, 8)},
      {"Mo-Fr 08:00-18:00", clock(20250306, 9), true, clock(20250306, 18)},
      {"Mo-Fr 08:00-18:00; PH 10:00-12:00", clock(20250306, 9), false, clock(20250306, 10)},
      {"PH 10:00-12:00", clock(20250306, 11), true, clock(20250306, 12)},
      {"Sa-Mo 08:00-18:00", clock(20250304, 9), false, clock(20250308, 8)},
      // Over midnight, and what began yesterday.
      {"Fr 20:00-02:00", clock(20250308, 1), true, clock(20250308, 2)},
      {"Fr 20:00-26:00", clock(20250308, 1), true, clock(20250308, 2)},
      {"Fr 20:00-02:00; Sa off", clock(20250308, 1), true, clock(20250308, 2)},
      {"Mo-Su 00:00-24:00; We off", clock(20250303, 1), true, clock(20250305, 0)},
      {"off", clock(20250303, 9), false, std::nullopt},
      {"Mo closed", clock(20250303, 9), false, std::nullopt},
  };
  for (const Case& one : cases) {
    const OpeningHours::State state = hours(one.text).at(calendar(), one.at);
    EXPECT_EQ(state.open, one.open) << one.text << " at " << time::format(one.at);
    EXPECT_EQ(state.until, one.until) << one.text << " at " << time::format(one.at);
  }
}

TEST(OpeningHours, RefuseWhatTheyDoNotKnow) {
  for (const char* text : {"", " ", "always", "Mo-Fr", "8-18", "Mo-Fr 08:00",
                           "Mo-Fr 08:00-25:00:00", "PH-Mo 08:00-9:00", "Jan 08:00-18:00",
                           "Mo-Fr 08:00-18:00 Sa 09:00-12:00", "Mo, 08:00-18:00", "08:00-18:60",
                           "25:00-26:00", "08:00-49:00", "sunrise-sunset", "Mo-Fr 08:00-18:00;;"}) {
    const auto read = OpeningHours::parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, "opening_hours.bad");
    EXPECT_FALSE(read.error().detail.empty());
  }
}

TEST(OpeningHours, AreWrittenInOneWay) {
  EXPECT_EQ(hours(" Mo-Fr,Su  8:00-12:00, 14:00-18:00 ;PH closed; ").text(),
            "Mo-Fr,Su 08:00-12:00,14:00-18:00; PH off");
  EXPECT_EQ(hours("24/7").text(), "Mo-Su 00:00-24:00");
  EXPECT_EQ(hours("20:00-02:00").text(), "Mo-Su 20:00-26:00");
  EXPECT_EQ(hours("Mo,Tu,Sa 09:00-10:00").text(), "Mo,Tu,Sa 09:00-10:00");
}

TEST(OpeningHours, CountTheHoursOfTheDaysOnWhichItOpens) {
  EXPECT_EQ(hours("Mo-Fr 08:00-12:00,14:00-18:00; PH off").hours_a_day(), 8);
  EXPECT_EQ(hours("Mo-Fr 08:00-18:00; Sa 08:00-12:00").hours_a_day(), 9);
  EXPECT_EQ(hours("24/7").hours_a_day(), 24);
  EXPECT_EQ(hours("20:00-02:00").hours_a_day(), 6);
  EXPECT_EQ(hours("08:00-12:00,10:00-14:00").hours_a_day(), 6);
  EXPECT_EQ(hours("off").hours_a_day(), 0);
  EXPECT_EQ(hours("PH 10:00-12:00").hours_a_day(), 0);
}

}  // namespace
}  // namespace linli
