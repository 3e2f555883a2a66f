// The API's text (OpenAPI 3.1), made from the routes that the modules declare.
#pragma once

#include <string>
#include <vector>

#include "host/module.h"

namespace linli::host {

// Deterministic: the same modules give the same bytes.
std::string openapi(const std::vector<Module>& modules);

}  // namespace linli::host
