// Who lives within reach: residents of doors, added up by place and category.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/geo/travel.h"

namespace linli::geo {

// People at a point; `place` is any number below the number of places.
struct Residents {
  Anchor anchor;
  uint32_t place = 0;
  uint16_t count = 0;
};

// A facility of a category.
struct LaneFacility {
  Anchor anchor;
  uint8_t lane = 0;
};

// The seeds of a facility: a node at either end of its street; `number` is its identity.
std::vector<LaneSeed> lane_seeds(const Travel& travel, std::span<const LaneFacility> facilities);

struct PlaceCoverage {
  uint64_t residents = 0;    // all who live there
  uint64_t unconnected = 0;  // of them without a street in reach: in no lane
  std::array<uint32_t, kLanes> covered{};
};

class Coverage {
 public:
  // The travel must outlive it; residents of one place are added up together.
  Coverage(const Travel& travel, std::span<const Residents> residents, uint32_t places);

  // Of every place those within `limits` (one a lane, below kFar) of any facility of the lane.
  // Exact to the quarter second, also between two points of one street.
  std::vector<PlaceCoverage> within(std::span<const LaneFacility> facilities,
                                    const std::array<LaneTime, kLanes>& limits,
                                    const LaneKernel& kernel = best_kernel());

 private:
  void add_neighbours(std::span<const LaneFacility> facilities,
                      const std::array<LaneTime, kLanes>& limits, const TimeLines& times,
                      std::vector<PlaceCoverage>& places) const;

  const Travel& travel_;
  std::vector<LaneDoor> doors_;       // by place, then by node
  std::vector<Anchor> anchors_;       // of doors_
  std::vector<uint32_t> by_street_;   // doors_ in the order of their street
  std::vector<PlaceCoverage> empty_;  // totals alone
};

}  // namespace linli::geo
