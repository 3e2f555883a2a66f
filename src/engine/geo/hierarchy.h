// The contraction hierarchy of a network, and the times on it for one way to travel.
//
// J. Dibbelt, B. Strasser, D. Wagner, "Customizable Contraction Hierarchies", ACM JEA 21, 2016.
// Nodes are numbered by their rank here: contracting node 0 first joins all its higher neighbours
// with each other, and so on. Which arcs that makes does not depend on times, so one hierarchy
// serves every way to travel; customising it takes milliseconds.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/graph.h"

namespace linli::geo {

// The upward arcs of every node, heads ascending. The first is its parent in the elimination tree.
struct Hierarchy {
  std::vector<uint32_t> first;
  std::vector<Node> heads;

  Node nodes() const { return static_cast<Node>(first.empty() ? 0 : first.size() - 1); }
};

// `links` are between ranks.
Hierarchy contract(const Links& links);

// Of each upward arc of the hierarchy the times in both directions; kNoTime: not that way.
struct Metric {
  std::vector<Time> up;    // from the lower to the higher node
  std::vector<Time> down;  // from the higher to the lower node
};

// Basic customisation: after it every shortest path has one that climbs and then descends. Every
// arc's ends must be ranks that `links` joined.
Metric customise(std::span<const uint32_t> first, std::span<const Node> heads,
                 std::span<const Arc> arcs);
inline Metric customise(const Hierarchy& hierarchy, std::span<const Arc> arcs) {
  return customise(hierarchy.first, hierarchy.heads, arcs);
}

// Times between two nodes by climbing the elimination tree from both. Keeps scratch memory.
class PathSearch {
 public:
  // Both must outlive the search.
  PathSearch(const Hierarchy& hierarchy, const Metric& metric);
  Time time_between(Node from, Node to);  // kNoTime: no path

 private:
  const Hierarchy& hierarchy_;
  const Metric& metric_;
  std::vector<Time> from_;
  std::vector<Time> to_;
};

}  // namespace linli::geo
