#pragma once

#include "host/module.h"

namespace linli::grids {

// Grids of communities: drawn, re-balanced, edited by hand as drafts, and put into force.
host::Module manifest();

}  // namespace linli::grids
