// Who may have one of a pool's connections: one writer, so that readers never keep all of them out;
// then readers; then more writers, but only some at a time. Each kind comes in the order of its
// coming. Writers that wait do so here, not in the run queue of the processors, where a reader, who
// asks many short questions, would wait behind them at each.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace linli::db {

class Admission {
 public:
  // Slots are 0 to `slots` - 1; at most `writers` of them, 1 or more, write at a time.
  Admission(size_t slots, size_t writers);

  // Waits for a slot.
  size_t take(bool writing);
  void give_back(size_t slot, bool writing);
  // How many wait at this moment.
  size_t waiting() const;

 private:
  struct Waiting {
    std::condition_variable admitted;
    bool in = false;
    size_t slot = 0;
  };
  void admit();

  const size_t most_writers_;
  mutable std::mutex mutex_;
  std::vector<size_t> idle_;
  size_t writers_ = 0;
  std::deque<Waiting*> reading_;
  std::deque<Waiting*> writing_;
};

}  // namespace linli::db
