#include "engine/geo/coverage.h"

#include <algorithm>
#include <numeric>

namespace linli::geo {

namespace {

LaneTime to_lane(Time time) {
  return static_cast<LaneTime>(std::min<Time>(time, kFar));
}

}  // namespace

std::vector<LaneSeed> lane_seeds(const Travel& travel, std::span<const LaneFacility> facilities) {
  std::vector<LaneSeed> seeds;
  std::array<uint16_t, kLanes> next{};
  for (const LaneFacility& facility : facilities) {
    const uint16_t number = next[facility.lane]++;
    if (facility.anchor.street == kNoStreet) continue;
    for (const AnchorEnd& end : travel.ends_of(facility.anchor)) {
      if (end.arrive >= kFar) continue;
      seeds.push_back({end.node, facility.lane, to_lane(end.arrive), number});
    }
  }
  return seeds;
}

Coverage::Coverage(const Travel& travel, std::span<const Residents> residents, uint32_t places)
    : travel_(travel), empty_(places) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < residents.size(); ++i) {
    const Residents& at = residents[i];
    empty_[at.place].residents += at.count;
    if (at.anchor.street == kNoStreet) {
      empty_[at.place].unconnected += at.count;
    } else {
      order.push_back(i);
    }
  }
  const auto key = [&](uint32_t i) {
    const Street& street = travel.network().streets[residents[i].anchor.street];
    return std::pair(residents[i].place, std::min(street.ends[0], street.ends[1]));
  };
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  for (const uint32_t i : order) {
    const auto ends = travel.ends_of(residents[i].anchor);
    doors_.push_back({{ends[0].node, ends[1].node},
                      {to_lane(ends[0].leave), to_lane(ends[1].leave)},
                      residents[i].place,
                      residents[i].count});
    anchors_.push_back(residents[i].anchor);
  }
  by_street_.resize(doors_.size());
  std::iota(by_street_.begin(), by_street_.end(), 0U);
  std::stable_sort(by_street_.begin(), by_street_.end(),
                   [&](uint32_t a, uint32_t b) { return anchors_[a].street < anchors_[b].street; });
}

// Doors on a facility's own street may be nearer than by way of the street's ends.
void Coverage::add_neighbours(std::span<const LaneFacility> facilities,
                              const std::array<LaneTime, kLanes>& limits, const TimeLines& times,
                              std::vector<PlaceCoverage>& places) const {
  std::vector<std::pair<uint32_t, uint8_t>> added;
  for (const LaneFacility& facility : facilities) {
    if (facility.anchor.street == kNoStreet) continue;
    auto at = std::lower_bound(
        by_street_.begin(), by_street_.end(), facility.anchor.street,
        [&](uint32_t door, uint32_t street) { return anchors_[door].street < street; });
    for (; at != by_street_.end() && anchors_[*at].street == facility.anchor.street; ++at) {
      const LaneDoor& door = doors_[*at];
      const Time around = std::min(Time{times.of(door.nodes[0])[facility.lane]} + door.times[0],
                                   Time{times.of(door.nodes[1])[facility.lane]} + door.times[1]);
      const Time straight = travel_.along(anchors_[*at], facility.anchor);
      const LaneTime limit = limits[facility.lane];
      if (around > limit && straight <= limit) added.emplace_back(*at, facility.lane);
    }
  }
  std::sort(added.begin(), added.end());
  added.erase(std::unique(added.begin(), added.end()), added.end());
  for (const auto& [door, lane] : added)
    places[doors_[door].place].covered[lane] += doors_[door].residents;
}

std::vector<PlaceCoverage> Coverage::within(std::span<const LaneFacility> facilities,
                                            const std::array<LaneTime, kLanes>& limits,
                                            const LaneKernel& kernel) {
  std::vector<PlaceCoverage> places = empty_;
  const SweepGraph& graph = travel_.sweep();
  TimeLines times(graph.nodes());
  Sweep(graph, kernel).times(lane_seeds(travel_, facilities), times);
  Lines<uint32_t> sums(static_cast<Node>(places.size()));
  std::fill_n(sums.data(), places.size() * kLanes, 0U);
  alignas(64) std::array<LaneTime, kLanes> line = limits;
  kernel.cover(doors_.data(), doors_.size(), times.data(), line.data(), sums.data());
  for (Node place = 0; place < places.size(); ++place) {
    std::copy_n(sums.of(place).begin(), kLanes, places[place].covered.begin());
  }
  add_neighbours(facilities, limits, times, places);
  return places;
}

}  // namespace linli::geo
