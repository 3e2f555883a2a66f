#include "core/calendar.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace linli {

namespace {

constexpr int64_t kMaxCount = 100'000;

time::Instant length_of(Duration::Unit unit) {
  switch (unit) {
    case Duration::Unit::minute:
      return time::kMinute;
    case Duration::Unit::hour:
      return time::kHour;
    case Duration::Unit::day:
      break;
  }
  return time::kDay;
}

bool is_unit(std::string_view word, Duration::Unit& unit) {
  if (word.ends_with('s')) word.remove_suffix(1);
  if (word == "minute")
    unit = Duration::Unit::minute;
  else if (word == "hour")
    unit = Duration::Unit::hour;
  else if (word == "day")
    unit = Duration::Unit::day;
  else
    return false;
  return true;
}

// Calls `span(from, to)` for each worked span that ends after `start`, in order, until it
// returns true.
template <class Visit>
void each_span(const Calendar& calendar, time::Instant start, Visit&& visit) {
  for (time::Date day = time::date_of(start);; day = time::add_days(day, 1)) {
    if (!calendar.is_working_day(day)) continue;
    const time::Instant midnight = time::start_of(day);
    for (const Calendar::Span& span : calendar.spans) {
      const time::Instant from = midnight + span.from_minute * time::kMinute;
      const time::Instant to = midnight + span.to_minute * time::kMinute;
      if (to > start && visit(std::max(from, start), to)) return;
    }
  }
}

time::Instant add_worked(const Calendar& calendar, time::Instant start, time::Instant left) {
  time::Instant end = start;
  each_span(calendar, start, [&](time::Instant from, time::Instant to) {
    end = std::min(to, from + left);
    left -= end - from;
    return left == 0;
  });
  return end;
}

time::Instant add_worked_days(const Calendar& calendar, time::Instant start, int64_t days) {
  each_span(calendar, start, [&](time::Instant from, time::Instant) {
    start = from;
    return true;
  });
  time::Date day = time::date_of(start);
  const time::Instant in_day = start - time::start_of(day);
  while (days > 0) {
    day = time::add_days(day, 1);
    if (calendar.is_working_day(day)) --days;
  }
  return time::start_of(day) + in_day;
}

}  // namespace

bool Calendar::is_working_day(time::Date date) const {
  return time::weekday(date) < 5 ? !holidays.contains(date) : workdays.contains(date);
}

int Calendar::working_minutes_a_day() const {
  int minutes = 0;
  for (const Span& span : spans) minutes += span.to_minute - span.from_minute;
  return minutes;
}

Result<Duration> Duration::parse(std::string_view text) {
  const std::vector<std::string> words = text::split(text, ' ');
  Duration out;
  out.working = words.size() == 3 && words[1] == "working";
  const std::string& number = words.front();
  const char* end = number.data() + number.size();
  const bool counted = std::from_chars(number.data(), end, out.count).ptr == end && out.count > 0 &&
                       out.count <= kMaxCount;
  if (words.size() != (out.working ? 3U : 2U) || !counted || !is_unit(words.back(), out.unit)) {
    return refuse(ErrorKind::invalid, "duration.bad", std::string(text));
  }
  return out;
}

namespace calendar {

time::Instant add(const Calendar& calendar, time::Instant start, const Duration& length) {
  if (length.count == 0) return start;
  const time::Instant whole = length.count * length_of(length.unit);
  // Without working hours there would be no end: every hour counts.
  if (!length.working || calendar.working_minutes_a_day() == 0) return start + whole;
  return length.unit == Duration::Unit::day ? add_worked_days(calendar, start, length.count)
                                            : add_worked(calendar, start, whole);
}

time::Instant working_between(const Calendar& calendar, time::Instant from, time::Instant to) {
  if (calendar.working_minutes_a_day() == 0) return std::max<time::Instant>(to - from, 0);
  time::Instant worked = 0;
  each_span(calendar, from, [&](time::Instant begin, time::Instant end) {
    worked += std::max<time::Instant>(std::min(end, to) - begin, 0);
    return end >= to;
  });
  return worked;
}

}  // namespace calendar

}  // namespace linli
