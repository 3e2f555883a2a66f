// Answers as they are kept, and what else is made of them: GeoJSON and a spreadsheet.
#pragma once

#include "core/json.h"
#include "domain/siting/rules.h"

namespace linli::siting {

json::Value answer_of(const Inquiry& inquiry, const Ground& ground, const Finding& finding);

// Points of the sites with what is said of them.
json::Value geojson_of(const json::Value& answer);
// One line a site.
std::string csv_of(const json::Value& answer);

}  // namespace linli::siting
