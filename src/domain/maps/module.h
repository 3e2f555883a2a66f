#pragma once

#include <memory>

#include "domain/maps/api.h"
#include "host/module.h"

namespace linli::maps {

// Vector tiles of places, streets, buildings, every register whose records have a point, and
// figures by place.
host::Module manifest(const std::shared_ptr<Maps>& maps);

}  // namespace linli::maps
