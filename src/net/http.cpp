#include "net/http.h"

#include <algorithm>

#include "core/text.h"

namespace linli::net {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Empty when an escape is broken, a NUL hides in it, or the bytes are no UTF-8.
std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!text::is_utf8(out)) return std::nullopt;
  return out;
}

// Decodes, drops "." and empty segments, resolves ".." and keeps a trailing slash.
std::optional<std::string> normalise(std::string_view path) {
  std::vector<std::string> kept;
  bool folder = true;
  for (size_t begin = 1; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const auto segment = decode(path.substr(begin, end - begin), false);
    if (!segment || std::any_of(segment->begin(), segment->end(), is_control) ||
        segment->find_first_of("/\\") != std::string::npos)
      return std::nullopt;
    folder = end == path.size() && (segment->empty() || *segment == "." || *segment == "..");
    if (*segment == "..") {
      if (kept.empty()) return std::nullopt;
      kept.pop_back();
    } else if (!segment->empty() && *segment != ".") {
      kept.push_back(*segment);
    }
    begin = end + 1;
  }
  std::string out;
  for (const auto& segment : kept) out += "/" + segment;
  if (folder || out.empty()) out += '/';
  return out;
}

// The origin form of a target: "http://host/path" is "/path" to us.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text::starts_with_ignoring_case(target, scheme)) continue;
    const size_t end = target.find_first_of("/?", scheme.size());
    return end == std::string_view::npos ? "/" : target.substr(end);
  }
  return target;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key != "cookie") continue;
    for (const auto& part : text::split(value, ';')) {
      const std::string pair = text::trim(part);
      const size_t equals = pair.find('=');
      if (equals != std::string::npos && std::string_view(pair).substr(0, equals) == name)
        return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

Response json_response(int status, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.emplace_back("content-type", "application/json");
  return response;
}

Response redirect(std::string location) {
  Response response{.status = 303};
  response.headers.emplace_back("location", std::move(location));
  return response;
}

Done parse_target(std::string_view target, Request& request) {
  target = without_authority(target);
  const size_t mark = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, mark);
  if (path.empty() || path.front() != '/' || target.find('#') != std::string_view::npos)
    return refuse(ErrorKind::invalid, "net.bad_target");
  auto normal = normalise(path);
  if (!normal) return refuse(ErrorKind::invalid, "net.bad_target");
  request.path = std::move(*normal);
  request.query.clear();
  for (size_t begin = mark + 1; begin < target.size();) {
    const size_t end = std::min(target.find('&', begin), target.size());
    const std::string_view pair = target.substr(begin, end - begin);
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals), true);
    auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return refuse(ErrorKind::invalid, "net.bad_target");
    if (!pair.empty()) request.query.emplace_back(std::move(*name), std::move(*value));
    begin = end + 1;
  }
  return {};
}

std::string percent_encode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-._~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

}  // namespace linli::net
