#pragma once

#include "host/module.h"

namespace linli::maps {

// Vector tiles of places, streets, buildings and every register whose records have a point.
host::Module manifest();

}  // namespace linli::maps
