// One interface, two engines: SQLite and PostgreSQL run the same SQL text with $1 parameters.
//
// The rules that keep one text enough: ids are made by us; instants are BIGINT microseconds, dates
// BIGINT yyyymmdd, booleans BIGINT 0/1, decimals DOUBLE PRECISION, JSON is TEXT; no engine's own
// JSON or date functions. A parameter has the type of its value (int64 BIGINT, double DOUBLE
// PRECISION, string TEXT), a null the type that its use implies: write CAST($1 AS BIGINT) where a
// null may stand alone. Parameters are $1 to $n, all of them used. LIKE heeds case and text sorts
// by bytes on both engines.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/value.h"

namespace linli::db {

using linli::Value;
using Params = std::vector<Value>;

// One row of an answer, read by position. Asking for a type the column does not hold is a fault.
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  size_t size() const { return values_.size(); }
  bool null(size_t column) const { return is_null(values_.at(column)); }
  int64_t integer(size_t column) const;
  double real(size_t column) const;  // integers widen
  const std::string& text(size_t column) const;
  std::optional<int64_t> maybe_integer(size_t column) const;
  std::optional<double> maybe_real(size_t column) const;
  std::optional<std::string> maybe_text(size_t column) const;
  const Value& value(size_t column) const { return values_.at(column); }

 private:
  std::vector<Value> values_;
};

enum class Engine { sqlite, postgres };

// A transaction in progress. Statements are prepared once a connection and cached by their text:
// never put a value into the text.
class Tx {
 public:
  virtual ~Tx() = default;
  virtual Engine engine() const = 0;
  // Streams rows until `row` returns false.
  virtual void each(std::string_view sql, const Params& params,
                    const std::function<bool(const Row&)>& row) = 0;
  // Runs a statement without an answer. PostgreSQL may be sent it together with what comes next, so
  // that what it breaks is thrown by a later statement or by the commit.
  virtual void run(std::string_view sql, const Params& params = {}) = 0;
  // Runs a statement at once; the number of rows that it affected.
  virtual int64_t affected(std::string_view sql, const Params& params = {}) = 0;
  // Runs several statements separated by semicolons, without parameters (migrations, DDL). A table
  // made with `) /* clustered */;` is kept in the order of its primary key, without a second tree
  // for it: for narrow rows that are read by ranges of their key. Only SQLite can.
  virtual void script(std::string_view sql) = 0;
  // Called once after the commit has become durable; never after a rollback. Must not throw.
  virtual void on_commit(std::function<void()> action) = 0;
  // A small number that no other open transaction of this database has at the same time
  // (0 on SQLite): counters keyed by it never wait for each other.
  virtual int64_t slot() const = 0;

  std::vector<Row> query(std::string_view sql, const Params& params = {});
  std::optional<Row> one(std::string_view sql, const Params& params = {});
};

// A broken constraint, thrown by Tx and turned by transact() into a refusal of kind conflict:
// db.unique, db.foreign_key, db.check or db.not_null, with the engine's words as detail.
class ConstraintViolation : public std::runtime_error {
 public:
  ConstraintViolation(std::string code, const std::string& detail)
      : std::runtime_error(detail), code_(std::move(code)) {}
  const std::string& code() const { return code_; }

 private:
  std::string code_;
};

// What a database has done since it was opened.
struct Counters {
  int64_t transactions = 0;  // writing ones, committed or refused
  int64_t commits = 0;       // fewer than transactions where commits are grouped
  int64_t retries = 0;       // bodies run again after a serialization failure or a lost connection
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  virtual Counters counters() const = 0;

  // Runs `body(Tx&) -> Result<T>` in a read-only snapshot.
  template <class Body>
  auto read(Body&& body) -> std::invoke_result_t<Body, Tx&> {
    return perform<Body>(body, false);
  }
  // Runs `body(Tx&) -> Result<T>` in a writing transaction; returns only after a durable commit.
  // A refusal or an exception rolls back. On PostgreSQL the body may run again after a
  // serialization failure, and on SQLite it runs on the writer's thread: it must have no effect
  // but on the Tx and its own result, and must not call the Database again.
  template <class Body>
  auto transact(Body&& body) -> std::invoke_result_t<Body, Tx&> {
    return perform<Body>(body, true);
  }

 protected:
  // Runs the body; true from it commits, false rolls back. Throws faults and
  // ConstraintViolation.
  virtual void execute(bool writing, const std::function<bool(Tx&)>& body) = 0;

 private:
  template <class Body>
  auto perform(Body& body, bool writing) -> std::invoke_result_t<Body, Tx&> {
    using Answer = std::invoke_result_t<Body, Tx&>;
    std::optional<Answer> answer;
    try {
      execute(writing, [&](Tx& tx) {
        answer.emplace(body(tx));
        return answer->has_value();
      });
    } catch (const ConstraintViolation& broken) {
      return refuse(ErrorKind::conflict, broken.code(), broken.what());
    }
    return std::move(*answer);
  }
};

// Opens `sqlite:PATH` (a path alone is SQLite too; `sqlite::memory:` lives until closed) or
// `postgres://…` / `postgresql://…` (libpq's own URI). Refuses `db.cannot_open` with the reason.
struct Options {
  int readers = 4;      // SQLite readers, or PostgreSQL connections
  bool durable = true;  // false only for throw-away bulk loads and tests
};
Result<std::unique_ptr<Database>> open(const std::string& url, const Options& options = {});

}  // namespace linli::db
