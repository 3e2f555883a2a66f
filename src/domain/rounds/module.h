#pragma once

#include <memory>

#include "domain/circles/api.h"
#include "host/module.h"

namespace linli::rounds {

// When a mobile service is in which village.
host::Module manifest(std::shared_ptr<circles::Circles> circles);

}  // namespace linli::rounds
