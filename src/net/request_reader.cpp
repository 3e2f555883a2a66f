#include "net/request_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.h"
#include "net/grammar.h"

namespace linli::net {

namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view kEnd = "\r\n\r\n";

bool has_word(std::string_view list, std::string_view word) {
  for (const auto& item : text::split(list, ','))
    if (lower(trim_blanks(item)) == word) return true;
  return false;
}

auto bad(std::string why) {
  return refuse(ErrorKind::invalid, "net.bad_request", std::move(why));
}

}  // namespace

RequestReader::State RequestReader::fail(int status, ErrorKind kind, std::string code,
                                         std::string detail) {
  status_ = status;
  refusal_ = Refusal{kind, std::move(code), std::move(detail), {}};
  keep_alive_ = false;
  return state_ = State::bad;
}

RequestReader::State RequestReader::take(std::string& bytes) {
  if (state_ == State::idle || state_ == State::header) return take_head(bytes);
  return state_ == State::body ? take_body(bytes) : state_;
}

RequestReader::State RequestReader::take_head(std::string& bytes) {
  // One empty line before a request is forgiven (RFC 9112, 2.2).
  if (state_ == State::idle && !forgiven_) {
    if (bytes == "\r") return state_;
    forgiven_ = bytes.compare(0, 2, "\r\n") == 0;
    if (forgiven_) bytes.erase(0, 2);
  }
  if (bytes.empty()) return state_;
  state_ = State::header;
  size_t end = std::string::npos;
  for (; seen_ < bytes.size() && seen_ < limits_.header_bytes; ++seen_) {
    const char c = bytes[seen_];
    const char before = seen_ == 0 ? '\0' : bytes[seen_ - 1];
    if (c == '\0' || (c == '\n') != (before == '\r'))
      return fail(400, ErrorKind::invalid, "net.bad_request", "NUL, bare CR or bare LF");
    if (c == '\n' && seen_ >= 3 && bytes.compare(seen_ - 3, 4, kEnd) == 0) {
      end = seen_ + 1;
      break;
    }
  }
  if (end == std::string::npos) {
    if (seen_ >= limits_.header_bytes)
      return fail(431, ErrorKind::too_large, "net.header_too_large");
    return state_;
  }
  const auto read = read_head(std::string_view(bytes).substr(0, end));
  bytes.erase(0, end);
  if (!read) return fail(400, read.error().kind, read.error().code, read.error().detail);

  const auto expect = request_.header("expect");
  if (!expect.empty() && lower(expect) != "100-continue")
    return fail(417, ErrorKind::invalid, "net.unknown_expectation");
  const auto length = request_.header("content-length");
  uint64_t count = 0;
  std::from_chars(length.data(), length.data() + length.size(), count);
  body_ = request_.header("transfer-encoding").empty()
              ? BodyReader::of_length(count, limits_.body_bytes)
              : BodyReader::of_chunks(limits_.body_bytes);
  state_ = State::body;
  take_body(bytes);
  expects_continue_ = state_ == State::body && !expect.empty();
  return state_;
}

RequestReader::State RequestReader::take_body(std::string& bytes) {
  switch (body_.take(bytes)) {
    case BodyReader::State::more:
      return state_;
    case BodyReader::State::bad:
      return fail(400, ErrorKind::invalid, "net.bad_request", "chunk");
    case BodyReader::State::too_large:
      return fail(413, ErrorKind::too_large, "net.body_too_large");
    case BodyReader::State::done:
      break;
  }
  request_.body = std::move(body_.body());
  return state_ = State::done;
}

// request-line CRLF *( field-name ":" OWS field-value OWS CRLF ) CRLF
Done RequestReader::read_head(std::string_view head) {
  size_t line_end = head.find('\r');
  const std::string_view line = head.substr(0, line_end);
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return bad("request line");
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  request_.method = line.substr(0, first);
  if (std::find(kMethods.begin(), kMethods.end(), request_.method) == kMethods.end())
    return bad("method");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad("version");
  if (std::any_of(target.begin(), target.end(), [](char c) { return c <= ' ' || c == 0x7f; }))
    return bad("target");
  TRY(parse_target(target, request_));

  for (size_t begin = line_end + 2; head.compare(begin, 2, "\r\n") != 0; begin = line_end + 2) {
    line_end = head.find('\r', begin);
    const std::string_view field = head.substr(begin, line_end - begin);
    const size_t colon = field.find(':');
    if (colon == std::string_view::npos || !is_token(field.substr(0, colon)))
      return bad("field name");
    const std::string_view value = trim_blanks(field.substr(colon + 1));
    if (!is_field_text(value)) return bad("field value");
    request_.headers.emplace_back(lower(field.substr(0, colon)), std::string(value));
  }
  return check_framing(version == "HTTP/1.0");
}

Done RequestReader::check_framing(bool version_1_0) {
  const auto count = [&](std::string_view name) {
    return std::count_if(request_.headers.begin(), request_.headers.end(),
                         [&](const auto& field) { return field.first == name; });
  };
  if (count("host") > 1 || (count("host") == 0 && !version_1_0)) return bad("host");
  const auto lengths = count("content-length");
  const auto encodings = count("transfer-encoding");
  if (lengths > 1 || encodings > 1 || (lengths == 1 && encodings == 1)) return bad("two lengths");
  if (lengths == 1) {
    const auto value = request_.header("content-length");
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (value.empty() || value.size() > 18 || !std::all_of(value.begin(), value.end(), digit))
      return bad("content-length");
  }
  if (encodings == 1 && (version_1_0 || lower(request_.header("transfer-encoding")) != "chunked"))
    return bad("transfer-encoding");
  const auto connection = request_.header("connection");
  keep_alive_ = version_1_0 ? has_word(connection, "keep-alive") : !has_word(connection, "close");
  return {};
}

}  // namespace linli::net
