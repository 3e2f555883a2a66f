#include "engine/workflow/clock.h"

#include <algorithm>

namespace linli::workflow {
namespace {

int64_t length_of(const Calendar& calendar, const Duration& within) {
  switch (within.unit) {
    case Duration::Unit::minute:
      return within.count * time::kMinute;
    case Duration::Unit::hour:
      return within.count * time::kHour;
    case Duration::Unit::day:
      return within.working ? within.count * calendar.working_minutes_a_day() * time::kMinute
                            : within.count * time::kDay;
  }
  return 0;
}

int64_t elapsed(const Calendar& calendar, const Duration& within, time::Instant from,
                time::Instant to) {
  if (to <= from) return 0;
  return within.working ? calendar::working_between(calendar, from, to) : to - from;
}

// Whole minutes, rounded up: a pause never takes time away from those who handle.
time::Instant after(const Calendar& calendar, const Duration& within, time::Instant from,
                    int64_t length) {
  const int64_t minutes = (std::max<int64_t>(length, 0) + time::kMinute - 1) / time::kMinute;
  return calendar::add(calendar, from, Duration{minutes, Duration::Unit::minute, within.working});
}

int64_t used_by(const Calendar& calendar, const Duration& within, const Clock& clock,
                time::Instant now) {
  if (clock.paused_at) return clock.used;
  return clock.used + elapsed(calendar, within, clock.running_since, now);
}

}  // namespace

Clock start_clock(const Calendar& calendar, const std::optional<Duration>& within,
                  time::Instant now) {
  Clock clock;
  clock.started_at = now;
  clock.running_since = now;
  if (within) clock.due_at = calendar::add(calendar, now, *within);
  return clock;
}

Clock pause_clock(const Calendar& calendar, const Duration& within, Clock clock,
                  const std::string& reason, std::optional<time::Instant> until,
                  time::Instant now) {
  clock.used = used_by(calendar, within, clock, now);
  clock.paused_at = now;
  clock.paused_until = until;
  clock.reason = reason;
  clock.due_at.reset();
  return clock;
}

Clock resume_clock(const Calendar& calendar, const Duration& within, Clock clock,
                   time::Instant now) {
  clock.running_since = now;
  clock.paused_at.reset();
  clock.paused_until.reset();
  clock.reason.clear();
  clock.due_at = after(calendar, within, now, length_of(calendar, within) - clock.used);
  return clock;
}

int used_percent(const Calendar& calendar, const Duration& within, const Clock& clock,
                 time::Instant now) {
  const int64_t length = length_of(calendar, within);
  if (length <= 0) return 0;
  const int64_t percent = used_by(calendar, within, clock, now) * 100 / length;
  return static_cast<int>(std::min<int64_t>(percent, 9999));
}

time::Instant instant_of_percent(const Calendar& calendar, const Duration& within,
                                 const Clock& clock, int percent) {
  return after(calendar, within, clock.running_since,
               length_of(calendar, within) / 100 * percent - clock.used);
}

}  // namespace linli::workflow
