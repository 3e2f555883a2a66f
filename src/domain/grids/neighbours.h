// Who is whose neighbour: by the streets where a network is loaded, else by distance, which is an
// estimate.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/grids/types.h"

namespace linli::grids {

// Metres on foot between two buildings; none when no street leads from one to the other.
using Walk = std::function<std::optional<double>(uint32_t from, uint32_t to)>;

// Two buildings are neighbours when no third lies in the circle between them (Gabriel and Sokal
// 1969); with `walk`, only if the way is not much longer than the straight line, as across a
// railway or a river. A border between near ones costs more than between far ones, one through an
// estate (`close`: the same number, kNone has none) most. What then hangs nowhere is tied to the
// nearest building, also within each group, so that one island does not make a division
// impossible.
std::vector<Neighbours> neighbours(const std::vector<Building>& buildings,
                                   const std::vector<int64_t>& close, const Walk& walk);

}  // namespace linli::grids
