// The SQL of imports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/database.h"
#include "domain/registers/import_rows.h"

namespace linli::registers::store {

// An import with what it needs to go on.
struct Undertaking {
  Import import;
  std::string file;
  std::string file_hash;
  ImportOptions options;
  Importer importer;
};

void insert(db::Tx& tx, const Undertaking& undertaking, time::Instant at);
std::optional<Undertaking> undertaking(db::Tx& tx, const std::string& id);
std::optional<std::string> import_of_file(db::Tx& tx, const std::string& kind,
                                          const std::string& file_hash);
// Marks it as running; false when another process does it or it is over. One that was not touched
// since `stale` is free again.
bool claim(db::Tx& tx, const std::string& id, time::Instant now, time::Instant stale);
std::vector<std::string> unfinished(db::Tx& tx, time::Instant stale);
void advance(db::Tx& tx, const Import& import, const std::vector<ImportError>& errors,
             time::Instant at);

}  // namespace linli::registers::store
