#include "db/sqlite_connection.h"

#include <utility>

#include <sqlite3.h>

namespace linli::db {
namespace {

constexpr size_t kStatementsKept = 400;

const char* constraint_code(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
      return "db.unique";
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return "db.foreign_key";
    case SQLITE_CONSTRAINT_CHECK:
      return "db.check";
    case SQLITE_CONSTRAINT_NOTNULL:
      return "db.not_null";
    default:
      return nullptr;
  }
}

Value column_value(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return static_cast<int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return std::monostate{};
    default: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return std::string(bytes == nullptr ? "" : bytes,
                         static_cast<size_t>(sqlite3_column_bytes(statement, column)));
    }
  }
}

}  // namespace

// A statement out of the cache for one use, reset and returned at the end.
class SqliteConnection::Lease {
 public:
  Lease(SqliteConnection& connection, std::string_view sql) : connection_(connection) {
    if (auto entry = connection.idle_.find(sql); entry != connection.idle_.end()) {
      node_ = connection.idle_.extract(entry);
      statement = node_.mapped();
    } else {
      statement = connection.prepare(sql);
      text_ = std::string(sql);
    }
  }
  ~Lease() {
    sqlite3_reset(statement.handle);
    sqlite3_clear_bindings(statement.handle);
    auto& idle = connection_.idle_;
    if (idle.size() >= kStatementsKept) {
      for (auto& entry : idle) sqlite3_finalize(entry.second.handle);
      idle.clear();
    }
    const bool kept = node_.empty() ? idle.emplace(std::move(text_), statement).second
                                    : idle.insert(std::move(node_)).inserted;
    if (!kept) sqlite3_finalize(statement.handle);
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Statement statement;

 private:
  SqliteConnection& connection_;
  std::map<std::string, Statement, std::less<>>::node_type node_;
  std::string text_;
};

SqliteConnection::SqliteConnection(const std::string& path, bool durable, int cache_kb) {
  // Else every piece of memory is counted under one lock for all connections.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(uncounted);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const std::string reason = sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw std::runtime_error(path + ": " + reason);
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, 10'000);
  try {
    // LIKE folds the case of ASCII by default, PostgreSQL's does not.
    script(
        "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA case_sensitive_like = ON; PRAGMA wal_autocheckpoint = 4000;"
        "PRAGMA journal_size_limit = 67108864;");
    script(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    script("PRAGMA cache_size = -" + std::to_string(cache_kb));
  } catch (const std::runtime_error& error) {
    sqlite3_close(handle_);
    throw std::runtime_error(path + ": " + error.what());
  }
}

SqliteConnection::~SqliteConnection() {
  for (auto& entry : idle_) sqlite3_finalize(entry.second.handle);
  sqlite3_close(handle_);
}

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql) {
  Statement statement;
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement.handle, &rest) != SQLITE_OK) {
    fail(sql);
  }
  const int count = sqlite3_bind_parameter_count(statement.handle);
  for (int k = 1; k <= count; ++k) {
    const std::string name = "$" + std::to_string(k);
    statement.places.push_back(sqlite3_bind_parameter_index(statement.handle, name.c_str()));
  }
  return statement;
}

void SqliteConnection::bind(const Statement& statement, const Params& params) {
  if (params.size() != statement.places.size()) {
    throw std::logic_error("statement takes " + std::to_string(statement.places.size()) +
                           " parameters, not " + std::to_string(params.size()) + ": " +
                           sqlite3_sql(statement.handle));
  }
  for (size_t k = 0; k < params.size(); ++k) {
    const int place = statement.places[k];
    if (place == 0) {
      throw std::logic_error("statement does not use $" + std::to_string(k + 1) + ": " +
                             sqlite3_sql(statement.handle));
    }
    if (const auto* whole = std::get_if<int64_t>(&params[k])) {
      sqlite3_bind_int64(statement.handle, place, *whole);
    } else if (const auto* real = std::get_if<double>(&params[k])) {
      sqlite3_bind_double(statement.handle, place, *real);
    } else if (const auto* text = std::get_if<std::string>(&params[k])) {
      if (text->find('\0') != std::string::npos) {
        throw ConstraintViolation("db.check", "a text holds the character NUL");
      }
      sqlite3_bind_text64(statement.handle, place, text->data(), text->size(), SQLITE_STATIC,
                          SQLITE_UTF8);
    }
  }
}

int64_t SqliteConnection::run(std::string_view sql, const Params& params, bool read_only,
                              const std::function<bool(const Row&)>& row) {
  const Lease lease(*this, sql);
  sqlite3_stmt* statement = lease.statement.handle;
  const bool writes = sqlite3_stmt_readonly(statement) == 0;
  if (read_only && writes) {
    throw std::logic_error("a reading transaction writes: " + std::string(sql));
  }
  bind(lease.statement, params);
  const int64_t before = sqlite3_total_changes64(handle_);
  const int columns = sqlite3_column_count(statement);
  bool wanted = row != nullptr;
  int step = SQLITE_ROW;
  while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
    if (wanted) {
      std::vector<Value> values;
      values.reserve(static_cast<size_t>(columns));
      for (int column = 0; column < columns; ++column) {
        values.push_back(column_value(statement, column));
      }
      wanted = row(Row(std::move(values)));
    }
    // A writing statement (… RETURNING) checks its foreign keys only at its end.
    if (!wanted && !writes) return 0;
  }
  if (step != SQLITE_DONE) fail(sql);
  return writes && sqlite3_total_changes64(handle_) != before ? sqlite3_changes64(handle_) : 0;
}

void SqliteConnection::script(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void SqliteConnection::fail(std::string_view sql) const {
  const std::string reason = sqlite3_errmsg(handle_);
  if (const char* code = constraint_code(sqlite3_extended_errcode(handle_))) {
    throw ConstraintViolation(code, reason);
  }
  throw std::runtime_error("sqlite: " + reason + " in: " + std::string(sql.substr(0, 300)));
}

}  // namespace linli::db
