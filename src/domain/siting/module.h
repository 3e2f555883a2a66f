#pragma once

#include <memory>

#include "domain/circles/api.h"
#include "host/module.h"

namespace linli::siting {

// Where facilities should stand, with a bound on what no answer can beat.
host::Module manifest(std::shared_ptr<circles::Circles> circles);

}  // namespace linli::siting
