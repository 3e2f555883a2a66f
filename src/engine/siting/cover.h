// Reaching most people: a search where all sites in reach count alike.
//
// Simulated annealing over exchanges of one open site for one near it (S. Kirkpatrick, C. Gelatt,
// M. Vecchi, Science 220, 1983). Many exchanges change little here, so what counts is how many are
// tried: a client is a number of people, a count of open sites in reach and their sum, which
// names the site when it is the only one.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/random.h"
#include "engine/siting/model.h"

namespace linli::siting {

// The best sites found from these, kept ones among them and as many, ascending. Ends at a value of
// `enough`, after so many looks at arcs, or when stopped; `tell` hears of each part of the work
// done (0 to 1). For a model that is covering and has no budget.
std::vector<uint32_t> anneal_cover(const Model& model, const std::vector<uint32_t>& open,
                                   Random& random, double looks, double enough,
                                   const std::stop_token& stop,
                                   const std::function<void(double done, double value)>& tell);

}  // namespace linli::siting
