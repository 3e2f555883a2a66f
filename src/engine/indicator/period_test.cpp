#include "engine/indicator/period.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace linli::indicator {
namespace {

constexpr time::Date kToday = 20250310;

Period period(std::string_view text) {
  return MUST(parse_period(text, kToday));
}

TEST(Periods, OfEveryKindAreRead) {
  EXPECT_EQ(period("2025-03-09"), (Period{20250309, 20250309, "2025-03-09"}));
  EXPECT_EQ(period("2025-02-D1"), (Period{20250201, 20250210, "2025-02-D1"}));
  EXPECT_EQ(period("2025-02-D3"), (Period{20250221, 20250228, "2025-02-D3"}));
  EXPECT_EQ(period("2025-03"), (Period{20250301, 20250331, "2025-03"}));
  EXPECT_EQ(period("2025-Q2"), (Period{20250401, 20250630, "2025-Q2"}));
  EXPECT_EQ(period("2025-H2"), (Period{20250701, 20251231, "2025-H2"}));
  EXPECT_EQ(period("2024"), (Period{20240101, 20241231, "2024"}));
  EXPECT_EQ(period("2021-2025"), (Period{20210101, 20251231, "2021-2025"}));
}

TEST(Periods, RelativeOnesStandForTheirDates) {
  EXPECT_EQ(period("now"), (Period{20250101, kToday, "now"}));
  EXPECT_EQ(period(""), period("now"));
  EXPECT_EQ(period("today"), period("2025-03-10"));
  EXPECT_EQ(period("yesterday"), period("2025-03-09"));
  EXPECT_EQ(period("this_ten_days"), period("2025-03-D1"));
  EXPECT_EQ(period("last_ten_days"), period("2025-02-D3"));
  EXPECT_EQ(period("this_month"), period("2025-03"));
  EXPECT_EQ(period("last_month"), period("2025-02"));
  EXPECT_EQ(period("last_quarter"), period("2024-Q4"));
  EXPECT_EQ(period("this_half_year"), period("2025-H1"));
  EXPECT_EQ(period("last_year"), period("2024"));
  EXPECT_EQ(period("since_2020"), (Period{20210101, kToday, "since_2020"}));
}

TEST(Periods, AnythingElseIsRefused) {
  for (const char* text :
       {"25",     "2025-13",    "2025-00",    "2025-Q5",    "2025-H3",    "2025-H0",
        "2025-Q", "2025-3",     "2025/03",    "2025-2021",  "20a5",       "2025-031",
        "0000",   "2025-",      "2025-02-30", "2025-02-D4", "2025-02-D0", "this_spring",
        "last_",  "since_2025", "since_20",   "2025-03-1",  "2025-03-001"}) {
    EXPECT_EQ(parse_period(text, kToday).error().code, "period.bad") << text;
  }
}

TEST(Periods, AreWrittenInTheirIsoForm) {
  EXPECT_EQ(to_iso(period("2025-03-09")), "2025-03-09/P1D");
  EXPECT_EQ(to_iso(period("2025-02-D3")), "2025-02-21/P8D");
  EXPECT_EQ(to_iso(period("2025-03")), "2025-03-01/P1M");
  EXPECT_EQ(to_iso(period("2025-Q2")), "2025-04-01/P3M");
  EXPECT_EQ(to_iso(period("2025-H2")), "2025-07-01/P6M");
  EXPECT_EQ(to_iso(period("2024")), "2024-01-01/P1Y");
  EXPECT_EQ(to_iso(period("2021-2025")), "2021-01-01/P5Y");
  for (const char* text : {"2025-03-09", "2025-02-D1", "2025-02-D3", "2025-03", "2025-Q1",
                           "2025-H2", "2024", "2021-2025"}) {
    EXPECT_EQ(MUST(from_iso(to_iso(period(text)))), period(text));
  }
  for (const char* text :
       {"2025-03-01", "2025-03-01/P", "2025-03-01/PM", "2025-03-01/P2M", "2025-03-02/P1M",
        "2025-02-30/P1M", "2025-03-01/P1W", "x/P1M", "2025-03-01/P1M ", "2025-03-01/P99999Y"}) {
    EXPECT_FALSE(from_iso(text).has_value()) << text;
  }
}

using Codes = std::vector<std::pair<Code, Code>>;

TEST(Codes, AreWholeMonthsAndTheDaysAroundThem) {
  EXPECT_EQ(codes_of(period("2025-Q1")), (Codes{{202501, 202503}}));
  EXPECT_EQ(codes_of(period("2025-02-D3")), (Codes{{20250221, 20250228}}));
  EXPECT_EQ(codes_of(period("2025-02-D1")), (Codes{{20250201, 20250210}}));
  EXPECT_EQ(codes_of(period("now")), (Codes{{202501, 202502}, {20250301, 20250310}}));
  EXPECT_EQ(codes_of({20250115, 20250310, ""}),
            (Codes{{20250115, 20250131}, {202502, 202502}, {20250301, 20250310}}));
}

RC_GTEST_PROP(Codes, CoverEveryDayOnce, ()) {
  const time::Date from = time::add_days(20240101, *rc::gen::inRange(0, 700));
  const int length = *rc::gen::inRange(0, 500);
  const time::Date to = time::add_days(from, length);
  int64_t days = 0;
  time::Date expected = from;
  for (const auto& [first, last] : codes_of({from, to, ""})) {
    const bool by_month = first < 1'000'000;
    RC_ASSERT((by_month ? first * 100 + 1 : first) == expected);
    const time::Date end = by_month ? last_day(last) : last;
    days += time::days_between(expected, end) + 1;
    expected = time::add_days(end, 1);
  }
  RC_ASSERT(days == length + 1);
}

TEST(Ends, AreKeptThreeTimesAMonthAndAtTheEndOfTheLastWeek) {
  EXPECT_EQ(end_code(20250310), 20250310);
  EXPECT_EQ(end_code(20250311), std::nullopt);
  EXPECT_EQ(end_code(20250331), 202503);
  EXPECT_EQ(end_code(20250316), kWeekEnd);
  EXPECT_EQ(end_code(20250810), 20250810) << "a Sunday that ends ten days";
  EXPECT_EQ(next_end(20250310), 20250316);
  EXPECT_EQ(next_end(20250316), 20250320);
  EXPECT_EQ(week_end_before(20250317), 20250316);
  EXPECT_EQ(week_end_before(20250316), 20250309);
  EXPECT_EQ(next_end(20250228), 20250302);
}

TEST(Periods, AreFoundAroundADay) {
  EXPECT_EQ(period_around("quarter", 20250815)->text, "2025-Q3");
  EXPECT_EQ(period_around("half_year", 20250630)->text, "2025-H1");
  EXPECT_EQ(period_around("fortnight", 20250630), std::nullopt);
}

TEST(Months, FollowEachOther) {
  EXPECT_EQ(next(202412), 202501);
  EXPECT_EQ(next(202501), 202502);
  EXPECT_EQ(previous(202501), 202412);
  EXPECT_EQ(previous(202512), 202511);
  EXPECT_EQ(last_day(202402), 20240229);
  EXPECT_EQ(text_of(202402), "2024-02");
}

}  // namespace
}  // namespace linli::indicator
