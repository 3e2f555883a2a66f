// The HTTP server: an asynchronous edge (one I/O thread reads and writes with limits and time
// limits) before a bounded pool of workers that run plain synchronous handlers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "net/http.h"

namespace linli::net {

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // 0: any free one
  int workers = 8;
  size_t max_waiting = 1024;  // requests in the queue; beyond: 503 with retry-after
  size_t max_connections = 10'000;
  size_t max_header_bytes = 16 * 1024;
  size_t max_body_bytes = 12 * 1024 * 1024;
  int64_t header_timeout_ms = 10'000;  // first byte to the end of the header
  int64_t body_timeout_ms = 60'000;
  int64_t idle_timeout_ms = 60'000;
  std::string tls_certificate;  // PEM paths; both or none
  std::string tls_key;
  bool trust_proxy = false;  // believe x-forwarded-for and -proto of the peer
  bool access_log = true;    // one line a request: no query strings, no personal data
};

using Handler = std::function<Response(const Request&)>;

class Server {
 public:
  // Binds and listens; refuses `net.port_in_use` or `net.cannot_listen`. `handle` runs on the
  // workers and may throw: the answer is then 500, logged with the request's id.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handle);
  virtual ~Server() = default;
  virtual uint16_t port() const = 0;
  // Stops accepting, lets running requests end (at most `grace_ms`), closes the rest.
  virtual void stop(int64_t grace_ms) = 0;
};

}  // namespace linli::net
