// A directed network of nodes and arcs, as a compressed sparse row.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/types.h"

namespace linli::geo {

struct Arc {
  Node tail = 0;
  Node head = 0;
  Time time = 0;
};

// The arcs that leave a node, in ascending order of their head.
struct Graph {
  struct Target {
    Node head = 0;
    Time time = 0;
  };
  std::vector<uint32_t> first;  // nodes() + 1 entries
  std::vector<Target> targets;

  Node nodes() const { return static_cast<Node>(first.empty() ? 0 : first.size() - 1); }
  std::span<const Target> from(Node node) const {
    return {targets.data() + first[node], targets.data() + first[node + 1]};
  }
};

// Of parallel arcs the fastest stays; loops and arcs of kNoTime are dropped. Every tail and head
// must be below `nodes`.
Graph make_graph(Node nodes, std::span<const Arc> arcs);
Graph reversed(const Graph& graph);

// Who is joined to whom, in either direction and without times: what an order is computed from.
struct Links {
  std::vector<uint32_t> first;
  std::vector<Node> heads;

  Node nodes() const { return static_cast<Node>(first.empty() ? 0 : first.size() - 1); }
  std::span<const Node> of(Node node) const {
    return {heads.data() + first[node], heads.data() + first[node + 1]};
  }
};

// Both directions of every pair, once each, in ascending order.
Links make_links(Node nodes, std::span<const std::pair<Node, Node>> pairs);

// The number of each node's component (0 …); `sizes` holds the nodes of each.
struct Components {
  std::vector<uint32_t> of;
  std::vector<uint32_t> sizes;
  uint32_t largest = 0;
};
Components components(const Links& links);

}  // namespace linli::geo
