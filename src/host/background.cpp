#include "host/background.h"

#include <chrono>
#include <exception>

#include "core/id.h"
#include "core/log.h"
#include "host/idempotency.h"

namespace linli::host {

namespace {
constexpr int64_t kLongestWaitMs = 1000;
// So long events gather before they are carried together.
constexpr std::chrono::milliseconds kGather{20};
// Whoever runs a job holds it for so long, and renews that while it lives: what a killed server
// held another one, or itself when it is back, takes over soon.
constexpr time::Instant kLease = 15 * time::kSecond;
constexpr time::Instant kRenewal = 3 * time::kSecond;
}  // namespace

void Background::start() {
  holder_ = id::make(time::now());
  events_ = std::thread([this] { carry_events(); });
  jobs_ = std::thread([this] { run_jobs(); });
}

void Background::stop() {
  stopping_ = true;
  services_.hub->ring();
  if (jobs_.joinable()) jobs_.join();
  if (events_.joinable()) events_.join();
  if (holder_.empty()) return;
  try {
    release_leases();
  } catch (const std::exception& fault) {  // they run out by themselves
    log::warning("job.not_released", {{"error", fault.what()}});
  }
  holder_.clear();
}

void Background::carry_events() {
  time::Instant renewed = 0;
  while (!stopping_) {
    try {
      if (const time::Instant now = time::now(); now - renewed > kRenewal) {
        renew_leases(now);
        renewed = now;
      }
      dispatcher_.pass();
    } catch (const std::exception& fault) {
      log::error("event.dispatch_failed", {{"error", fault.what()}});
    }
    services_.hub->wait(kLongestWaitMs);
    if (!stopping_) std::this_thread::sleep_for(kGather);
  }
}

bool Background::take_lease(const Job& job, time::Instant now) {
  return MUST(services_.database.transact([&](db::Tx& tx) -> Result<bool> {
    const int64_t rows = tx.affected(
        "INSERT INTO job_lease (name, holder, until_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET holder = $2, until_at = $3"
        " WHERE job_lease.holder = $2 OR job_lease.until_at < $4",
        {job.name, holder_, now + kLease, now});
    return rows > 0;
  }));
}

void Background::renew_leases(time::Instant now) {
  MUST(services_.database.transact([&](db::Tx& tx) -> Done {
    tx.run("UPDATE job_lease SET until_at = $2 WHERE holder = $1", {holder_, now + kLease});
    return {};
  }));
}

void Background::release_leases() {
  MUST(services_.database.transact([&](db::Tx& tx) -> Done {
    tx.run("DELETE FROM job_lease WHERE holder = $1", {holder_});
    return {};
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
