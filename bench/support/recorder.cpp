#include "support/recorder.h"

namespace linli::bench {

namespace {

class RecordingTx final : public db::Tx {
 public:
  RecordingTx(db::Tx& inner, Recorded& recorded) : inner_(inner), recorded_(recorded) {}
  db::Engine engine() const override { return inner_.engine(); }
  void each(std::string_view sql, const db::Params& params,
            const std::function<bool(const db::Row&)>& row) override {
    recorded_.statements.push_back({std::string(sql), params, true});
    inner_.each(sql, params, row);
  }
  void run(std::string_view sql, const db::Params& params) override {
    recorded_.statements.push_back({std::string(sql), params, false});
    inner_.run(sql, params);
  }
  int64_t affected(std::string_view sql, const db::Params& params) override {
    recorded_.statements.push_back({std::string(sql), params, true});
    return inner_.affected(sql, params);
  }
  void script(std::string_view sql) override { inner_.script(sql); }
  void on_commit(std::function<void()> action) override { inner_.on_commit(std::move(action)); }
  int64_t slot() const override { return inner_.slot(); }

 private:
  db::Tx& inner_;
  Recorded& recorded_;
};

}  // namespace

void Recorder::keep(Recorded recorded) {
  const std::scoped_lock lock(mutex_);
  if (on_ && all_.size() < kMost) all_.push_back(std::move(recorded));
}

void Recorder::execute(bool writing, const std::function<bool(db::Tx&)>& body) {
  Recorded recorded;
  bool kept = false;
  const auto pass = [&](db::Tx& tx) -> Done {
    recorded = {writing, {}};
    RecordingTx recording(tx, recorded);
    kept = body(recording);
    if (!kept) return refuse(ErrorKind::conflict, "body.refused");
    return {};
  };
  const Done done = writing ? inner_->transact(pass) : inner_->read(pass);
  if (!done && kept) throw db::ConstraintViolation(done.error().code, done.error().detail);
  if (!done && done.error().code != "body.refused") {
    throw db::ConstraintViolation(done.error().code, done.error().detail);
  }
  if (kept) keep(std::move(recorded));
}

void replay(db::Database& database, const Recorded& recorded) {
  const auto again = [&](db::Tx& tx) -> Done {
    for (const Statement& statement : recorded.statements) {
      if (statement.answers) {
        tx.each(statement.sql, statement.params, [](const db::Row&) { return true; });
      } else {
        tx.run(statement.sql, statement.params);
      }
    }
    return {};
  };
  static_cast<void>(recorded.writing ? database.transact(again) : database.read(again));
}

}  // namespace linli::bench
