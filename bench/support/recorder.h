// Keeps what an application asks of its database, so that the same can be asked of the database
// alone: the statements with their parameters, transaction by transaction.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "db/database.h"

namespace linli::bench {

struct Statement {
  std::string sql;
  db::Params params;
  bool answers = false;  // its rows, or how many it affected, are read
};

struct Recorded {
  bool writing = false;
  std::vector<Statement> statements;
};

// Passes everything on; records while switched on, at most `kMost` transactions.
class Recorder final : public db::Database {
 public:
  static constexpr size_t kMost = 200'000;

  explicit Recorder(std::unique_ptr<db::Database> inner) : inner_(std::move(inner)) {}
  db::Engine engine() const override { return inner_->engine(); }
  db::Counters counters() const override { return inner_->counters(); }

  void record(bool on) {
    const std::scoped_lock lock(mutex_);
    on_ = on;
  }
  std::vector<Recorded> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(all_, {});
  }
  db::Database& inner() { return *inner_; }

 protected:
  void execute(bool writing, const std::function<bool(db::Tx&)>& body) override;

 private:
  void keep(Recorded recorded);

  std::unique_ptr<db::Database> inner_;
  std::mutex mutex_;
  bool on_ = false;
  std::vector<Recorded> all_;
};

// Runs one recorded transaction again.
void replay(db::Database& database, const Recorded& recorded);

}  // namespace linli::bench
