#pragma once

#include <memory>

#include "domain/circles/api.h"
#include "host/module.h"

namespace linli::circles {

// What is within reach of whom: the streets of network.map, facilities and homes of the registers,
// the circles of the packs. Reach is kept as records of the register `circle_reach`.
host::Module manifest(std::shared_ptr<Circles> circles);

}  // namespace linli::circles
