// Supply against demand within reach: the enhanced two-step floating catchment area.
//
// W. Luo, F. Wang, "Measures of spatial accessibility to health care in a GIS environment",
// Environment and Planning B 30, 2003; W. Luo, Y. Qi, Health & Place 15, 2009 (the weights). Step
// one: a facility's capacity is shared among all who can reach it within the limit, who is farther
// weighing less. Step two: everybody adds up the shares of the facilities in reach.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/geo/coverage.h"

namespace linli::geo {

struct Supply {
  Anchor anchor;
  double capacity = 0;  // beds, meals a day, doctors
};

// A supply in reach of some residents, and how much it counts for them: from 0 to 1.
struct InReach {
  uint32_t supply = 0;
  uint32_t residents = 0;
  double weight = 1;
};

// What counts in the nearest third of the limit, the second and the farthest.
using Zones = std::array<double, 3>;
inline constexpr Zones kEven{1, 1, 1};            // as in 2003
inline constexpr Zones kFading{1.0, 0.68, 0.22};  // as in 2009: a Gaussian over the thirds
constexpr double zone_weight(const Zones& zones, double share_of_limit) {
  return zones[share_of_limit <= 1.0 / 3 ? 0 : share_of_limit <= 2.0 / 3 ? 1 : 2];
}

// All pairs within the limit of the residents (one each, at most kFar - 1), along the streets.
std::vector<InReach> in_reach(const Travel& travel, std::span<const Supply> supplies,
                              std::span<const Residents> residents, std::span<const Time> limits,
                              const Zones& zones);

struct Catchments {
  std::vector<double> residents;  // within reach of each supply, weighed
  std::vector<double> share;      // of each supply: capacity for one resident; 0 when nobody
  std::vector<double> access;     // of each element of `residents`: the sum of shares in reach
};
Catchments two_step(std::span<const double> capacities, std::span<const int64_t> residents,
                    std::span<const InReach> pairs);

}  // namespace linli::geo
