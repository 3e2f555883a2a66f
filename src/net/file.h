// Files as bodies: opened once, read by position, described by their names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

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

// The media type for a file name's ending; application/octet-stream when unknown.
std::string_view media_type(std::string_view path);
bool is_compressible(std::string_view media_type);
// Thu, 01 Jan 1970 00:00:00 GMT
std::string http_date(int64_t unix_seconds);

}  // namespace linli::net
