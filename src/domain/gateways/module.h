#pragma once

#include <memory>

#include "domain/maps/api.h"
#include "host/module.h"

namespace linli::gateways {

// Other people's standards at the edge: Open311 GeoReport v2 under /open311/v2, OGC API –
// Features under /ogc.
host::Module manifest(const std::shared_ptr<maps::Maps>& maps);

}  // namespace linli::gateways
