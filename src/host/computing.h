// Runs the computations that wait: a few at once for the whole installation, however many servers
// share its database.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <thread>
#include <vector>

#include "host/computation.h"

namespace linli::host {

class Computing {
 public:
  // `at_once` of the installation's computations run at the same time.
  Computing(Services& services, int64_t at_once);
  Computing(const Computing&) = delete;
  Computing& operator=(const Computing&) = delete;
  ~Computing() { stop(); }

  void start();
  // What runs is given back to the queue.
  void stop();

  // One look: renews what runs here, tells how far it is, begins what waits.
  void pass(time::Instant now);
  // Returns when nothing runs here any more.
  void join();

 private:
  struct Running {
    explicit Running(Computation claimed)
        : asked(std::move(claimed)), run(asked, end.get_token()) {}
    const Computation asked;
    std::stop_source end;
    Run run;
    std::atomic<bool> abandoned = false;  // is another's by now
    std::atomic<bool> over = false;
    time::Instant renewed = 0;
    std::thread thread;
  };
  void keep();
  void renew(Running& one, time::Instant now);
  void begin(time::Instant now);
  void compute(Running& one);
  Computation outcome(Running& one) const;

  Services& services_;
  const int64_t at_once_;
  const std::string holder_;
  std::vector<std::unique_ptr<Running>> running_;
  std::mutex mutex_;
  std::condition_variable bell_;
  bool stopping_ = false;
  std::thread keeper_;
};

// So many at once leave the machine to its requests: half its processors.
int64_t computations_at_once();

}  // namespace linli::host
