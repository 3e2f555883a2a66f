// Dijkstra's algorithm with a binary heap: the plain oracle that everything faster must equal.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/graph.h"

namespace linli::geo {

// Where a search begins and how late: a facility on an edge has one at either end.
struct Seed {
  Node node = 0;
  Time time = 0;
};

// The time from the nearest seed to every node along `graph`; kNoTime where there is no path. For
// times *towards* facilities pass the reversed graph.
std::vector<Time> dijkstra(const Graph& graph, std::span<const Seed> seeds);

}  // namespace linli::geo
