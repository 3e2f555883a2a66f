// A city question on real streets: 404 060 corners of Moscow, who walks to which candidate by the
// map engine, 32 candidates in a sweep.
#pragma once

#include "support/instances.h"

namespace linli::bench {

// `roads` holds nodes.gz and edges.gz. What the sweeps take is measured apart from reading
// the streets and from building the hierarchy, which a city keeps in a file.
struct City {
  Instance instance;
  double reach_seconds = 0;
};
City moscow(const std::string& roads, size_t candidates, uint64_t seed);

}  // namespace linli::bench
