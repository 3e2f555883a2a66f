// Times from single points to the nearest facility of up to 32 categories, exact to the unit: for
// answers that combine categories, such as "all of a circle's services are in reach".
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/geo/coverage.h"

namespace linli::geo {

class DoorTimes {
 public:
  // The travel must outlive it.
  DoorTimes(const Travel& travel, std::span<const LaneFacility> facilities);

  // kFar where none is within 136 minutes, and for an anchor without a street.
  std::array<LaneTime, kLanes> of(const Anchor& anchor) const;

 private:
  const Travel& travel_;
  std::vector<LaneFacility> by_street_;
  TimeLines times_;
};

}  // namespace linli::geo
