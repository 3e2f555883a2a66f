// PostgreSQL: a pool of connections; one thread holds one for the length of a transaction, and half
// of them write at a time.
//
// Writers run at READ COMMITTED, readers in a REPEATABLE READ snapshot. A serialization failure,
// and a connection that is lost before the commit was sent, runs the body again.
#include <algorithm>
#include <mutex>
#include <utility>

#include "db/admission.h"
#include "db/engines.h"
#include "db/postgres_connection.h"

namespace linli::db {
namespace {

constexpr int kAttempts = 8;

class PostgresTx : public Tx {
 public:
  PostgresTx(PostgresConnection& connection, bool writing, int64_t slot)
      : connection_(connection), writing_(writing), slot_(slot) {}

  Engine engine() const override { return Engine::postgres; }
  void each(std::string_view sql, const Params& params,
            const std::function<bool(const Row&)>& row) override {
    guarded([&] { return connection_.run(sql, params, row); });
  }
  void run(std::string_view sql, const Params& params) override {
    if (!writing_) {  // the engine refuses it
      affected(sql, params);
      return;
    }
    guarded([&] {
      connection_.put_off(sql, params);
      return int64_t{0};
    });
  }
  int64_t affected(std::string_view sql, const Params& params) override {
    return guarded([&] { return connection_.run(sql, params, nullptr); });
  }
  void script(std::string_view sql) override {
    guarded([&] {
      connection_.command(std::string(sql));
      return int64_t{0};
    });
  }
  void on_commit(std::function<void()> action) override { actions.push_back(std::move(action)); }
  int64_t slot() const override { return slot_; }

  bool broken = false;
  std::vector<std::function<void()>> actions;

 private:
  template <class Statement>
  int64_t guarded(Statement&& statement) {
    if (broken) throw std::logic_error("the transaction has failed; nothing more can run in it");
    try {
      return statement();
    } catch (const std::exception&) {
      broken = true;
      throw;
    }
  }

  PostgresConnection& connection_;
  bool writing_;
  int64_t slot_;
};

class PostgresDatabase : public Database {
 public:
  PostgresDatabase(std::string uri, const Options& options)
      : uri_(std::move(uri)),
        durable_(options.durable),
        pool_(static_cast<size_t>(std::max(options.readers, 2))),
        admission_(pool_.size(), pool_.size() / 2) {
    pool_[0] = connect();
    check_collation(*pool_[0]);
  }

  Engine engine() const override { return Engine::postgres; }

  Counters counters() const override {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

 protected:
  void execute(bool writing, const std::function<bool(Tx&)>& body) override {
    std::vector<std::function<void()>> actions;
    {
      const Lease lease(admission_, writing);
      for (int attempt = 1;; ++attempt) {
        if (run_once(lease.slot, writing, body, attempt, actions)) break;
        const std::lock_guard lock(mutex_);
        ++counters_.retries;
      }
    }
    for (const auto& action : actions) action();
  }

 private:
  struct Lease {
    Admission& admission;
    bool writing;
    size_t slot;
    Lease(Admission& to, bool write) : admission(to), writing(write), slot(to.take(write)) {}
    ~Lease() { admission.give_back(slot, writing); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
  };

  std::unique_ptr<PostgresConnection> connect() const {
    return std::make_unique<PostgresConnection>(uri_, durable_);
  }

  // False asks for another attempt.
  bool run_once(size_t slot, bool writing, const std::function<bool(Tx&)>& body, int attempt,
                std::vector<std::function<void()>>& actions) {
    const bool last = attempt == kAttempts;
    auto& connection = pool_[slot];
    if (!connection) connection = connect();
    bool committing = false;
    try {
      connection->begin(writing ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      PostgresTx tx(*connection, writing, static_cast<int64_t>(slot));
      const bool accepted = body(tx);
      if (accepted && tx.broken) throw std::logic_error("a failed transaction cannot commit");
      if (accepted && writing) connection->start();
      committing = accepted && writing;
      if (committing) {
        connection->commit();
        actions = std::move(tx.actions);
      } else {
        connection->roll_back();
      }
      count(writing, committing);
      return true;
    } catch (const ConnectionLost&) {
      connection.reset();
      if (committing || last) throw;  // nobody knows whether a commit under way has happened
      return false;
    } catch (const SerializationFailure&) {
      roll_back(connection);
      if (last) throw;
      return false;
    } catch (const ConstraintViolation&) {
      roll_back(connection);
      // What another transaction has just made is seen by a second run, which may use it or refuse
      // by name.
      if (attempt == 1) return false;
      count(writing, false);
      throw;
    } catch (const std::exception&) {
      roll_back(connection);
      count(writing, false);
      throw;
    }
  }

  static void roll_back(std::unique_ptr<PostgresConnection>& connection) {
    try {
      connection->roll_back();
    } catch (const std::exception&) {
      connection.reset();
    }
  }

  void count(bool writing, bool committed) {
    const std::lock_guard lock(mutex_);
    if (writing) ++counters_.transactions;
    if (committed) ++counters_.commits;
  }

  static void check_collation(PostgresConnection& connection) {
    bool good = false;
    connection.run(
        "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database"
        " WHERE datname = current_database()",
        {}, [&](const Row& row) {
          const std::string& collation = row.text(1);
          good = row.text(0) == "UTF8" &&
                 (collation == "C" || collation == "POSIX" || collation.substr(0, 2) == "C.");
          return true;
        });
    if (!good) {
      throw std::runtime_error(
          "postgres: the database must sort text by bytes: create it with TEMPLATE template0"
          " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'");
    }
  }

  const std::string uri_;
  const bool durable_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<PostgresConnection>> pool_;  // empty where none is open
  Admission admission_;
  Counters counters_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& uri, const Options& options) {
  return std::make_unique<PostgresDatabase>(uri, options);
}

}  // namespace linli::db
