#include "engine/indicator/period.h"

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

constexpr time::Date kToday = 20250310;

TEST(Periods, MonthsQuartersYearsAndPlansAreRead) {
  EXPECT_EQ(MUST(parse_period("2025-03", kToday)), (Period{202503, 202503, "2025-03"}));
  EXPECT_EQ(MUST(parse_period("2025-Q2", kToday)), (Period{202504, 202506, "2025-Q2"}));
  EXPECT_EQ(MUST(parse_period("2024", kToday)), (Period{202401, 202412, "2024"}));
  EXPECT_EQ(MUST(parse_period("2021-2025", kToday)), (Period{202101, 202512, "2021-2025"}));
  EXPECT_EQ(MUST(parse_period("now", kToday)), (Period{202501, 202503, "now"}));
  EXPECT_EQ(MUST(parse_period("", kToday)), (Period{202501, 202503, "now"}));
}

TEST(Periods, AnythingElseIsRefused) {
  for (const char* text : {"25", "2025-13", "2025-00", "2025-Q5", "2025-Q", "2025-3", "2025/03",
                           "2025-2021", "20a5", "2025-031", "0000"}) {
    EXPECT_EQ(parse_period(text, kToday).error().code, "period.bad") << text;
  }
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
