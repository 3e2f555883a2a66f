#include "host/computing.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "core/id.h"
#include "core/log.h"
#include "host/computation_store.h"

namespace linli::host {

namespace {

constexpr std::chrono::milliseconds kBetweenLooks{200};
constexpr time::Instant kRenewEvery = time::kSecond;
constexpr time::Instant kLease = 10 * time::kSecond;
// A question that ends its process again and again is not tried for ever.
constexpr int64_t kMostAttempts = 3;

}  // namespace

int64_t computations_at_once() {
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

void Run::tell(double done, json::Value best) {
  const std::scoped_lock lock(mutex_);
  done_ = done;
  best_ = std::move(best);
}

std::pair<double, json::Value> Run::told() const {
  const std::scoped_lock lock(mutex_);
  return {done_, best_};
}

Computing::Computing(Services& services, int64_t at_once)
    : services_(services), at_once_(at_once), holder_(id::make(time::now())) {}

void Computing::start() {
  keeper_ = std::thread([this] { keep(); });
}

void Computing::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  bell_.notify_all();
  if (keeper_.joinable()) keeper_.join();
  for (const auto& one : running_) {
    one->abandoned = true;
    one->end.request_stop();
  }
  join();
  MUST(services_.database.transact([&](db::Tx& tx) -> Done {
    for (const auto& one : running_) store::give_back(tx, one->asked.id, holder_);
    return {};
  }));
  running_.clear();
}

void Computing::join() {
  for (const auto& one : running_) {
    if (one->thread.joinable()) one->thread.join();
  }
}

void Computing::keep() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      pass(time::now());
    } catch (const std::exception& fault) {
      log::error("computation.pass_failed", {{"error", fault.what()}});
    }
    lock.lock();
    bell_.wait_for(lock, kBetweenLooks, [&] { return stopping_; });
  }
}

void Computing::pass(time::Instant now) {
  std::erase_if(running_, [](const std::unique_ptr<Running>& one) {
    if (one->over && one->thread.joinable()) one->thread.join();
    return one->over.load();
  });
  for (const auto& one : running_) {
    if (now - one->renewed >= kRenewEvery) renew(*one, now);
  }
  const bool waiting = MUST(services_.database.read(
      [&](db::Tx& tx) -> Result<bool> { return store::has_waiting(tx, now); }));
  if (waiting && static_cast<int64_t>(running_.size()) < at_once_) begin(now);
}

void Computing::renew(Running& one, time::Instant now) {
  const auto [done, best] = one.run.told();
  const auto hold = MUST(services_.database.transact([&](db::Tx& tx) -> Result<store::Hold> {
    return store::renew(tx, one.asked, holder_, now + kLease, done, best);
  }));
  one.renewed = now;
  if (hold.held && !hold.stop_asked) return;
  if (!hold.held) one.abandoned = true;
  one.end.request_stop();
}

void Computing::begin(time::Instant now) {
  auto claimed =
      MUST(services_.database.transact([&](db::Tx& tx) -> Result<std::optional<Computation>> {
        return store::claim(tx, holder_, now, now + kLease, at_once_);
      }));
  if (!claimed) return;
  auto one = std::make_unique<Running>(std::move(*claimed));
  one->renewed = now;
  Running* begun = one.get();
  running_.push_back(std::move(one));
  begun->thread = std::thread([this, begun] {
    try {
      compute(*begun);
    } catch (const std::exception& fault) {
      // Not written down: the lease ends, and it is tried again.
      log::error("computation.not_kept", {{"id", begun->asked.id}, {"error", fault.what()}});
    }
    begun->over = true;
  });
}

Computation Computing::outcome(Running& one) const {
  Computation ended = one.asked;
  const auto failed = [&](std::string code, const std::string& detail) {
    ended.state = "failed";
    ended.code = std::move(code);
    log::error("computation.failed", {{"id", ended.id}, {"kind", ended.kind}, {"error", detail}});
  };
  const ComputationKind* kind = computation_kind(services_, ended.kind);
  if (kind == nullptr) {
    failed("computation.unknown_kind", ended.kind);
    return ended;
  }
  if (ended.attempts > kMostAttempts) {
    failed("computation.interrupted", "tried too often");
    return ended;
  }
  try {
    Result<json::Value> answer = kind->compute(services_, one.run);
    std::tie(ended.done, ended.best) = one.run.told();
    if (answer) {
      ended.state = one.end.stop_requested() ? "stopped" : "finished";
      ended.answer = std::move(*answer);
    } else {
      ended.state = "refused";
      ended.code = answer.error().code;
    }
  } catch (const std::exception& fault) {
    failed("computation.failed", fault.what());
  }
  return ended;
}

void Computing::compute(Running& one) {
  Computation ended = outcome(one);
  if (one.abandoned) return;
  ended.ended_at = time::now();
  if (ended.state == "finished") ended.done = 1;
  MUST(services_.database.transact([&](db::Tx& tx) -> Done {
    store::end(tx, ended, holder_);
    return {};
  }));
}

}  // namespace linli::host
