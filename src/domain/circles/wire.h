// Circles as JSON.
#pragma once

#include <string_view>

#include "domain/circles/api.h"
#include "net/http.h"

namespace linli::circles {

net::Response answer(const PlaceCircle& made, std::string_view circle);

}  // namespace linli::circles
