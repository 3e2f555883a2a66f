#pragma once

#include "host/module.h"

namespace linli::places {

// The administrative tree: codes, names, grids, what became of places, and their map.
host::Module manifest();

}  // namespace linli::places
