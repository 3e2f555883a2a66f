// Migrations: numbered SQL files a module, run once each, in order, and checked against change.
#pragma once

#include <string>
#include <vector>

#include "db/database.h"

namespace linli::db {

struct Migration {
  std::string module;
  std::string name;  // 0001_create
  std::string sql;
};

// Runs what has not run yet, each in a transaction of its own, in the order given; returns the
// names that ran. Refuses `db.migration_changed` when a migration that ran before has another text
// now, and `db.newer` when the database knows one that is not in the list.
Result<std::vector<std::string>> migrate(Database& database, const std::vector<Migration>& all,
                                         int64_t now);

}  // namespace linli::db
