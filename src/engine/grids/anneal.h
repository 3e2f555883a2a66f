// Simulated annealing over the units at borders: from any parts to legal ones of little cost.
#pragma once

#include "core/random.h"
#include "engine/grids/parts.h"

namespace linli::grids {

struct Schedule {
  double moves = 1e6;  // tried
  double hot = 1;      // first temperature
  double cold = 0.1;   // last
  double soft = 1;     // first cost of a household too many or too few
  double hard = 10;    // last
};

struct Best {
  std::vector<int32_t> part_of;
  double cost = std::numeric_limits<double>::infinity();  // without the violation
  double violation = 0;
};

// The best of what was seen: least violation first, then least cost.
Best anneal(const Units& units, Parts& parts, Costs costs, const Schedule& schedule, Random& random,
            const std::stop_token& stop, const std::function<void(double done)>& tell);

}  // namespace linli::grids
