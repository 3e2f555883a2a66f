// What an exchange takes out and brings in.
#pragma once

#include <string>
#include <vector>

#include "domain/plans/exchange.h"
#include "domain/plans/views.h"
#include "host/actor.h"

namespace linli::plans {

// Computed values of the plans' indicators (of one plan, or of all), what was reported for the
// period and for parts of it, and, for a whole year, statistics, of a place and, when asked, of its
// children; by plan, place, period, indicator.
std::vector<ExchangedValue> values_to_exchange(const Scene& scene, std::string_view plan,
                                               Code place, bool children,
                                               const indicator::Period& period);

struct Differing {  // what a file says and the records do not
  ExchangedValue given;
  std::optional<double> computed;
};
struct BroughtIn {
  int64_t saved = 0;   // reported values and statistics
  int64_t agreed = 0;  // computed values that the records confirm
  std::vector<Differing> differing;
  std::vector<ExchangeError> errors;  // also of rows the actor may not write
};
// Saves reported values and statistics where the actor may; holds computed values against the
// records. Row errors: those of reading, access.denied, indicator.unknown, indicator.wrong_period,
// statistic.unknown, place.not_found, exchange.not_a_year.
BroughtIn bring_in(const Scene& scene, const Exchanged& given, const host::Actor& actor,
                   time::Instant now);

}  // namespace linli::plans
