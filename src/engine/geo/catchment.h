// Supply against demand within reach: the two-step floating catchment area.
//
// W. Luo, F. Wang, "Measures of spatial accessibility to health care in a GIS environment",
// Environment and Planning B 30, 2003. Step one: a facility's capacity is shared among all who can
// reach it within the limit. Step two: everybody adds up the shares of the facilities in reach.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/coverage.h"

namespace linli::geo {

struct Supply {
  Anchor anchor;
  double capacity = 0;  // beds, meals a day, doctors
};

struct Catchments {
  std::vector<uint64_t> residents;  // within reach of each supply
  std::vector<double> share;        // of each supply: capacity for one resident; 0 when nobody
  std::vector<double> access;       // of each element of `residents`: the sum of shares in reach
};

// `limit` is at most kFar - 1. Whoever has no street in reach has access 0.
Catchments two_step(const Travel& travel, std::span<const Supply> supplies,
                    std::span<const Residents> residents, Time limit);

}  // namespace linli::geo
