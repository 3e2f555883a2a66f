// What no answer can be better than: Lagrangian relaxation of "everybody goes to one site", by
// subgradient steps (Cornuéjols, Fisher and Nemhauser 1977; Beasley 1993).
#pragma once

#include "engine/siting/model.h"

namespace linli::siting {

struct Bound {
  double lower = 0;                 // no answer costs less
  std::vector<uint32_t> sites;      // of all that the relaxation opened, the best as an answer
  std::vector<double> multipliers;  // by client
  std::vector<uint32_t> promising;  // all sites, those first that the multipliers make worth most
};

// `upper` is the value of a known answer, `start` an earlier bound's multipliers or empty. Ends
// when the bound meets `upper`, after `steps`, or when stopped; each multiplier makes a valid
// bound.
Bound lower_bound(const Model& model, double upper, int steps, std::vector<double> start,
                  const std::stop_token& stop);

// The bound that the multipliers prove when `most_open` sites may be opened instead.
double bound_with(const Model& model, const std::vector<double>& multipliers, size_t most_open);

}  // namespace linli::siting
