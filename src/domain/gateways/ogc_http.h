#pragma once

#include <memory>
#include <vector>

#include "domain/maps/api.h"
#include "host/module.h"

namespace linli::gateways::ogc {

std::vector<host::Route> routes(const std::shared_ptr<maps::Maps>& maps);

}  // namespace linli::gateways::ogc
