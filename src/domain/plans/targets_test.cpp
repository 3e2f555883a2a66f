// How a target is divided where what it counts can be counted out.
#include "domain/plans/targets.h"

#include <gtest/gtest.h>

#include "domain/plans/testing.h"
#include "domain/plans/views.h"

namespace linli::plans {
namespace {

using testing::City;
using testing::code;
using testing::Thing;

constexpr time::Date kToday = 20250310;

class Targets : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    city = std::make_unique<City>(GetParam());
    before = city->stage.services.content;
    city->turn(kToday);
    auto more = std::make_shared<pack::Content>(*before);
    more->statistics.emplace_back().key = "population";
    city->stage.services.content = more;
    plan.key = "town";
    plan.first_year = 2021;
    plan.last_year = 2025;
    plan.territory = code("620802");
    workers.key = "town.workers";
    workers.plan = "town";
    workers.value = city->measure_of("workers").value;
    workers.decimals = 0;
  }

  void employ(int64_t id, Code village) {
    city->save({}, Thing{.id = id, .kind = "worker", .place = village, .word = "party"});
  }
  Result<Handing> eight(const std::string& weight) {
    return city->base().read([&](db::Tx& tx) {
      const Scene scene{tx, city->stage.services, city->figures, kToday};
      return propose(scene, plan, workers, plan.territory, 2025,
                     {.method = indicator::Method::weight, .total = 8, .weight = weight});
    });
  }

  std::unique_ptr<City> city;
  std::shared_ptr<const pack::Content> before;
  pack::PlanHeader plan;
  pack::Indicator workers;
};

INSTANTIATE_TEST_SUITE_P(, Targets, db::testing::engines(), db::testing::engine_name);

TEST_P(Targets, AreSharedOutByAWeightThatEveryChildHas) {
  for (const int64_t id : {1, 2, 3}) employ(id, city->villages[0]);
  employ(4, city->villages[2]);
  const Handing made = MUST(eight("workers"));
  ASSERT_EQ(made.parts.size(), 2U);
  EXPECT_EQ(made.parts[0].target, 6);
  EXPECT_EQ(made.parts[1].target, 2);
  EXPECT_TRUE(made.fits);
  // Nobody has entered how many people live there; and a weight must be named.
  EXPECT_EQ(eight("population").error().code, "target.no_weight");
  EXPECT_EQ(eight("").error().code, "target.no_weight");
  EXPECT_EQ(eight("rainfall").error().code, "figure.unknown");
}

}  // namespace
}  // namespace linli::plans
