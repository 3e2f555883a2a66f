#include <gtest/gtest.h>

#include "db/migration.h"
#include "db/testing.h"

namespace linli::db {
namespace {

class Migrating : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }

  Result<std::vector<std::string>> run(const std::vector<Migration>& all) {
    return migrate(fresh.database(), all, 1);
  }

  testing::Fresh fresh{GetParam()};
  const Migration create{"things", "0001_create", "CREATE TABLE thing (id BIGINT)"};
  const Migration widen{"things", "0002_widen", "ALTER TABLE thing ADD COLUMN name TEXT"};
};

INSTANTIATE_TEST_SUITE_P(, Migrating, testing::engines(), testing::engine_name);

TEST_P(Migrating, EachRunsOnceAndAnUpgradeRunsOnlyWhatIsNew) {
  EXPECT_EQ(MUST(run({create})), std::vector<std::string>{"things/0001_create"});
  EXPECT_EQ(MUST(run({create})), std::vector<std::string>{});
  EXPECT_EQ(MUST(run({create, widen})), std::vector<std::string>{"things/0002_widen"});
  MUST(fresh.database().transact([](Tx& tx) -> Done {
    tx.run("INSERT INTO thing (id, name) VALUES ($1, $2)", {int64_t{1}, "x"});
    return {};
  }));
}

TEST_P(Migrating, AnEditedMigrationIsRefused) {
  MUST(run({create}));
  Migration edited = create;
  edited.sql += " ";
  const auto refused = run({edited, widen});
  EXPECT_EQ(refused.error().code, "db.migration_changed");
  EXPECT_EQ(refused.error().detail, "things/0001_create");
  EXPECT_EQ(MUST(run({create, widen})).size(), 1U) << "nothing ran beside the refusal";
}

TEST_P(Migrating, ADatabaseOfANewerProgramIsRefused) {
  MUST(run({create, widen}));
  EXPECT_EQ(run({create}).error().code, "db.newer");
}

TEST_P(Migrating, ABrokenMigrationLeavesNoTrace) {
  const Migration broken{"things", "0002_broken",
                         "CREATE TABLE other (id BIGINT); INSERT INTO nowhere VALUES (1)"};
  EXPECT_THROW(static_cast<void>(run({create, broken})), std::runtime_error);
  EXPECT_EQ(MUST(run({create, widen})), std::vector<std::string>{"things/0002_widen"});
  EXPECT_EQ(MUST(run({create, widen, {"others", "0001_create", "CREATE TABLE other (id BIGINT)"}}))
                .size(),
            1U);
}

}  // namespace
}  // namespace linli::db
