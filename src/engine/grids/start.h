// A first division by METIS (Karypis and Kumar): k parts of about equal households, connected,
// with little weight of borders. It may break the range; annealing mends that.
#pragma once

#include "engine/grids/units.h"

namespace linli::grids {

// `imbalance` in thousandths: 200 lets a part have a fifth more than the mean. Parts are numbered
// from 0; each connected component of the area is divided on its own.
struct Start {
  std::vector<int32_t> part_of;
  size_t count = 0;
};
Start divide_by_metis(const Units& units, double households_each, int imbalance, int seed);

}  // namespace linli::grids
