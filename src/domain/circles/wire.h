// Circles as JSON.
#pragma once

#include <string_view>

#include "core/json.h"
#include "domain/circles/api.h"
#include "net/http.h"

namespace linli::circles {

// Whether there are streets, where they come from, and whether they were made up.
void write_source(json::Writer& out, const Way& way);
void write_rows(json::Writer& out, const std::vector<VillageCircle>& rows);
net::Response answer(const PlaceCircle& made, std::string_view circle);

}  // namespace linli::circles
