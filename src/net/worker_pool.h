// A fixed number of threads before a bounded queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace linli::net {

class WorkerPool {
 public:
  // Tasks must not throw.
  WorkerPool(int threads, size_t max_waiting);
  ~WorkerPool();
  // False when the queue is full or the pool has stopped.
  bool offer(std::function<void()> task);
  size_t waiting() const;
  // Drops what waits and lets running tasks end.
  void stop();

 private:
  void work();

  const size_t max_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace linli::net
