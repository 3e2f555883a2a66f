// From sites and who goes there to an answer that says why each site is in it.
#pragma once

#include "engine/siting/capacity.h"

namespace linli::siting {

// All but the value and the bound.
Answer explain(const Question& question, const Model& model, const Allotment& found);
// Everybody at the nearest open site.
Allotment nearest_of(const Model& model, const std::vector<uint32_t>& open);

}  // namespace linli::siting
