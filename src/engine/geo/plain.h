// For tests: times along the streets by the plainest way to compute them.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/geo/isochrone.h"
#include "engine/geo/testing.h"

namespace linli::geo::testing {

// From (or to) a point to every anchor, by plain Dijkstra.
class Plain {
 public:
  Plain(const Travel& travel, const Anchor& point, bool out)
      : travel_(travel), point_(point), out_(out) {
    std::vector<Seed> seeds;
    for (const AnchorEnd& end : travel.ends_of(point)) {
      const Time time = out ? end.leave : end.arrive;
      if (time < kNoTime) seeds.push_back({end.node, time});
    }
    times_ = dijkstra(out ? travel.away() : travel.towards(), seeds);
  }
  Time of(const Anchor& anchor) const {
    Time best = out_ ? travel_.along(point_, anchor) : travel_.along(anchor, point_);
    for (const AnchorEnd& end : travel_.ends_of(anchor)) {
      const Time last = out_ ? end.arrive : end.leave;
      if (times_[end.node] < kNoTime && last < kNoTime)
        best = std::min(best, times_[end.node] + last);
    }
    return best;
  }

 private:
  const Travel& travel_;
  Anchor point_;
  bool out_;
  std::vector<Time> times_;
};

}  // namespace linli::geo::testing
