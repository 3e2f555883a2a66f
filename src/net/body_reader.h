// The body of a request, by length or by chunks (RFC 9112, 7.1), taken as it arrives:
//
//   chunked = *( size [ ext ] CRLF data CRLF ) 1*"0" [ ext ] CRLF *( field CRLF ) CRLF
//   size    = 1*16HEXDIG
//   ext     = *blank ";" *( printable / blank )
//
// Extensions and trailer fields are checked and dropped: nothing that comes after the body may
// become a header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace linli::net {

class BodyReader {
 public:
  enum class State { more, done, bad, too_large };

  BodyReader() = default;
  static BodyReader of_length(uint64_t length, uint64_t limit);
  static BodyReader of_chunks(uint64_t limit);

  // Takes from the front of `bytes` what belongs to the body and leaves the rest.
  State take(std::string& bytes);
  State state() const { return state_; }
  std::string& body() { return body_; }

 private:
  enum class Next { data, size, data_end, trailer };
  static constexpr size_t kMaxLine = 1024;
  static constexpr int kMaxTrailers = 32;

  // Each reads one element at `at`, moves past it, and says false when it needs more or is over.
  bool take_data(std::string_view bytes, size_t& at);
  bool take_line(std::string_view bytes, size_t& at);
  void read_size(std::string_view line);
  void read_trailer(std::string_view line);

  State state_ = State::done;
  Next next_ = Next::data;
  bool chunked_ = false;
  uint64_t left_ = 0;  // of the data element
  uint64_t limit_ = 0;
  int trailers_ = 0;
  std::string body_;
};

}  // namespace linli::net
