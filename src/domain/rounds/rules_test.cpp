#include "domain/rounds/rules.h"

#include <gtest/gtest.h>

namespace linli::rounds {
namespace {

// 2025-03-03 is a Monday.
time::Instant at(time::Date day, int hour) {
  return time::start_of(day) + hour * time::kHour;
}

const Round kWeekly{.weeks = 1, .valid_from = 20250303};
const RoundVisit kTuesdayMorning{.weekday = 1, .arrive_minute = 9 * 60, .leave_minute = 10 * 60};

}  // namespace

TEST(RoundRules, TheNextVisitIsTodayUntilItIsOver) {
  EXPECT_EQ(next_day(kWeekly, kTuesdayMorning, at(20250304, 8)), 20250304);
  EXPECT_EQ(next_day(kWeekly, kTuesdayMorning, at(20250304, 9)), 20250304);
  EXPECT_EQ(next_day(kWeekly, kTuesdayMorning, at(20250304, 10)), 20250311);
}

TEST(RoundRules, NothingComesBeforeATimetableBegins) {
  EXPECT_EQ(next_day(kWeekly, kTuesdayMorning, at(20250101, 8)), 20250304);
}

TEST(RoundRules, NothingComesAfterItEnds) {
  Round ending = kWeekly;
  ending.valid_to = 20250310;
  EXPECT_EQ(next_day(ending, kTuesdayMorning, at(20250304, 8)), 20250304);
  EXPECT_EQ(next_day(ending, kTuesdayMorning, at(20250304, 12)), std::nullopt);
}

TEST(RoundRules, WeeksAreCountedFromTheOneInWhichItBegins) {
  Round fortnightly{.weeks = 2, .valid_from = 20250305};  // a Wednesday
  RoundVisit second = kTuesdayMorning;
  second.week = 1;
  EXPECT_EQ(next_day(fortnightly, second, at(20250305, 8)), 20250311);
  EXPECT_EQ(next_day(fortnightly, second, at(20250312, 8)), 20250325);
  EXPECT_EQ(next_day(fortnightly, kTuesdayMorning, at(20250305, 8)), 20250318);
}

TEST(RoundRules, TimesAreWrittenAsOnAClock) {
  EXPECT_EQ(clock(8 * 60 + 5), "08:05");
  EXPECT_EQ(MUST(minute_of("16:30")), 990);
  EXPECT_EQ(minute_of("half past four").error().code, "round.bad_time");
  EXPECT_EQ(minute_of("08:75").error().code, "round.bad_time");
}

TEST(RoundRules, AVehicleLeavesFromAFacilityFoundByNameOrPinyin) {
  const region::Code county(62080200000000000);
  const std::vector<circles::Facility> known{
      {.kind = "township_hospital", .name = "四十里铺镇卫生院", .place = county, .point = {}},
      {.kind = "school", .name = "东关小学", .place = county, .point = {}},
      {.kind = "school", .name = "东关老校", .place = county, .point = {}, .in_service = false},
      {.kind = "school",
       .name = "城东小学",
       .place = region::Code(62082100000000000),
       .point = {}}};
  const auto names = [&](std::string_view query, size_t most = 9) {
    std::vector<std::string> found;
    for (const auto* one : bases_among(known, county, query, most)) found.push_back(one->name);
    return found;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names(""), (Names{"东关小学", "四十里铺镇卫生院"}));
  EXPECT_EQ(names("", 1), Names{"东关小学"});
  EXPECT_EQ(names("小学"), Names{"东关小学"});
  EXPECT_EQ(names("DGXX"), Names{"东关小学"});
  EXPECT_EQ(names("weishengyuan"), Names{"四十里铺镇卫生院"});
  EXPECT_EQ(names("车站"), Names{});
}

}  // namespace linli::rounds
