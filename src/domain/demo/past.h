// The figures of past months: a city made today has none of its own.
#pragma once

#include <cstdint>
#include <map>

#include "core/json.h"
#include "core/time.h"
#include "host/services.h"

namespace linli::demo {

// Keeps stocks at past ends of months as packs/demo/past.yaml says; none of a city of more villages
// than it names.
void keep_past(host::Services& services, const json::Value& content, uint64_t seed,
               int64_t villages, time::Date today);

// Of the years for which population is published, the part of today's that it was.
std::map<int64_t, double> past_years(const json::Value& content, time::Date today);

}  // namespace linli::demo
