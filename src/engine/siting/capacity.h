// Sites with capacities: simulated annealing over who goes where and what is open; where clients
// may be divided, the best sets of sites are then allotted exactly.
#pragma once

#include "engine/siting/model.h"

namespace linli::siting {

struct Allotment {
  double value = 0;
  std::vector<uint32_t> open;  // ascending
  std::vector<Served> served;
};

Allotment allot(const Model& model, bool dividable, const Control& control,
                const std::function<void(double done, double value)>& tell);

}  // namespace linli::siting
