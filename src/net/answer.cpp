#include "net/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>

#include "core/text.h"
#include "core/time.h"
#include "net/compress.h"

namespace linli::net {

namespace {

constexpr size_t kWorthCompressing = 1024;
// What pages may do (design: no eval, no foreign origin; the map draws into blobs and workers).
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view reason(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 21> kReasons = {{
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {303, "See Other"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {503, "Service Unavailable"},
  }};
  for (const auto& [code, text] : kReasons)
    if (code == status) return text;
  return "Other";
}

std::string_view find(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

void add_missing(Response& response, std::string_view name, std::string_view value) {
  if (find(response, name).empty())
    response.headers.emplace_back(std::string(name), std::string(value));
}

// Does the if-none-match list name this tag? Weak comparison, as RFC 9110 asks.
bool lists_tag(std::string_view list, std::string_view tag) {
  const auto strong = [](std::string_view one) {
    return one.substr(0, 2) == "W/" ? one.substr(2) : one;
  };
  for (const auto& item : text::split(list, ',')) {
    const std::string one = text::trim(item);
    if (one == "*" || strong(one) == strong(tag)) return true;
  }
  return false;
}

bool is_unchanged(const Request& request, const Response& response) {
  const auto tags = request.header("if-none-match");
  if (!tags.empty()) {
    const auto tag = find(response, "etag");
    return !tag.empty() && lists_tag(tags, tag);
  }
  const auto since = request.header("if-modified-since");
  return !since.empty() && since == find(response, "last-modified");
}

enum class Range { whole, part, unsatisfiable };

// One range of bytes ("bytes=0-99", "bytes=100-", "bytes=-50"); of anything else all is sent.
Range read_range(std::string_view header, uint64_t size, uint64_t& offset, uint64_t& count) {
  if (header.substr(0, 6) != "bytes=") return Range::whole;
  header.remove_prefix(6);
  const size_t dash = header.find('-');
  if (dash == std::string_view::npos) return Range::whole;
  const auto number = [](std::string_view text, uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
  };
  const std::string_view first = header.substr(0, dash);
  const std::string_view last = header.substr(dash + 1);
  uint64_t from = 0;
  uint64_t to = size == 0 ? 0 : size - 1;
  if (first.empty()) {
    uint64_t tail = 0;
    if (!number(last, tail)) return Range::whole;
    if (tail == 0 || size == 0) return Range::unsatisfiable;
    from = tail >= size ? 0 : size - tail;
  } else {
    if (!number(first, from)) return Range::whole;
    uint64_t asked = to;
    if (!last.empty() && (!number(last, asked) || asked < from)) return Range::whole;
    if (from >= size) return Range::unsatisfiable;
    to = std::min(to, asked);
  }
  offset = from;
  count = to - from + 1;
  return Range::part;
}

// Opens the file that is the body and decides which part of it is asked for.
void attach_file(const Request& request, Response& response, Answer& answer) {
  answer.file = File(response.file);
  if (!answer.file.is_open()) {
    response = problem(Refusal{ErrorKind::not_found, "net.not_found", {}, {}}, request.id);
    return;
  }
  const uint64_t size = answer.file.size();
  const int64_t modified = answer.file.modified_ns();
  char tag[48];
  std::snprintf(tag, sizeof tag, "\"%llx-%llx\"", static_cast<unsigned long long>(size),
                static_cast<unsigned long long>(modified));
  add_missing(response, "content-type", media_type(response.file));
  add_missing(response, "etag", tag);
  add_missing(response, "last-modified", http_date(modified / 1'000'000'000));
  add_missing(response, "accept-ranges", "bytes");
  answer.file_bytes = size;
  const auto asked = request.header("range");
  const auto if_range = request.header("if-range");
  if (asked.empty() || request.method != "GET" || response.status != 200) return;
  if (!if_range.empty() && if_range != find(response, "etag") &&
      if_range != find(response, "last-modified"))
    return;
  switch (read_range(asked, size, answer.file_offset, answer.file_bytes)) {
    case Range::whole:
      break;
    case Range::part:
      response.status = 206;
      response.headers.emplace_back(
          "content-range", "bytes " + std::to_string(answer.file_offset) + "-" +
                               std::to_string(answer.file_offset + answer.file_bytes - 1) + "/" +
                               std::to_string(size));
      break;
    case Range::unsatisfiable:
      response.status = 416;
      response.headers.emplace_back("content-range", "bytes */" + std::to_string(size));
      answer.file = File();
      break;
  }
}

void compress_body(const Request& request, Response& response) {
  const bool secret = !find(response, "set-cookie").empty();
  if (response.body.size() < kWorthCompressing || secret || response.status == 206 ||
      !find(response, "content-encoding").empty() ||
      !is_compressible(find(response, "content-type")))
    return;
  add_missing(response, "vary", "accept-encoding");
  const Coding coding = best_coding(request.header("accept-encoding"));
  if (coding == Coding::identity) return;
  response.body = compress(response.body, coding, false);
  response.headers.emplace_back("content-encoding", std::string(name_of(coding)));
}

void add_security(const Request& request, Response& response) {
  add_missing(response, "content-security-policy", kContentSecurityPolicy);
  add_missing(response, "x-content-type-options", "nosniff");
  add_missing(response, "referrer-policy", "same-origin");
  add_missing(response, "permissions-policy",
              "geolocation=(self), microphone=(self), camera=(self)");
  add_missing(response, "cross-origin-opener-policy", "same-origin");
  if (request.secure) add_missing(response, "strict-transport-security", "max-age=31536000");
  add_missing(response, "cache-control", "no-store");
}

std::string write_head(const Response& response, bool keep_alive, std::optional<uint64_t> length) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  head += reason(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (name.find_first_of("\r\n: ") != std::string::npos ||
        value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      throw std::logic_error("a header breaks out of its line: " + name);
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  head += "date: " + http_date(time::now() / time::kSecond) + "\r\n";
  if (length) head += "content-length: " + std::to_string(*length) + "\r\n";
  if (!keep_alive) head += "connection: close\r\n";
  head += "\r\n";
  return head;
}

}  // namespace

Answer complete(const Request& request, Response response, bool keep_alive) {
  Answer answer{.keep_alive = keep_alive};
  add_missing(response, "x-request-id", request.id);
  if (response.events) {
    answer.events = std::move(response.events);
    answer.keep_alive = false;
    add_missing(response, "content-type", "text/event-stream");
    add_missing(response, "x-accel-buffering", "no");
  } else if (!response.file.empty()) {
    attach_file(request, response, answer);
  }
  const bool reading = request.method == "GET" || request.method == "HEAD";
  if (reading && response.status == 200 && is_unchanged(request, response)) {
    response.status = 304;
    answer.file = File();
    response.body.clear();
  }
  compress_body(request, response);
  add_security(request, response);

  answer.status = response.status;
  answer.route = std::move(response.route);
  answer.body = std::move(response.body);
  std::optional<uint64_t> length;
  if (response.status != 204 && response.status != 304 && !answer.events)
    length = answer.body_bytes();
  answer.head = write_head(response, answer.keep_alive, length);
  if (request.method == "HEAD") {
    answer.body.clear();
    answer.file = File();
    answer.events = nullptr;
  }
  return answer;
}

}  // namespace linli::net
