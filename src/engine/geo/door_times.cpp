#include "engine/geo/door_times.h"

#include <algorithm>

namespace linli::geo {

DoorTimes::DoorTimes(const Travel& travel, std::span<const LaneFacility> facilities)
    : travel_(travel),
      by_street_(facilities.begin(), facilities.end()),
      times_(travel.sweep().nodes()) {
  Sweep(travel.sweep()).times(lane_seeds(travel, facilities), times_);
  std::sort(by_street_.begin(), by_street_.end(), [](const LaneFacility& a, const LaneFacility& b) {
    return a.anchor.street < b.anchor.street;
  });
}

std::array<LaneTime, kLanes> DoorTimes::of(const Anchor& anchor) const {
  std::array<LaneTime, kLanes> best;
  best.fill(kFar);
  if (anchor.street == kNoStreet) return best;
  const auto take = [&](size_t lane, Time time) {
    if (time < best[lane]) best[lane] = static_cast<LaneTime>(time);
  };
  for (const AnchorEnd& end : travel_.ends_of(anchor)) {
    const auto line = times_.of(end.node);
    for (size_t lane = 0; lane < kLanes && end.leave < kFar; ++lane)
      take(lane, line[lane] + end.leave);
  }
  // Facilities of the same street may be nearer than by way of its ends.
  auto at = std::lower_bound(by_street_.begin(), by_street_.end(), anchor.street,
                             [](const LaneFacility& facility, uint32_t street) {
                               return facility.anchor.street < street;
                             });
  for (; at != by_street_.end() && at->anchor.street == anchor.street; ++at) {
    take(at->lane, travel_.along(anchor, at->anchor));
  }
  return best;
}

}  // namespace linli::geo
