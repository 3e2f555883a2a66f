// Dividing a community into grids: buildings with households, who is whose neighbour, and the rule
// (GRID-01, GRID-02). A division gives every building one grid, so every household has exactly one.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace linli::grids {

inline constexpr int32_t kNone = -1;

struct Building {
  double x = 0;  // metres, in any flat projection
  double y = 0;
  double households = 0;
  // Buildings of one estate, courtyard or villagers' group have the same number and stay together.
  int64_t group = kNone;
};

// Two neighbouring buildings. The weight is what a border between them costs: much inside a block,
// less across a residential street, little across a main road, a railway or a river.
struct Neighbours {
  uint32_t a = 0;
  uint32_t b = 0;
  double weight = 1;
};

struct Area {
  std::vector<Building> buildings;
  std::vector<Neighbours> neighbours;
};

// The local rule: households in a grid. Where villagers' groups are the grids, sizes do not count.
struct Rule {
  double least = 300;
  double most = 500;
  bool groups_are_grids = false;
};

// The number of its grid for each building: any numbers, in the order of the buildings.
using Division = std::vector<int32_t>;

struct Control {
  uint64_t seed = 1;
  double effort = 1;         // 1 is enough for a town
  double compactness = 0.8;  // what round grids count beside borders along streets
  std::stop_token stop = {};
  std::function<void(double done)> progress = {};
};

}  // namespace linli::grids
