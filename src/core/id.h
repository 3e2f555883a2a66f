// Identifiers: UUID version 7 (RFC 9562), made here or by a client.
#pragma once

#include <string>
#include <string_view>

#include "core/time.h"

namespace linli::id {

// A new id for the instant; ids made by one process ascend.
std::string make(time::Instant now);
// Any UUID in canonical lower-case text.
bool is_valid(std::string_view text);

}  // namespace linli::id
