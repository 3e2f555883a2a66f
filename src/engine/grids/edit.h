// What an officer does on the map: move houses, join grids, part them. Each operation proves that
// every household still has exactly one connected grid, and says the new counts.
#pragma once

#include <span>

#include "engine/grids/divide.h"

namespace linli::grids {

struct Edit {
  Division division;
  std::map<int32_t, double> households;  // of the grids that changed
  std::vector<Fault> faults;  // of these: too few, too many; to be mended by further edits
};

// All refuse grids.unknown_building, grids.unknown_grid, and what would leave a household without a
// grid or cut a grid or a group apart: grids.would_be_cut.

// A number that no grid has makes a new grid.
Result<Edit> move_buildings(const Area& area, const Rule& rule, const Division& division,
                            std::span<const uint32_t> buildings, int32_t to);
// The first keeps its number.
Result<Edit> join(const Area& area, const Rule& rule, const Division& division, int32_t into,
                  int32_t from);
// Into two of about equal size; `fresh` is the number of the new one.
Result<Edit> part(const Area& area, const Rule& rule, const Division& division, int32_t grid,
                  int32_t fresh, const Control& control);

}  // namespace linli::grids
