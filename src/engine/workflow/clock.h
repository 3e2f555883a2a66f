// The arithmetic of a stage's time limit: start, stop, go on, and when a share of it is used.
#pragma once

#include <optional>

#include "core/calendar.h"
#include "engine/workflow/types.h"

namespace linli::workflow {

Clock start_clock(const Calendar& calendar, const std::optional<Duration>& within,
                  time::Instant now);
Clock pause_clock(const Calendar& calendar, const Duration& within, Clock clock,
                  const std::string& reason, std::optional<time::Instant> until, time::Instant now);
Clock resume_clock(const Calendar& calendar, const Duration& within, Clock clock,
                   time::Instant now);
// How much of the limit is used, in percent; beyond 100 when late.
int used_percent(const Calendar& calendar, const Duration& within, const Clock& clock,
                 time::Instant now);
// When the running clock reaches the percentage.
time::Instant instant_of_percent(const Calendar& calendar, const Duration& within,
                                 const Clock& clock, int percent);

}  // namespace linli::workflow
