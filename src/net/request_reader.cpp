#include "net/request_reader.h"

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "core/text.h"

namespace linli::net {

namespace http = boost::beast::http;

namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view kEnd = "\r\n\r\n";
// What a chunk's size line or the trailer may take before it is whole; Beast asks for all of it.
constexpr size_t kMaxUnread = 64 * 1024;

bool is_token(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view trim_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool has_word(std::string_view list, std::string_view word) {
  for (const auto& item : text::split(list, ','))
    if (lower(trim_blanks(item)) == word) return true;
  return false;
}

auto bad(std::string why) {
  return refuse(ErrorKind::invalid, "net.bad_request", std::move(why));
}

}  // namespace

struct RequestReader::Body {
  http::request_parser<http::string_body> parser;
};

RequestReader::RequestReader(const Limits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::fail(int status, ErrorKind kind, std::string code,
                                         std::string detail) {
  status_ = status;
  refusal_ = Refusal{kind, std::move(code), std::move(detail), {}};
  keep_alive_ = false;
  return state_ = State::bad;
}

RequestReader::State RequestReader::take(std::string& bytes) {
  if (state_ == State::idle || state_ == State::header) take_head(bytes);
  if (state_ == State::body) take_body(bytes);
  return state_;
}

RequestReader::State RequestReader::take_head(std::string& bytes) {
  // One empty line before a request is forgiven (RFC 9112, 2.2).
  if (state_ == State::idle && bytes.compare(0, 2, "\r\n") == 0) bytes.erase(0, 2);
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
  if (auto read = read_head(std::string_view(bytes).substr(0, end)); !read)
    return fail(400, read.error().kind, read.error().code, read.error().detail);

  const auto expect = request_.header("expect");
  if (!expect.empty() && lower(expect) != "100-continue")
    return fail(417, ErrorKind::invalid, "net.unknown_expectation");
  body_ = std::make_unique<Body>();
  body_->parser.eager(true);
  body_->parser.header_limit(static_cast<uint32_t>(limits_.header_bytes + 1));
  body_->parser.body_limit(limits_.body_bytes);
  state_ = State::body;
  take_body(bytes);
  expects_continue_ = state_ == State::body && !expect.empty();
  return state_;
}

RequestReader::State RequestReader::take_body(std::string& bytes) {
  auto& parser = body_->parser;
  while (!parser.is_done()) {
    boost::system::error_code error;
    const size_t taken = parser.put(boost::asio::buffer(bytes), error);
    bytes.erase(0, taken);
    if (error == http::error::body_limit)
      return fail(413, ErrorKind::too_large, "net.body_too_large");
    if (error && error != http::error::need_more)
      return fail(400, ErrorKind::invalid, "net.bad_request", error.message());
    if (parser.is_done()) break;
    if (bytes.size() > kMaxUnread)
      return fail(400, ErrorKind::invalid, "net.bad_request", "endless chunk header");
    if (bytes.empty() || taken == 0) return state_;
  }
  request_.body = std::move(parser.get().body());
  body_.reset();
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
    if (!is_field_value(value)) return bad("field value");
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
