// From registers and circles to residents and spots.
#pragma once

#include "domain/siting/types.h"
#include "host/services.h"

namespace linli::siting {

// Refuses `siting.nobody` when there is no resident of the group whose home and minutes are known,
// and what Circles::way refuses.
Result<Ground> ground_of(host::Services& services, circles::Circles& circles,
                         const Inquiry& inquiry, time::Instant now);

// At most so many of the spots, spread evenly: one of each square, the first.
std::vector<Spot> thinned(std::vector<Spot> spots, size_t most);

}  // namespace linli::siting
