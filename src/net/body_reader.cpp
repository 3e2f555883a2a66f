#include "net/body_reader.h"

#include <algorithm>
#include <charconv>

#include "net/grammar.h"

namespace linli::net {

BodyReader BodyReader::of_length(uint64_t length, uint64_t limit) {
  BodyReader reader;
  reader.left_ = length;
  if (length > 0) reader.state_ = length > limit ? State::too_large : State::more;
  return reader;
}

BodyReader BodyReader::of_chunks(uint64_t limit) {
  BodyReader reader;
  reader.chunked_ = true;
  reader.limit_ = limit;
  reader.next_ = Next::size;
  reader.state_ = State::more;
  return reader;
}

BodyReader::State BodyReader::take(std::string& bytes) {
  size_t at = 0;
  while (state_ == State::more &&
         (next_ == Next::data ? take_data(bytes, at) : take_line(bytes, at))) {
  }
  bytes.erase(0, at);
  return state_;
}

bool BodyReader::take_data(std::string_view bytes, size_t& at) {
  const size_t count = static_cast<size_t>(std::min<uint64_t>(left_, bytes.size() - at));
  body_.append(bytes.substr(at, count));
  at += count;
  left_ -= count;
  if (left_ > 0) return false;
  next_ = Next::data_end;
  if (!chunked_) state_ = State::done;
  return true;
}

bool BodyReader::take_line(std::string_view bytes, size_t& at) {
  const std::string_view rest = bytes.substr(at);
  const size_t end = rest.find('\n');
  const std::string_view seen = rest.substr(0, end);
  // What no line can be is refused without waiting for its end.
  const size_t cr = seen.find('\r');
  const bool cr_too_early = cr != std::string_view::npos && cr + 1 != seen.size();
  const bool no_cr = end != std::string_view::npos && cr == std::string_view::npos;
  if (seen.size() > kMaxLine || cr_too_early || no_cr) {
    state_ = State::bad;
    return false;
  }
  if (end == std::string_view::npos) return false;
  at += end + 1;
  const std::string_view line = seen.substr(0, cr);
  if (next_ == Next::size) {
    read_size(line);
  } else if (next_ == Next::trailer) {
    read_trailer(line);
  } else if (line.empty()) {
    next_ = Next::size;
  } else {
    state_ = State::bad;
  }
  return true;
}

void BodyReader::read_size(std::string_view line) {
  uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  const std::string_view extension =
      trim_blanks(line.substr(static_cast<size_t>(end - line.data())));
  const bool sound = extension.empty() || (extension.front() == ';' && is_field_text(extension));
  if (error != std::errc{} || line.front() == '-' || !sound) {
    state_ = State::bad;
  } else if (size > limit_ - body_.size()) {
    state_ = State::too_large;
  } else {
    left_ = size;
    next_ = size == 0 ? Next::trailer : Next::data;
  }
}

void BodyReader::read_trailer(std::string_view line) {
  if (line.empty()) {
    state_ = State::done;
    return;
  }
  const size_t colon = std::min(line.find(':'), line.size());
  const std::string name = lower(line.substr(0, colon));
  const bool framing = name == "content-length" || name == "transfer-encoding" || name == "host";
  if (colon == line.size() || !is_token(name) || framing || !is_field_text(line.substr(colon)) ||
      ++trailers_ > kMaxTrailers)
    state_ = State::bad;
}

}  // namespace linli::net
