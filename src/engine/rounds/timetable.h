// From tours to published times: the direction of each tour is chosen so that a stop is served at
// about the same time on all its days.
#pragma once

#include "engine/rounds/tours.h"

namespace linli::rounds {

Answer timetable_of(const Question& question, const Tours& tours);

}  // namespace linli::rounds
