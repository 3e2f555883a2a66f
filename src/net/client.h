// Outgoing HTTP, for web hooks and other people's systems. Certificates are verified, redirects
// not followed, proxies of the environment not used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http.h"

namespace linli::net {

struct Call {
  std::string method = "GET";
  std::string url;  // http or https
  Headers headers;
  std::string body;
  int64_t timeout_ms = 10'000;  // for all of it
  size_t max_bytes = 1024 * 1024;
  // Addresses of this machine and of inner networks are refused unless this is set, whatever the
  // name resolves to: a web hook must not become a way into the network.
  bool allow_private = false;
};

// The answer whatever its status (headers in lower case). Refuses `net.bad_url`,
// `net.address_not_allowed`, `net.call_timeout`, `net.answer_too_large`, `net.unreachable`.
Result<Response> send(const Call& call);

// Is this the text of an address that is routed on the public internet?
bool is_public_address(std::string_view address);

}  // namespace linli::net
