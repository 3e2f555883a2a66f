// Sites without capacities: greedy start, exchanges, and small shakes from the best so far.
#pragma once

#include "engine/siting/swaps.h"

namespace linli::siting {

// Begins with what `swaps` has open and leaves it at the best sites found. Ends at a value of
// `enough`, after so many looks at arcs (a hundred million take about half a second), or when
// stopped; `tell` hears of each part of the work done (0 to 1).
void search(const Model& model, Swaps& swaps, Random& random, double looks, double enough,
            const std::stop_token& stop,
            const std::function<void(double done, double value)>& tell);

}  // namespace linli::siting
