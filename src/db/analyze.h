// After a load of very many rows.
#pragma once

#include "db/database.h"

namespace linli::db {

// Tells PostgreSQL's planner what the tables hold now, which it would else learn minutes later and
// read whole tables until then. SQLite plans without.
void analyze(Database& database);

}  // namespace linli::db
