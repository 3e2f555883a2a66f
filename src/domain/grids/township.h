// All communities of a township drawn at once: long work, beside the requests (host/computation.h).
#pragma once

#include "domain/grids/api.h"
#include "host/computation.h"

namespace linli::grids {

inline constexpr std::string_view kDrawing = "grids.drawing";

// A draft for each community with households, drawn by its plan's standard, or where none holds by
// the question's own rule {least, most, by_groups}. Answers {"items": [{place, name, draft, grids,
// households, faults}], "skipped": [{place, name, code}]}; stopped, with those drawn so far.
Result<json::Value> draw_township(host::Services& services, Surveyor& surveyor, host::Run& run);

}  // namespace linli::grids
