// The running server: installation, background work, HTTP.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/installation.h"
#include "net/server.h"

namespace linli::app {

class Platform {
 public:
  static Result<std::unique_ptr<Platform>> start(Installation& installation,
                                                 const net::ServerOptions& options);
  virtual ~Platform() = default;
  virtual uint16_t port() const = 0;
  virtual void stop() = 0;
};

}  // namespace linli::app
