#include "domain/cases/store.h"

#include <gtest/gtest.h>

#include "domain/cases/testing.h"

namespace linli::cases::testing {
namespace {

class CaseStore : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world_.emplace(GetParam());
  }
  db::Database& database() { return world_->stage.services.database; }

  // How the engine would run the statement, its lines together. Tables this small are scanned
  // unless PostgreSQL is told not to; a sort shows only where no index gives the order.
  std::string plan_of(const store::Statement& statement) {
    const bool sqlite = GetParam() == db::Engine::sqlite;
    return MUST(database().transact([&](db::Tx& tx) -> Result<std::string> {
      if (!sqlite) tx.script("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off");
      std::string plan;
      for (const db::Row& row : tx.query(
               (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + statement.sql, statement.params))
        plan += row.text(row.size() - 1) + "\n";
      return plan;
    }));
  }
  World& world() { return *world_; }

 private:
  std::optional<World> world_;
};
INSTANTIATE_TEST_SUITE_P(, CaseStore, db::testing::engines(), db::testing::engine_name);

bool mentions(const std::string& plan, const std::string& words) {
  return plan.find(words) != std::string::npos;
}

TEST_P(CaseStore, QueuesComeFromTheIndexOfTheirTerritoryOrUnit) {
  Filter filter;
  filter.territories = {at(kCounty)};
  Page page{.limit = 50, .after = {kMonday, std::string("id")}};
  EXPECT_TRUE(
      mentions(plan_of(store::queue_statement(filter, page)), "open_case_county_due_at_idx"));
  filter.territories = {at(kTownship)};
  EXPECT_TRUE(
      mentions(plan_of(store::queue_statement(filter, page)), "open_case_county_due_at_idx"));
  filter.territories = {at(kGrid)};
  EXPECT_TRUE(
      mentions(plan_of(store::queue_statement(filter, page)), "open_case_village_due_at_idx"));
  filter.territories = {at("62")};
  EXPECT_TRUE(mentions(plan_of(store::queue_statement(filter, page)), "open_case_due_at_idx"));
  filter.units = {"ecology@620802"};
  const std::string plan = plan_of(store::queue_statement(filter, page));
  EXPECT_TRUE(mentions(plan, "open_case_unit_due_at_idx")) << plan;
  EXPECT_TRUE(mentions(plan, "open_task_unit_idx")) << plan;
}

TEST_P(CaseStore, HistoriesComeInTheOrderOfAnIndex) {
  Filter filter;
  Page page{.limit = 50, .after = {kMonday, std::string("id")}};
  for (const auto& [territory, index] : std::vector<std::pair<const char*, const char*>>{
           {"62", "service_case_opened_at_idx"},
           {kCounty, "service_case_county_opened_at_idx"},
           {kVillage, "service_case_village_opened_at_idx"}}) {
    filter.territories = {at(territory)};
    const std::string plan = plan_of(store::history_statement(filter, page));
    EXPECT_TRUE(mentions(plan, index)) << plan;
    EXPECT_FALSE(mentions(plan, "Sort") || mentions(plan, "TEMP B-TREE")) << plan;
  }
  filter.number = "2025-620802-000001";
  EXPECT_TRUE(mentions(plan_of(store::history_statement(filter, page)), "service_case_number_idx"));
}

TEST_P(CaseStore, ASlotTakesItsNumbersInBlocksWithoutDoubles) {
  std::set<int64_t> seen;
  for (int i = 0; i < 250; ++i) {
    const int64_t number = MUST(database().transact(
        [&](db::Tx& tx) -> Result<int64_t> { return store::next_number(tx, at(kCounty), 2025); }));
    EXPECT_TRUE(seen.insert(number).second) << number;
  }
  const int64_t other_year = MUST(database().transact(
      [&](db::Tx& tx) -> Result<int64_t> { return store::next_number(tx, at(kCounty), 2026); }));
  EXPECT_EQ(other_year, 1);
}

}  // namespace
}  // namespace linli::cases::testing
