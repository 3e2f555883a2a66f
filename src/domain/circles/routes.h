// The routes of this module, a function a file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/circles/api.h"
#include "host/context.h"
#include "host/module.h"

namespace linli::circles {

inline auto bound(Result<net::Response> (*handle)(host::Context&, Circles&),
                  const std::shared_ptr<Circles>& circles) {
  return [circles, handle](host::Context& call) { return handle(call, *circles); };
}

// What Circles::way refuses.
inline std::vector<std::string> way_errors() {
  return {"profile.unknown", "profile.invalid", "network.broken", "network.other_version"};
}

std::vector<host::Route> reach_routes(const std::shared_ptr<Circles>& circles);
std::vector<host::Route> coverage_routes(const std::shared_ptr<Circles>& circles);
std::vector<host::Route> what_if_routes(const std::shared_ptr<Circles>& circles);
std::vector<host::Route> household_routes(const std::shared_ptr<Circles>& circles);
std::vector<host::Route> colocation_routes(const std::shared_ptr<Circles>& circles);

}  // namespace linli::circles
