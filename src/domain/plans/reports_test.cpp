#include <gtest/gtest.h>

#include "domain/plans/testing.h"

namespace linli::plans {
namespace {

using testing::City;
using testing::code;

const Code kCounty = code("620802");

class ReportedValues : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    city = std::make_unique<City>(GetParam());
  }
  void report(const char* indicator, const char* period, double value, Code place = kCounty) {
    MUST(city->base().transact([&](db::Tx& tx) -> Done {
      store::save_report(tx, {.indicator = indicator,
                              .place = place,
                              .period = TRY(indicator::parse_period(period, 0)),
                              .value = value,
                              .source = "月报"});
      return {};
    }));
  }
  template <class Read>
  auto read(Read&& read) {
    return MUST(
        city->base().read([&](db::Tx& tx) -> Result<decltype(read(tx))> { return read(tx); }));
  }
  std::string counting_on(time::Date day) {
    return read([&](db::Tx& tx) {
      const auto found = store::report(tx, "a.1", kCounty, day);
      return found ? found->period.text : std::string();
    });
  }
  std::unique_ptr<City> city;
};

INSTANTIATE_TEST_SUITE_P(, ReportedValues, db::testing::engines(), db::testing::engine_name);

TEST_P(ReportedValues, TheLatestPeriodThatHasBegunCounts) {
  report("a.1", "2024-Q4", 1);
  report("a.1", "2025-Q1", 2);
  EXPECT_EQ(counting_on(20240930), "");
  EXPECT_EQ(counting_on(20241231), "2024-Q4");
  EXPECT_EQ(counting_on(20250101), "2025-Q1");
  EXPECT_EQ(counting_on(20251231), "2025-Q1");
}

TEST_P(ReportedValues, ThoseOfAPlaceAreReadTogether) {
  report("a.1", "2024", 1);
  report("a.1", "2025", 2);
  report("a.2", "2025-03", 3);
  report("a.2", "2025-04", 4);
  report("a.2", "2025-03", 5, city->villages[0]);
  const auto on = read([&](db::Tx& tx) { return store::reports_on(tx, kCounty, 20250331); });
  ASSERT_EQ(on.size(), 2U);
  EXPECT_EQ(on.at("a.1").value, 2);
  EXPECT_EQ(on.at("a.2").value, 3);
  const auto within =
      read([&](db::Tx& tx) { return store::reports_within(tx, kCounty, 20250101, 20250331); });
  ASSERT_EQ(within.size(), 1U);
  EXPECT_EQ(within[0].period.text, "2025-03");
  EXPECT_EQ(within[0].source, "月报");
}

TEST_P(ReportedValues, ASecondReportOfAPeriodTakesThePlaceOfTheFirst) {
  report("a.1", "2025-Q1", 2);
  report("a.1", "2025-Q1", 3);
  const auto all = read([&](db::Tx& tx) { return store::reports(tx, "a.1", kCounty); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].value, 3);
}

}  // namespace
}  // namespace linli::plans
