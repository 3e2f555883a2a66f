#pragma once

#include <vector>

#include "host/module.h"

namespace linli::gateways::ogc {

std::vector<host::Route> routes();

}  // namespace linli::gateways::ogc
