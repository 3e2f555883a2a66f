// From a handler's Response to the bytes on the wire: conditions, ranges, compression, security
// headers. Runs on a worker and needs no socket.
#pragma once

#include <cstdint>
#include <string>

#include "net/http.h"

namespace linli::net {

// An open file that closes itself.
class File {
 public:
  File() = default;
  explicit File(const std::string& path);  // not open when there is none, or it is no plain file
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();
  bool is_open() const { return descriptor_ >= 0; }
  uint64_t size() const;
  int64_t modified_ns() const;
  // Fills `buffer` from the offset; throws when the bytes are not there any more.
  void read(uint64_t offset, char* buffer, size_t count) const;

 private:
  int descriptor_ = -1;
};

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

// The media type for a file name's ending; application/octet-stream when unknown.
std::string_view media_type(std::string_view path);
bool is_compressible(std::string_view media_type);
// Thu, 01 Jan 1970 00:00:00 GMT
std::string http_date(int64_t unix_seconds);

}  // namespace linli::net
