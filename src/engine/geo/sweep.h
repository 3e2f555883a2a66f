// Travel times from every node to the nearest facility of up to 32 categories at once.
//
// D. Delling, A. Goldberg, A. Nowatzyk, R. Werneck, "PHAST", IPDPS 2011, with many sources and 32
// categories side by side: one line of 64 bytes a node. The climb carries times from facilities to
// higher nodes, the descent from higher nodes to all. Times are LaneTime; results are exact and
// the same on every machine.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "engine/geo/hierarchy.h"
#include "engine/geo/sweep_lanes.h"

namespace linli::geo {

// The hierarchy and one metric, laid out for the sweep. Nodes are ranks.
struct SweepGraph {
  std::vector<uint32_t> first;
  std::vector<SweepArc> arcs;
  Node nodes() const { return static_cast<Node>(first.empty() ? 0 : first.size() - 1); }
};
SweepGraph make_sweep_graph(std::span<const uint32_t> first, std::span<const Node> heads,
                            const Metric& metric);
inline SweepGraph make_sweep_graph(const Hierarchy& hierarchy, const Metric& metric) {
  return make_sweep_graph(hierarchy.first, hierarchy.heads, metric);
}

// A facility at a node, or so late from the facility to the node.
struct LaneSeed {
  Node node = 0;
  uint8_t lane = 0;  // the category, below kLanes
  LaneTime time = 0;
  uint16_t facility = 0;  // its number within the category, below 65 535; where it is asked for
};

// One line a node, aligned, on huge pages where the system has them. Not initialised.
template <class Word>
class Lines {
 public:
  explicit Lines(Node nodes);
  std::span<const Word, kLanes> of(Node node) const {
    return std::span<const Word, kLanes>(data_.get() + size_t{node} * kLanes, kLanes);
  }
  Word* data() { return data_.get(); }
  const Word* data() const { return data_.get(); }
  Node nodes() const { return nodes_; }

 private:
  struct Free {
    void operator()(Word* data) const;
  };
  Node nodes_ = 0;
  std::unique_ptr<Word[], Free> data_;
};
using TimeLines = Lines<LaneTime>;
using NearestLines = Lines<uint32_t>;  // LaneTime in the upper half, the facility in the lower

class Sweep {
 public:
  // The graph must outlive the sweep. The kernel is the best that this machine runs.
  explicit Sweep(const SweepGraph& graph, const LaneKernel& kernel = best_kernel());

  // Times from every node to the nearest seed of each lane, kFar where none is within 136 min.
  void times(std::span<const LaneSeed> seeds, TimeLines& out);
  // The same with the facility that is nearest; of equally near ones the lowest number.
  void nearest(std::span<const LaneSeed> seeds, NearestLines& out);
  // The k nearest facilities, 1 to kMostNearest: line node × k + rank of `out`, which has k lines a
  // node.
  void nearest_k(std::span<const LaneSeed> seeds, uint32_t k, NearestLines& out);

 private:
  template <class Word, class Pass>
  void run(std::span<const LaneSeed> seeds, Lines<Word>& out, Pass pass);

  const SweepGraph& graph_;
  const LaneKernel& kernel_;
  std::vector<uint64_t> touched_;
};

}  // namespace linli::geo
