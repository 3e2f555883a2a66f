// The skeleton of a street network: its junctions, without dead ends and the bends between them.
// Two thirds of a street network's nodes are bends; ordering the junctions alone costs a third.
#pragma once

#include <vector>

#include "engine/geo/graph.h"

namespace linli::geo {

// Nodes that are no junction stand in `before` of exactly one junction: contracting them just
// before it costs no more arcs than any other time.
struct Skeleton {
  std::vector<Node> junctions;            // node of every junction
  Links links;                            // between junctions, numbered as in `junctions`
  std::vector<std::vector<Node>> chains;  // bends between two junctions, in contraction order
  std::vector<std::pair<uint32_t, uint32_t>> ends;  // the junctions at either end of a chain
  std::vector<uint32_t> tree_first;                 // dead ends that hang on a node: CSR by node
  std::vector<Node> tree;                           // in contraction order
};

Skeleton skeleton_of(const Links& links);

}  // namespace linli::geo
