// The door of the grid engine: draw grids anew, or mend those in force with least change.
#pragma once

#include "core/result.h"
#include "engine/grids/verify.h"

namespace linli::grids {

struct Answer {
  Division division;
  std::vector<Fault> faults;  // what could not be done, such as a house with too many households
  double cut = 0;
  double spread_m = 0;
  double moved = 0;        // rebalance: households whose grid changed
  double moved_least = 0;  // rebalance: no answer that keeps the grids' number moves fewer
  bool stopped = false;
};

// Refuses grids.wrong_rule (a range that holds nothing) and grids.wrong_area (a neighbour that does
// not exist, a number that is none).

// Grids from nothing, numbered from 1 in the order of their first building.
Result<Answer> divide(const Area& area, const Rule& rule, const Control& control);
// As many grids as `before` has where that can be, each with its number, so that every grid is in
// range and as few households as possible get another grid. A new grid gets a number above all
// others; new buildings (kNone) join a neighbour.
Result<Answer> rebalance(const Area& area, const Rule& rule, const Division& before,
                         const Control& control);

// Gives every building without a grid that of a neighbour, or of the next building where no
// neighbour has one.
void place_new(const Area& area, Division& division);

}  // namespace linli::grids
