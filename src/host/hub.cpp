#include "host/hub.h"

#include <algorithm>
#include <chrono>

namespace linli::host {

void Hub::publish(std::string_view topic, std::string_view event, std::string_view data) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(followers_, [&](const Follower& follower) {
    const bool wants =
        std::find(follower.topics.begin(), follower.topics.end(), topic) != follower.topics.end();
    return wants && !follower.stream->send(event, data, {});
  });
}

void Hub::follow(std::vector<std::string> topics, std::shared_ptr<net::Events> stream) {
  const std::scoped_lock lock(mutex_);
  followers_.push_back({std::move(topics), std::move(stream)});
}

size_t Hub::followers() const {
  const std::scoped_lock lock(mutex_);
  return followers_.size();
}

void Hub::ring() {
  {
    const std::scoped_lock lock(mutex_);
    rung_ = true;
  }
  bell_.notify_all();
}

void Hub::wait(int64_t at_most_ms) {
  std::unique_lock lock(mutex_);
  bell_.wait_for(lock, std::chrono::milliseconds(at_most_ms), [&] { return rung_; });
  rung_ = false;
}

}  // namespace linli::host
