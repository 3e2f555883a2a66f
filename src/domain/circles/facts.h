// What the registers know that circles need: facilities with their points, who lives in a village,
// where its homes are.
#pragma once

#include <vector>

#include "domain/circles/types.h"
#include "host/services.h"

namespace linli::circles {

// Facilities under a place that have a point; closed ones too. Reads the register `facility`.
std::vector<Facility> facilities(db::Tx& tx, host::Services& services, region::Code under);

// The villages under a place, by code, with residents (register `person`) and homes (points of the
// register `dwelling`).
std::vector<Village> villages(db::Tx& tx, host::Services& services, region::Code under);

}  // namespace linli::circles
