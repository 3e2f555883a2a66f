// What OpenStreetMap's tags say about who may use a way or pass a barrier. The rules are written
// out in docs/formats/network.md; Chinese defaults where the map is silent.
#pragma once

#include <functional>
#include <string_view>

#include "engine/geo/network.h"

namespace linli::geo {

// The value of a tag; empty when it is not there.
using TagOf = std::function<std::string_view(const char* key)>;

struct WayRules {
  uint8_t uses = 0;  // use_bit(…); 0: no way for anybody
  StreetKind kind = StreetKind::path;
  uint8_t speed_kmh = 0;
};
WayRules way_rules(const TagOf& tag);

// The modes that may pass a node: use_bits(…) of each.
uint8_t passing_uses(const TagOf& tag);

// "30", "50 mph", "CN:urban"; 0: not known.
uint8_t speed_of(std::string_view text);

}  // namespace linli::geo
