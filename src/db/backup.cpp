#include "db/backup.h"

#include <memory>

#include <sqlite3.h>

namespace linli::db {

namespace {

constexpr int kPagesAStep = 1024;

using Connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Connection connect(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  return {raw, &sqlite3_close};
}

}  // namespace

Done copy_sqlite(const std::string& from, const std::string& to) {
  const auto failed = [](const std::string& path, const Connection& connection) {
    return refuse(ErrorKind::conflict, "backup.failed",
                  path + ": " + sqlite3_errmsg(connection.get()));
  };
  const Connection source = connect(from, SQLITE_OPEN_READWRITE);
  if (sqlite3_errcode(source.get()) != SQLITE_OK) return failed(from, source);
  const Connection target = connect(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (sqlite3_errcode(target.get()) != SQLITE_OK) return failed(to, target);
  sqlite3_backup* copy = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (copy != nullptr) {
    int step = SQLITE_OK;
    do {
      step = sqlite3_backup_step(copy, kPagesAStep);
    } while (step == SQLITE_OK || step == SQLITE_BUSY || step == SQLITE_LOCKED);
    if (sqlite3_backup_finish(copy) == SQLITE_OK && step == SQLITE_DONE) return {};
  }
  return failed(from, target);
}

}  // namespace linli::db
