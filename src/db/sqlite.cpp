// SQLite: one thread writes, others read beside it in snapshots.
//
// Writers queue. The writer's thread takes all that wait, runs each in a savepoint of one
// transaction and commits once, so that one fsync serves the whole batch; whoever arrives during
// that fsync is the next batch. A database in memory has the writer's connection alone, and its
// readers queue with the writers.
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <semaphore>
#include <thread>

#include "db/engines.h"
#include "db/sqlite_connection.h"

namespace linli::db {
namespace {

constexpr size_t kLargestBatch = 512;

constexpr std::string_view kClustered = "/* clustered */";

std::string in_own_words(std::string_view sql) {
  std::string text(sql);
  for (size_t at = text.find(kClustered); at != std::string::npos; at = text.find(kClustered, at)) {
    text.replace(at, kClustered.size(), "WITHOUT ROWID");
  }
  return text;
}

class SqliteTx : public Tx {
 public:
  SqliteTx(SqliteConnection& connection, bool writing)
      : connection_(connection), writing_(writing) {}

  Engine engine() const override { return Engine::sqlite; }
  void each(std::string_view sql, const Params& params,
            const std::function<bool(const Row&)>& row) override {
    guarded([&] { return connection_.run(sql, params, !writing_, row); });
  }
  void run(std::string_view sql, const Params& params) override { affected(sql, params); }
  int64_t affected(std::string_view sql, const Params& params) override {
    return guarded([&] { return connection_.run(sql, params, !writing_, nullptr); });
  }
  void script(std::string_view sql) override {
    guarded([&] {
      connection_.script(in_own_words(sql));
      return int64_t{0};
    });
  }
  void on_commit(std::function<void()> action) override { actions.push_back(std::move(action)); }
  int64_t slot() const override { return 0; }

  bool broken = false;
  std::vector<std::function<void()>> actions;

 private:
  // After a failed statement PostgreSQL takes no more of a transaction; here it is the same.
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

  SqliteConnection& connection_;
  bool writing_;
};

// A body that waits for the writer, and what became of it.
struct Job {
  bool writing = true;
  const std::function<bool(Tx&)>* body = nullptr;
  bool kept = false;  // its savepoint is part of the batch
  std::exception_ptr fault;
  std::vector<std::function<void()>> on_commit;
  std::binary_semaphore done{0};
};

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(const std::string& path, const Options& options)
      : writer_(path, options.durable, 16'000) {
    const bool in_memory = path == ":memory:";
    for (int i = 0; !in_memory && i < options.readers; ++i) {
      readers_.push_back(std::make_unique<SqliteConnection>(path, options.durable, 4'000));
      idle_.push_back(readers_.back().get());
    }
    thread_ = std::thread([this] { write_batches(); });
  }

  ~SqliteDatabase() override {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
  }

  Engine engine() const override { return Engine::sqlite; }

  Counters counters() const override {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

 protected:
  void execute(bool writing, const std::function<bool(Tx&)>& body) override {
    if (std::this_thread::get_id() == thread_.get_id()) {
      throw std::logic_error("a transaction's body must not call the database again");
    }
    if (writing || readers_.empty()) {
      queue(writing, body);
    } else {
      read(body);
    }
  }

 private:
  void queue(bool writing, const std::function<bool(Tx&)>& body) {
    Job job;
    job.writing = writing;
    job.body = &body;
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(&job);
    }
    arrived_.notify_one();
    job.done.acquire();
    if (job.fault) std::rethrow_exception(job.fault);
    for (const auto& action : job.on_commit) action();
  }

  void read(const std::function<bool(Tx&)>& body) {
    SqliteConnection* connection = nullptr;
    {
      std::unique_lock lock(mutex_);
      freed_.wait(lock, [this] { return !idle_.empty(); });
      connection = idle_.back();
      idle_.pop_back();
    }
    struct Return {
      SqliteDatabase& database;
      SqliteConnection* connection;
      ~Return() {
        {
          const std::lock_guard lock(database.mutex_);
          database.idle_.push_back(connection);
        }
        database.freed_.notify_one();
      }
    } const give_back{*this, connection};
    struct Snapshot {
      SqliteConnection& connection;
      explicit Snapshot(SqliteConnection& on) : connection(on) {
        connection.run("BEGIN", {}, false, nullptr);
      }
      ~Snapshot() { connection.run("ROLLBACK", {}, false, nullptr); }
    } const snapshot(*connection);
    SqliteTx tx(*connection, false);
    body(tx);
  }

  void write_batches() {
    for (;;) {
      std::deque<Job*> batch;
      {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        while (!waiting_.empty() && batch.size() < kLargestBatch) {
          batch.push_back(waiting_.front());
          waiting_.pop_front();
        }
      }
      while (!batch.empty()) write_batch(batch);
    }
  }

  // Runs jobs from the front of `batch` in one transaction and releases their waiters; stops early
  // when SQLite itself gives the transaction up (a full disk), which is a fault for all so far.
  void write_batch(std::deque<Job*>& batch) {
    std::vector<Job*> ran;
    try {
      statement("BEGIN IMMEDIATE");
      bool kept = false;
      while (!batch.empty()) {
        ran.push_back(batch.front());
        batch.pop_front();
        run_job(*ran.back(), kept);
        kept = kept || ran.back()->kept;
        if (!writer_.in_transaction()) throw std::runtime_error("sqlite: the batch was given up");
      }
      statement("COMMIT");
      const std::lock_guard lock(mutex_);
      ++counters_.commits;
      counters_.transactions += static_cast<int64_t>(ran.size());
    } catch (const std::exception&) {
      give_up();
      if (ran.empty()) {  // no transaction to be had: nobody in this batch gets one
        ran.assign(batch.begin(), batch.end());
        batch.clear();
      }
      for (Job* job : ran) {
        if (!job->fault) job->fault = std::current_exception();
      }
    }
    for (Job* job : ran) job->done.release();
  }

  // A savepoint guards what earlier jobs of the batch have written. Where there is nothing yet,
  // none is made: every statement within one costs by all the pages that it holds.
  void run_job(Job& job, bool guarded) {
    SqliteTx tx(writer_, job.writing);
    if (guarded) statement("SAVEPOINT job");
    try {
      const bool accepted = (*job.body)(tx);
      if (accepted && tx.broken) throw std::logic_error("a failed transaction cannot commit");
      job.kept = accepted && job.writing;
    } catch (const std::exception&) {
      job.fault = std::current_exception();
    }
    if (!writer_.in_transaction()) return;
    if (guarded) {
      if (!job.kept) statement("ROLLBACK TO job");
      statement("RELEASE job");
    } else if (!job.kept) {
      statement("ROLLBACK");
      statement("BEGIN IMMEDIATE");
    }
    if (job.kept) job.on_commit = std::move(tx.actions);
  }

  void give_up() noexcept {
    if (writer_.in_transaction()) statement("ROLLBACK");
  }

  void statement(std::string_view sql) { writer_.run(sql, {}, false, nullptr); }

  SqliteConnection writer_;
  std::vector<std::unique_ptr<SqliteConnection>> readers_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;  // for the writer: a job waits, or the end
  std::condition_variable freed_;    // for readers: a connection is idle
  std::deque<Job*> waiting_;
  std::vector<SqliteConnection*> idle_;
  Counters counters_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, const Options& options) {
  return std::make_unique<SqliteDatabase>(path, options);
}

}  // namespace linli::db
