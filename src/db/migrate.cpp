#include <map>
#include <utility>

#include "db/migration.h"

namespace linli::db {
namespace {

// FNV-1a: tells an edited file from the one that ran; no secret is involved.
std::string checksum(std::string_view text) {
  uint64_t hash = 14695981039346656037U;
  for (const char byte : text) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211U;
  }
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[(hash >> shift) & 15U];
  return hex;
}

using Key = std::pair<std::string, std::string>;  // module, name

std::string text_of(const Key& key) {
  return key.first + "/" + key.second;
}

bool is_unique_violation(const Refusal& refusal) {
  return refusal.code == "db.unique";
}

// Two programs that start at once may both create the table; the later one finds it made.
Done prepare_table(Database& database) {
  const auto create = [](Tx& tx) -> Done {
    tx.script(
        "CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (module, name))");
    return {};
  };
  const Done created = database.transact(create);
  if (!created && is_unique_violation(created.error())) return database.transact(create);
  return created;
}

Result<std::map<Key, std::string>> read_applied(Database& database) {
  return database.read([](Tx& tx) -> Result<std::map<Key, std::string>> {
    std::map<Key, std::string> applied;
    for (const Row& row : tx.query("SELECT module, name, checksum FROM schema_migration")) {
      applied[{row.text(0), row.text(1)}] = row.text(2);
    }
    return applied;
  });
}

}  // namespace

Result<std::vector<std::string>> migrate(Database& database, const std::vector<Migration>& all,
                                         int64_t now) {
  TRY(prepare_table(database));
  const std::map<Key, std::string> applied = TRY(read_applied(database));

  std::map<Key, std::string> known;
  for (const Migration& migration : all) {
    const Key key{migration.module, migration.name};
    known[key] = checksum(migration.sql);
    const auto before = applied.find(key);
    if (before != applied.end() && before->second != known[key]) {
      return refuse(ErrorKind::conflict, "db.migration_changed", text_of(key));
    }
  }
  for (const auto& [key, sum] : applied) {
    if (!known.contains(key)) return refuse(ErrorKind::conflict, "db.newer", text_of(key));
  }

  std::vector<std::string> ran;
  for (const Migration& migration : all) {
    const Key key{migration.module, migration.name};
    if (applied.contains(key)) continue;
    // The row first: of two programs migrating at once, the second waits here and then skips.
    const Done done = database.transact([&](Tx& tx) -> Done {
      tx.run("INSERT INTO schema_migration (module, name, checksum, at) VALUES ($1, $2, $3, $4)",
             {key.first, key.second, known[key], now});
      tx.script(migration.sql);
      return {};
    });
    if (done) {
      ran.push_back(text_of(key));
    } else if (!is_unique_violation(done.error())) {
      return refuse(done.error());
    }
  }
  return ran;
}

}  // namespace linli::db
