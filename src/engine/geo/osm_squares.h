// Straight ways across a square: one walks from entry to entry, not around its edge.
#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "engine/geo/types.h"

namespace linli::geo {

// A square with more entries is crossed along its outline only.
inline constexpr size_t kMostEntries = 24;

// `outline` is closed. The pairs of its entries whose line lies inside; neighbours on the outline
// are left out.
std::vector<std::pair<uint32_t, uint32_t>> crossings_of(
    std::span<const uint32_t> outline, std::span<const Location> at,
    const std::function<bool(uint32_t)>& is_entry);

}  // namespace linli::geo
