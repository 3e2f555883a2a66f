// Checks a division from the beginning, knowing nothing of how it was made, and measures it.
#pragma once

#include <map>

#include "engine/grids/types.h"

namespace linli::grids {

enum class FaultKind {
  without_grid,  // a building has none: its households are in no grid
  too_few,       // households, for the rule
  too_many,
  cut_apart,  // a grid is not connected
  group_cut   // an estate, courtyard or villagers' group is in several grids
};

struct Fault {
  FaultKind kind = FaultKind::without_grid;
  int32_t grid = kNone;
  int64_t group = kNone;
  double households = 0;
};

// What is wrong with the division under the rule; empty when it is right.
std::vector<Fault> faults_of(const Area& area, const Rule& rule, const Division& division);

std::map<int32_t, double> households_of(const Area& area, const Division& division);
// The weights of all borders between grids.
double cut_of(const Area& area, const Division& division);
// Mean metres from a household to the centre of its grid.
double spread_of(const Area& area, const Division& division);
// Households whose grid is another one than before.
double moved_between(const Area& area, const Division& before, const Division& after);

}  // namespace linli::grids
