// The two engines behind db::open, for database.cpp alone.
#pragma once

#include <memory>
#include <string>

#include "db/database.h"

namespace linli::db {

// A path, or ":memory:". Throws std::runtime_error with the engine's reason.
std::unique_ptr<Database> open_sqlite(const std::string& path, const Options& options);
// A libpq URI. Throws as above.
std::unique_ptr<Database> open_postgres(const std::string& uri, const Options& options);

}  // namespace linli::db
