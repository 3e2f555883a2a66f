// Raw bytes from the network: whole and cut in two they must mean the same, and what is read must
// be answerable.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "net/answer.h"
#include "net/request_reader.h"

using linli::net::Request;
using linli::net::RequestReader;

namespace {

constexpr RequestReader::Limits kLimits{.header_bytes = 1024, .body_bytes = 1024};

bool same(const Request& a, const Request& b) {
  return a.method == b.method && a.path == b.path && a.query == b.query && a.headers == b.headers &&
         a.body == b.body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  RequestReader whole(kLimits);
  std::string left = bytes;
  const auto state = whole.take(left);

  RequestReader cut(kLimits);
  const size_t at = bytes.empty() ? 0 : data[0] * bytes.size() / 256;
  std::string rest = bytes.substr(0, at);
  cut.take(rest);
  rest += bytes.substr(at);
  cut.take(rest);
  if (cut.state() != state) std::abort();
  if (state != RequestReader::State::done) return 0;
  if (!same(whole.request(), cut.request()) || left != rest) std::abort();

  const auto answer =
      complete(whole.request(), linli::net::json_response(200, whole.request().body), true);
  if (answer.head.find("\r\n\r\n") != answer.head.size() - 4) std::abort();
  return 0;
}
