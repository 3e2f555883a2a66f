// Server-sent events between a handler on any thread and the connection on the I/O thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "net/http.h"

namespace linli::net {

// What the two ends share. The connection takes what waits; the handler's end adds to it.
class EventQueue {
 public:
  static constexpr size_t kMaxWaiting = 256;

  // Called on the I/O thread once it can write; `wake` is called, from any thread, whenever there
  // is something to take. It stays in use until detach() returns.
  void attach(std::function<void()> wake);
  void detach();

  bool add(std::string text);  // false once detached or too far behind
  void end();                  // the handler let go: close when all is written
  std::string take();
  bool is_over();  // nothing waits and nothing will come, or the client is too far behind

 private:
  std::mutex mutex_;
  std::deque<std::string> waiting_;
  std::function<void()> wake_;
  bool closed_ = false;
  bool ended_ = false;
  bool overrun_ = false;
};

// The handler's end; letting go of it ends the stream.
std::shared_ptr<Events> make_events(std::shared_ptr<EventQueue> queue);

}  // namespace linli::net
