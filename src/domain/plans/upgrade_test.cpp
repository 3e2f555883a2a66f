// What migrations do to figures that an older version kept.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "db/migration.h"
#include "db/testing.h"

namespace linli::plans {

std::vector<db::Migration> migrations();

namespace {

class Upgrade : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }

  // Those whose names come before.
  static std::vector<db::Migration> before(const std::string& name) {
    std::vector<db::Migration> some = migrations();
    std::erase_if(some, [&](const db::Migration& one) { return one.name >= name; });
    return some;
  }

  db::testing::Fresh fresh{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Upgrade, db::testing::engines(), db::testing::engine_name);

TEST_P(Upgrade, DaysOfASplitGetTheirOwnDimension) {
  db::Database& base = fresh.database();
  MUST(db::migrate(base, before("0008"), 1));
  MUST(base.transact([](db::Tx& tx) -> Done {
    tx.script(
        "INSERT INTO figure_generation (id, key, as_of, live) VALUES (7, 'count(request)', 0, 1);"
        "INSERT INTO figure VALUES (7, 1, '', 20250301, 5, 5), (7, 1, 'subject=noise', 202503, 4, "
        "4),"
        " (7, 1, 'subject=noise', 20250301, 3, 3),"
        // A stock as it stood at the end of ten days.
        " (8, 1, 'kind=clinic', 20250310, 2, 0);"
        "INSERT INTO figure_delta VALUES (1, 0, 7, 1, 'subject=noise', 20250302, 1),"
        " (1, 1, 7, 1, 'subject=noise', 202503, 1)");
    return {};
  }));
  MUST(db::migrate(base, migrations(), 2));
  std::vector<std::string> rows;
  MUST(base.read([&](db::Tx& tx) -> Done {
    for (const db::Row& row : tx.query("SELECT counter, dimension, period, value, own FROM figure"
                                       " ORDER BY counter, dimension, period")) {
      rows.push_back(std::to_string(row.integer(0)) + " " + row.text(1) + " " +
                     std::to_string(row.integer(2)) + " " + std::to_string(row.integer(3)) + " " +
                     std::to_string(row.integer(4)));
    }
    for (const db::Row& row : tx.query("SELECT dimension FROM figure_delta ORDER BY n")) {
      rows.push_back(row.text(0));
    }
    return {};
  }));
  EXPECT_EQ(rows,
            (std::vector<std::string>{"7  20250301 5 5", "7 day subject=noise 20250301 3 3",
                                      "7 subject=noise 202503 4 4", "8 kind=clinic 20250310 2 0",
                                      "day subject=noise", "subject=noise"}));
}

}  // namespace
}  // namespace linli::plans
