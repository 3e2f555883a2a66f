// The cheapest way to serve clients that may be divided: a transportation problem, solved exactly
// by successive shortest paths over the open sites.
#pragma once

#include "engine/siting/model.h"

namespace linli::siting {

struct Transport {
  double value = 0;  // with the opening costs
  std::vector<Served> served;
};

// Quick as long as sites have room; a client who finds the nearest full takes a search over the
// sites.
Transport transport(const Model& model, const std::vector<uint32_t>& open);

}  // namespace linli::siting
