// Who is in reach of what: pure computation over facts and streets.
#pragma once

#include <vector>

#include "domain/circles/streets.h"
#include "domain/circles/types.h"
#include "engine/pack/types.h"

namespace linli::circles {

// Facilities in service within so many seconds of the point, the nearest first.
std::vector<Reached> in_reach(const Way& way, const std::vector<Facility>& facilities,
                              places::Point from, double seconds);

// The facilities with a trial's changes made. Refuses `circle.nothing_to_close`.
Result<std::vector<Facility>> after(std::vector<Facility> facilities,
                                    const std::vector<Trial>& trials);

// Of every village how many residents have each need of the circle in reach. A need that asks for
// several of a kind is met when the nearest is in reach: how many more there are is not asked.
// The villages must outlive the answer.
std::vector<VillageCircle> evaluate(const Way& way, const pack::Circle& circle,
                                    const std::vector<Village>& villages,
                                    const std::vector<Facility>& facilities);

}  // namespace linli::circles
