// The question as it comes over the wire.
#pragma once

#include "core/shape.h"
#include "domain/siting/types.h"

namespace linli::siting {

shape::Shape inquiry_shape();

// Refuses `circle.unknown`, `circle.group_unknown`, `circle.place_too_large` above a county,
// `siting.unknown_need`, `siting.unknown_kind` and `siting.weights_with_room`.
Result<Inquiry> read_inquiry(const pack::Content& content, const json::Value& question);

}  // namespace linli::siting
