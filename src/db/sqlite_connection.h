// One SQLite connection: its settings, its statements cached by text, its errors as ours.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace linli::db {

class SqliteConnection {
 public:
  // Throws std::runtime_error with the path and SQLite's reason.
  SqliteConnection(const std::string& path, bool durable, int cache_kb);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Runs one statement; the rows it touched. `row` may stop the stream by false and may run other
  // statements. With `read_only` a statement that writes is a fault.
  int64_t run(std::string_view sql, const Params& params, bool read_only,
              const std::function<bool(const Row&)>& row);
  void script(const std::string& sql);
  bool in_transaction() const;

 private:
  struct Statement {
    sqlite3_stmt* handle = nullptr;
    std::vector<int> places;  // where parameter $k+1 is bound
  };
  class Lease;

  Statement prepare(std::string_view sql);
  void bind(const Statement& statement, const Params& params);
  [[noreturn]] void fail(std::string_view sql) const;

  sqlite3* handle_ = nullptr;
  // Idle statements; one in use has left the map, so the same text may nest.
  std::map<std::string, Statement, std::less<>> idle_;
};

}  // namespace linli::db
