// The work beside requests: one thread that carries events, one that runs the modules' jobs.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <thread>

#include "host/dispatcher.h"
#include "host/services.h"

namespace linli::host {

class Background {
 public:
  explicit Background(Services& services) : services_(services), dispatcher_(services) {}
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background() { stop(); }

  void start();
  void stop();

  // Runs every job that is due and whose lease is free; the servers of one database share them.
  void run_due_jobs(time::Instant now);

 private:
  void carry_events();
  void run_jobs();
  bool take_lease(const Job& job, time::Instant now);
  void renew_leases(time::Instant now);
  void release_leases();

  Services& services_;
  Dispatcher dispatcher_;
  std::atomic<bool> stopping_ = false;
  std::map<std::string, time::Instant> due_;
  std::string holder_;
  std::thread events_;
  std::thread jobs_;
};

}  // namespace linli::host
