#include "host/background.h"

#include <chrono>
#include <exception>

#include "core/id.h"
#include "core/log.h"
#include "host/idempotency.h"

namespace linli::host {

namespace {
constexpr int64_t kLongestWaitMs = 1000;
constexpr time::Instant kLease = 10 * time::kMinute;
}  // namespace

void Background::start() {
  holder_ = id::make(time::now());
  events_ = std::thread([this] { carry_events(); });
  jobs_ = std::thread([this] { run_jobs(); });
}

void Background::stop() {
  stopping_ = true;
  services_.hub->ring();
  if (events_.joinable()) events_.join();
  if (jobs_.joinable()) jobs_.join();
}

void Background::carry_events() {
  while (!stopping_) {
    try {
      dispatcher_.pass();
    } catch (const std::exception& fault) {
      log::error("event.dispatch_failed", {{"error", fault.what()}});
    }
    services_.hub->wait(kLongestWaitMs);
  }
}

bool Background::take_lease(const Job& job, time::Instant now) {
  return MUST(services_.database.transact([&](db::Tx& tx) -> Result<bool> {
    const int64_t rows = tx.run(
        "INSERT INTO job_lease (name, holder, until_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET holder = $2, until_at = $3"
        " WHERE job_lease.holder = $2 OR job_lease.until_at < $4",
        {job.name, holder_, now + kLease, now});
    return rows > 0;
  }));
}

void Background::run_due_jobs(time::Instant now) {
  for (const Module& module : services_.modules) {
    for (const Job& job : module.jobs) {
      time::Instant& due = due_[job.name];
      if (stopping_ || due > now) continue;
      try {
        if (take_lease(job, now)) job.run(services_, now);
      } catch (const std::exception& fault) {
        log::error("job.failed", {{"job", job.name}, {"error", fault.what()}});
      }
      due = now + job.every_ms * 1000;
    }
  }
}

void Background::run_jobs() {
  time::Instant forget = 0;
  while (!stopping_) {
    const time::Instant now = time::now();
    run_due_jobs(now);
    if (forget < now) {
      idempotency::forget_old(services_.database, now);
      forget = now + time::kDay;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

}  // namespace linli::host
