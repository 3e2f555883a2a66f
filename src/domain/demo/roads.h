// Which villages have a road to each other.
#pragma once

#include <utility>
#include <vector>

#include "core/region.h"
#include "domain/demo/frontage.h"

namespace linli::demo {

struct Seat {
  region::Code village;
  Spot at;
};

// Pairs of neighbours (Gabriel: no third one lies in the circle between them); and where these
// leave parts that do not hang together, roads to the seats of the places above join them. `seats`
// in the order of their codes: the first village of a place is its seat.
std::vector<std::pair<size_t, size_t>> roads_between(const std::vector<Seat>& seats);

}  // namespace linli::demo
