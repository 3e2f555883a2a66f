// A copy of a running SQLite database, as of one moment.
#pragma once

#include <string>

#include "core/result.h"

namespace linli::db {

// Copies through SQLite's online backup, beside readers and the writer. Refuses `backup.failed`
// with the reason. (PostgreSQL has pg_dump.)
Done copy_sqlite(const std::string& from, const std::string& to);

}  // namespace linli::db
