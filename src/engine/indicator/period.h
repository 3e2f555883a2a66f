// The stretch of time that a figure is asked for.
//
//   day 2025-03-01 · ten days (旬) 2025-03-D1 … D3 · month 2025-03 · quarter 2025-Q1
//   half-year 2025-H1 · year 2025 · plan period, or any years together 2021-2025
//   relative: now (this year up to today), today, yesterday, and this_ or last_ before ten_days,
//   month, quarter, half_year or year; since_2020 (from the base year's end up to today)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace linli::indicator {

using Month = int64_t;  // yyyymm

// From the first to the last day, both included. "now" and "since_…" also ask what stands today.
struct Period {
  time::Date from = 0;
  time::Date to = 0;
  std::string text;
  friend bool operator==(const Period&, const Period&) = default;
};

// Refuses `period.bad`. A relative period gets the text of what it stands for, but for "now" and
// "since_…".
Result<Period> parse_period(std::string_view text, time::Date today);
// 1900 to 2199; refuses `period.bad`.
Result<int64_t> parse_year(std::string_view text);

Period month_period(Month month);
// The ten_days, month, quarter, half_year or year that a day lies in; none for another kind.
std::optional<Period> period_around(std::string_view kind, time::Date day);

// As ISO 8601 writes it in ADX: 2025-01-01/P3M. The other way refuses `period.bad` for a stretch
// that no period has.
std::string to_iso(const Period& period);
Result<Period> from_iso(std::string_view text);

// How kept numbers name their time: what is summed has a code for each month (yyyymm) and each day
// (yyyymmdd); what stands is kept at the ends of months (yyyymm), of the first two ten days
// (yyyymmdd) and, until the next one has passed, of the last week (kWeekEnd).
using Code = int64_t;
// The codes that together are the period: whole months as months, the rest as days; inclusive.
std::vector<std::pair<Code, Code>> codes_of(const Period& period);
inline bool is_day(Code code) {
  return code > 9'999'999;
}
inline constexpr Code kWeekEnd = 1;
// The code of what stood at the end of a day; none when it is not kept.
std::optional<Code> end_code(time::Date day);
// The last Sunday before a day.
time::Date week_end_before(time::Date day);
// The next day after `day` whose end is kept.
time::Date next_end(time::Date day);

inline Month month_of(time::Date date) {
  return date / 100;
}
Month next(Month month);
Month previous(Month month);
std::string text_of(Month month);  // 2025-03
time::Date last_day(Month month);

}  // namespace linli::indicator
