// From a handler's Response to the bytes on the wire: conditions, ranges, compression, security
// headers. Runs on a worker and needs no socket.
#pragma once

#include <cstdint>
#include <string>

#include "net/file.h"
#include "net/http.h"

namespace linli::net {

// What goes out: the head, then either the body or `file_bytes` from `file_offset` of the file.
struct Answer {
  int status = 200;
  std::string route;
  std::string head;
  std::string body;
  File file;
  uint64_t file_offset = 0;
  uint64_t file_bytes = 0;
  bool keep_alive = true;
  std::function<void(std::shared_ptr<Events>)> events;
  uint64_t body_bytes() const { return file.is_open() ? file_bytes : body.size(); }
};

// Completes the response to the request. Throws on a header that would break out of its line.
Answer complete(const Request& request, Response response, bool keep_alive);

}  // namespace linli::net
