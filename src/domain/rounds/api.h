// Rounds of mobile services: planned as a computation, published, read by residents.
#pragma once

#include "domain/circles/api.h"
#include "domain/rounds/types.h"
#include "host/computation.h"

namespace linli::rounds {

// The villages that are to be served. Refuses `round.no_stops` when there is none with a known
// home, and what Circles::coverage refuses.
Result<std::vector<Halt>> halts_of(host::Services& services, circles::Circles& circles,
                                   const Inquiry& inquiry, time::Instant now);

// Minutes from each to each; 0 is the base, halt n is n + 1. `by_distance` is set when some are by
// the straight line.
std::vector<std::vector<double>> minutes_between(const circles::Way& way, places::Point base,
                                                 const std::vector<Halt>& halts, bool& by_distance);

// Refuses what read_inquiry, halts_of and plan refuse.
Result<json::Value> plan_round(host::Services& services, circles::Circles& circles, host::Run& run);

// Makes an answer the timetable in force, beside others.
Round publish(db::Tx& tx, const host::Computation& planned, Round round);
// Refuses `round.not_found` and `round.withdrawn`.
Result<Round> withdraw(db::Tx& tx, std::string_view id, time::Instant now);

struct Coming {
  Round round;
  RoundVisit visit;
  time::Date day = 0;
};
// What comes to a village, the soonest first; each visit of a timetable once.
std::vector<Coming> coming_to(db::Tx& tx, region::Code village, time::Instant now);

}  // namespace linli::rounds
