// From streets with junctions in any numbering to a network that is ready to be written: order,
// hierarchy, grid, doors that know their street.
#pragma once

#include "core/result.h"
#include "engine/geo/network.h"

namespace linli::geo {

// How far a door may be from a street that one may walk on.
inline constexpr double kDoorLimitM = 250;

// `data` has nodes, streets (without arc), bends, doors (without anchor), texts and about; the
// rest is filled in and everything is renumbered. Streets from a node to itself are dropped.
// Refuses `geo.empty` without any street, `geo.stopped` when asked to stop.
Result<NetworkData> build_network(NetworkData data, const Progress& progress);

}  // namespace linli::geo
