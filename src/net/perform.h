// A request from its handler to what goes out, and what is remembered of it.
#pragma once

#include "net/answer.h"
#include "net/events.h"
#include "net/server.h"

namespace linli::net {

// Runs the handler and completes its response; whatever is thrown becomes a 500, logged. When the
// answer is a stream, the handler has its end of `queue` afterwards.
Answer perform(const Handler& handle, const Request& request, bool keep_alive,
               const std::shared_ptr<EventQueue>& queue);

struct Performed {
  std::string request_id;
  std::string method;
  std::string route;  // the pattern, never the target: that may hold personal data
  int status = 0;
  int64_t bytes = 0;
  int64_t micros = 0;
  bool is_stream = false;
  std::string outcome;  // sent, or cut when the client did not take it all
};
// Counts it and, when asked, writes its line of the access log.
void record(const Performed& request, bool write_log);

}  // namespace linli::net
