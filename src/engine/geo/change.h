// What if: a facility more, one less, one elsewhere, a path opened. The times to the nearest
// facility of one category are brought up to date where they change, exactly, and put back.
//
// A change that shortens ways is a search from the place of change that goes on only where times
// improve. One that lengthens them takes away what depended on it (along arcs whose times add up)
// and fills the gap from its border; G. Ramalingam, T. Reps, J. Algorithms 21, 1996.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "engine/geo/search.h"

namespace linli::geo {

// A facility as the network sees it: where it is entered, and how late.
using Entrances = std::vector<Seed>;

class WhatIf {
 public:
  // `away` are arcs as they are travelled, `towards` the same reversed; both must outlive this.
  WhatIf(const Graph& away, const Graph& towards, std::vector<Entrances> facilities);

  // Time from every node to the nearest facility; kNoTime: none can be reached.
  const std::vector<Time>& times() const { return times_; }

  // Each is a step. A facility's number is its place in the constructor's list, new ones follow.
  size_t add(Entrances facility);
  void remove(size_t facility);
  void move(size_t facility, Entrances to);
  // A new path; kNoTime: not that way.
  void open_path(Node a, Node b, Time forward, Time back);

  // Takes the last step back; false when there is none.
  bool undo();
  // The nodes whose time the last step changed (some twice).
  std::span<const std::pair<Node, Time>> touched() const;

 private:
  struct Step {
    std::vector<std::pair<Node, Time>> before;  // in the order of writing
    size_t facility = 0;
    Entrances entrances;  // of the facility before the step
    bool added = false;
    bool opened = false;
  };
  struct Path {
    Node tail, head;
    Time time;
  };
  template <class Visit>
  void each_towards(Node node, Visit visit) const;  // arcs of `towards` with opened paths
  template <class Visit>
  void each_away(Node node, Visit visit) const;
  void set(Node node, Time time);
  void improve(Node node, Time time);
  void spread();
  void take_away(const Entrances& gone);

  const Graph& away_;
  const Graph& towards_;
  std::vector<Entrances> facilities_;
  std::multimap<Node, Time> entrances_;  // of all facilities that are there
  std::vector<Path> paths_;              // as travelled
  std::vector<Time> times_;
  std::vector<Step> steps_;
  BucketQueue queue_;
  std::vector<bool> in_region_;
};

}  // namespace linli::geo
