// Working time: which days are worked and from when to when, with China's adjusted holidays.
#pragma once

#include <set>
#include <vector>

#include "core/time.h"

namespace linli {

// Weekdays are Monday to Friday unless a date stands in `holidays`; weekends are worked when they
// stand in `workdays` (调休). Spans are minutes of the day, ascending, not overlapping.
struct Calendar {
  struct Span {
    int from_minute = 0;
    int to_minute = 0;
  };
  std::set<time::Date> holidays;
  std::set<time::Date> workdays;
  std::vector<Span> spans = {{9 * 60, 12 * 60}, {14 * 60, 18 * 60}};
  std::set<int> known_years;  // years whose holidays were published; others count weekends only

  bool is_working_day(time::Date date) const;
  int working_minutes_a_day() const;
};

// A length of time as packs write it: "30 working minutes", "4 working hours", "5 working days",
// "7 days", "2 hours". A working day is working_minutes_a_day of the calendar.
struct Duration {
  enum class Unit { minute, hour, day };
  int64_t count = 0;
  Unit unit = Unit::hour;
  bool working = false;
  static Result<Duration> parse(std::string_view text);  // refuses with `duration.bad`
};

namespace calendar {
// The instant at which `length` has run out, counting from `start`. Outside working time a working
// clock stands still; "5 working days" ends at the same time of day five worked days later.
time::Instant add(const Calendar& calendar, time::Instant start, const Duration& length);
// Worked microseconds in [from, to).
time::Instant working_between(const Calendar& calendar, time::Instant from, time::Instant to);
}  // namespace calendar

}  // namespace linli
