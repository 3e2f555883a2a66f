#pragma once

#include <memory>

#include "domain/circles/api.h"
#include "host/module.h"

namespace linli::grids {

// Grids of communities: drawn, re-balanced, edited by hand as drafts, and put into force.
host::Module manifest(std::shared_ptr<circles::Circles> circles);

}  // namespace linli::grids
