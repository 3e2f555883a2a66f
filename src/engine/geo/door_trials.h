// The times of DoorTimes while facilities come and go and paths open: what a change touches is
// brought up to date, exactly (change.h), and put back.
#pragma once

#include <array>
#include <map>
#include <span>
#include <vector>

#include "engine/geo/change.h"
#include "engine/geo/coverage.h"

namespace linli::geo {

class DoorTrials {
 public:
  // The travel must outlive it. Lanes are those below `lanes`.
  DoorTrials(const Travel& travel, std::span<const LaneFacility> facilities, size_t lanes);

  // As DoorTimes::of, with the changes.
  std::array<LaneTime, kLanes> of(const Anchor& anchor) const;

  // Each is a step. An anchor without a street changes nothing, and is a step all the same.
  void add(const LaneFacility& facility);
  void remove(const LaneFacility& facility);  // one that is there
  // Straight between two junctions, at the profile's speed, both ways.
  void open_path(Node a, Node b);
  // Takes the last step back; false when there is none.
  bool undo();

  // The junction of the anchor's street that is nearer to it; kNoNode without a street.
  Node junction(const Anchor& anchor) const;

 private:
  struct Step {
    enum class Kind { nothing, added, removed, opened };
    Kind kind = Kind::nothing;
    LaneFacility facility = {};
    size_t number = 0;
  };
  Entrances entrances(const Anchor& anchor) const;

  const Travel& travel_;
  std::vector<WhatIf> lanes_;
  std::vector<std::vector<Anchor>> known_;  // by lane: facilities by their number there
  std::multimap<uint32_t, LaneFacility> by_street_;
  std::vector<Step> steps_;
};

}  // namespace linli::geo
