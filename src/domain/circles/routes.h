// The routes of this module, a function a file.
#pragma once

#include <memory>
#include <vector>

#include "domain/circles/api.h"
#include "host/module.h"

namespace linli::circles {

std::vector<host::Route> routes(const std::shared_ptr<Circles>& circles);

}  // namespace linli::circles
