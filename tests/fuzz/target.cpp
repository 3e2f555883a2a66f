// Request targets: a path that is accepted stays inside the root and reads the same when encoded
// and read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/text.h"
#include "net/http.h"

using linli::net::parse_target;
using linli::net::percent_encode;
using linli::net::Request;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Request first;
  if (!parse_target(std::string_view(reinterpret_cast<const char*>(data), size), first)) return 0;
  const std::string inside = first.path + "/";
  if (first.path.empty() || first.path.front() != '/' || inside.find("/../") != std::string::npos ||
      inside.find("/./") != std::string::npos || first.path.find('\0') != std::string::npos)
    std::abort();

  std::string target;
  for (const auto& segment : linli::text::split(std::string_view(first.path).substr(1), '/'))
    target += "/" + percent_encode(segment);
  char separator = '?';
  for (const auto& [name, value] : first.query) {
    target += separator + percent_encode(name) + "=" + percent_encode(value);
    separator = '&';
  }
  Request second;
  if (!parse_target(target, second)) std::abort();
  if (second.path != first.path || second.query != first.query) std::abort();
  return 0;
}
