// Live pages and waiting workers inside one process: topics that server-sent event streams follow,
// and the bell that wakes the event dispatcher after a commit.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace linli::host {

class Hub {
 public:
  // Sends to every stream that follows the topic; streams that are gone are dropped.
  void publish(std::string_view topic, std::string_view event, std::string_view data);
  void follow(std::vector<std::string> topics, std::shared_ptr<net::Events> stream);
  size_t followers() const;

  void ring();
  // Returns when rung since the last wait, or after the time.
  void wait(int64_t at_most_ms);

 private:
  struct Follower {
    std::vector<std::string> topics;
    std::shared_ptr<net::Events> stream;
  };
  mutable std::mutex mutex_;
  std::vector<Follower> followers_;
  std::condition_variable bell_;
  bool rung_ = false;
};

}  // namespace linli::host
