// How long residents take to spots: by the streets, 32 spots at once; by the straight line where
// either has no street.
#pragma once

#include <stop_token>

#include "domain/siting/types.h"

namespace linli::siting {

// For each of the ground's spots which of its origins reach it within `slack` times their limit.
// Marks spots and ground that were reckoned by the straight line. Spots that were not looked at
// when it was stopped are reached by nobody.
Reach reach_of(Ground& ground, float slack, const std::stop_token& stop,
               const std::function<void(double done)>& tell);

}  // namespace linli::siting
