#include "engine/geo/door_trials.h"

#include <algorithm>
#include <cmath>

namespace linli::geo {

namespace {

bool same(const Anchor& a, const Anchor& b) {
  return a.street == b.street && a.along_dm == b.along_dm && a.away_dm == b.away_dm;
}

}  // namespace

DoorTrials::DoorTrials(const Travel& travel, std::span<const LaneFacility> facilities, size_t lanes)
    : travel_(travel), known_(lanes) {
  std::vector<std::vector<Entrances>> starts(lanes);
  for (const LaneFacility& facility : facilities) {
    if (facility.anchor.street == kNoStreet) continue;
    starts[facility.lane].push_back(entrances(facility.anchor));
    known_[facility.lane].push_back(facility.anchor);
    by_street_.emplace(facility.anchor.street, facility);
  }
  lanes_.reserve(lanes);
  for (auto& of_lane : starts) {
    lanes_.emplace_back(travel.away(), travel.towards(), std::move(of_lane));
  }
}

Entrances DoorTrials::entrances(const Anchor& anchor) const {
  Entrances found;
  for (const AnchorEnd& end : travel_.ends_of(anchor)) {
    if (end.arrive < kNoTime) found.push_back({end.node, end.arrive});
  }
  return found;
}

std::array<LaneTime, kLanes> DoorTrials::of(const Anchor& anchor) const {
  std::array<LaneTime, kLanes> best;
  best.fill(kFar);
  if (anchor.street == kNoStreet) return best;
  const auto take = [&](size_t lane, Time time) {
    if (time < best[lane]) best[lane] = static_cast<LaneTime>(time);
  };
  for (const AnchorEnd& end : travel_.ends_of(anchor)) {
    for (size_t lane = 0; lane < lanes_.size() && end.leave < kFar; ++lane) {
      const Time time = lanes_[lane].times()[end.node];
      if (time < kFar) take(lane, time + end.leave);
    }
  }
  const auto [begin, end] = by_street_.equal_range(anchor.street);
  for (auto at = begin; at != end; ++at) {
    take(at->second.lane, travel_.along(anchor, at->second.anchor));
  }
  return best;
}

void DoorTrials::add(const LaneFacility& facility) {
  Step& step = steps_.emplace_back();
  if (facility.anchor.street == kNoStreet) return;
  step.kind = Step::Kind::added;
  step.facility = facility;
  step.number = lanes_[facility.lane].add(entrances(facility.anchor));
  known_[facility.lane].push_back(facility.anchor);
  by_street_.emplace(facility.anchor.street, facility);
}

void DoorTrials::remove(const LaneFacility& facility) {
  Step& step = steps_.emplace_back();
  std::vector<Anchor>& known = known_[facility.lane];
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Anchor& at) { return same(at, facility.anchor); });
  if (facility.anchor.street == kNoStreet || found == known.end()) return;
  step.kind = Step::Kind::removed;
  step.facility = facility;
  step.number = static_cast<size_t>(found - known.begin());
  lanes_[facility.lane].remove(step.number);
  *found = {};
  const auto [begin, end] = by_street_.equal_range(facility.anchor.street);
  by_street_.erase(std::find_if(begin, end, [&](const auto& at) {
    return at.second.lane == facility.lane && same(at.second.anchor, facility.anchor);
  }));
}

void DoorTrials::open_path(Node a, Node b) {
  Step& step = steps_.emplace_back();
  if (a == b || a == kNoNode || b == kNoNode) return;
  step.kind = Step::Kind::opened;
  const auto& nodes = travel_.network().nodes;
  const double seconds = distance_m(nodes[a], nodes[b]) / (travel_.profile().speed_kmh / 3.6);
  const auto time = static_cast<Time>(std::max(1L, std::lround(seconds * kUnitsPerSecond)));
  for (WhatIf& lane : lanes_) lane.open_path(a, b, time, time);
}

bool DoorTrials::undo() {
  if (steps_.empty()) return false;
  const Step step = steps_.back();
  steps_.pop_back();
  if (step.kind == Step::Kind::nothing) return true;
  if (step.kind == Step::Kind::opened) {
    for (WhatIf& lane : lanes_) lane.undo();
    return true;
  }
  const auto& [anchor, lane] = step.facility;
  lanes_[lane].undo();
  if (step.kind == Step::Kind::removed) {
    known_[lane][step.number] = anchor;
    by_street_.emplace(anchor.street, step.facility);
    return true;
  }
  known_[lane].pop_back();
  const auto [begin, end] = by_street_.equal_range(anchor.street);
  by_street_.erase(std::find_if(begin, end, [&, number = lane](const auto& at) {
    return at.second.lane == number && same(at.second.anchor, step.facility.anchor);
  }));
  return true;
}

Node DoorTrials::junction(const Anchor& anchor) const {
  if (anchor.street == kNoStreet) return kNoNode;
  const Street& street = travel_.network().streets[anchor.street];
  return street.ends[anchor.along_dm * 2 > street.length_dm ? 1 : 0];
}

}  // namespace linli::geo
