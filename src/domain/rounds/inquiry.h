// The question as it comes over the wire.
#pragma once

#include "core/shape.h"
#include "domain/rounds/types.h"
#include "engine/pack/types.h"

namespace linli::rounds {

shape::Shape inquiry_shape();

// Refuses `circle.unknown`, `circle.group_unknown`, `circle.place_too_large` above a county,
// `siting.unknown_need`, `round.bad_time`, `round.too_many_visits` (more than there are days) and
// `round.not_below` (a stop that does not lie under the place).
Result<Inquiry> read_inquiry(const pack::Content& content, const json::Value& question);

}  // namespace linli::rounds
