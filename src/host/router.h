// From a request to the one handler that answers it: path, permission, input check, idempotency.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/context.h"
#include "host/module.h"

namespace linli::host {

// Who asks: an anonymous actor when there are no credentials; a refusal when they are wrong, or
// when an unsafe request by cookie lacks its token. Installed by app, answered by accounts.
using Authenticate =
    std::function<Result<Actor>(Services&, const net::Request&, time::Instant now)>;

class Router {
 public:
  // Two routes with the same method and shape of path are a fault (std::logic_error).
  Router(Services& services, Authenticate authenticate);

  struct Match {
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> values;
  };
  // Refuses `route.not_found`, or `route.method_not_allowed` when only the method is wrong.
  Result<Match> match(std::string_view method, std::string_view path) const;

  net::Response handle(const net::Request& request, time::Instant now) const;

 private:
  struct Node {
    std::map<std::string, Node, std::less<>> words;
    std::unique_ptr<Node> any;                                // a {name} segment
    std::map<std::string, const Route*, std::less<>> routes;  // by method
  };
  Result<net::Response> answer(const net::Request& request, Match match, time::Instant now) const;

  Services& services_;
  Authenticate authenticate_;
  Node root_;
};

}  // namespace linli::host
