// What the registers know of a community's households and where they live.
#pragma once

#include "domain/grids/types.h"
#include "domain/places/api.h"
#include "host/services.h"

namespace linli::grids {

// Every household of the place is counted in exactly one house:
//   1. with a home: in the home's building, or in the home itself where it stands alone;
//   2. else with its housing estate; 3. else with its villagers' group;
//   4. else it is not placed, and stays with those of the grid in which it is recorded.
// A house without a point lies where its homes, its estate or its group do, else in the middle of
// its grid or of the community, and is marked as an estimate.
// Refuses `place.not_found`, `place.not_active`, and `place.no_grids_here` for what is neither a
// community nor a grid.
Result<Community> community(db::Tx& tx, host::Services& services, Code parent);

// The outline of each grid of a division. Outlines of communities are mostly made up: where a house
// lies outside, the box around the houses is divided instead.
std::map<int32_t, places::Area> outlines(db::Tx& tx, host::Services& services,
                                         const Community& community, const Division& division);

}  // namespace linli::grids
