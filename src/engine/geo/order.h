// The order in which a network's nodes are contracted: nested dissection.
//
// A. George, "Nested Dissection of a Regular Finite Element Mesh", 1973; for road networks
// J. Dibbelt, B. Strasser, D. Wagner, "Customizable Contraction Hierarchies", JEA 2016. A small
// separator goes to the end of the order, the two sides before it, each ordered the same way. The
// order depends on who is joined to whom alone, so one order serves every way to travel.
#pragma once

#include <span>
#include <vector>

#include "core/result.h"
#include "engine/geo/graph.h"

namespace linli::geo {

// order[rank] is a node; each node once. The same network gives the same order. Takes about 10 s
// a million nodes; refuses `geo.stopped` when `progress` asks it to.
Result<std::vector<Node>> nested_dissection(const Links& links, std::span<const Location> at,
                                            const Progress& progress);

// The rank of every node.
std::vector<Node> ranks_of(std::span<const Node> order);

}  // namespace linli::geo
