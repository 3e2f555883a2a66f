// The stretch of time that a figure is asked for: 2025-03, 2025-Q1, 2025, 2021-2025 or now.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace linli::indicator {

using Month = int64_t;  // yyyymm

// From the first to the last month, both included. "now" is this year up to today, and what
// stands today.
struct Period {
  Month first = 0;
  Month last = 0;
  std::string text;
  friend bool operator==(const Period&, const Period&) = default;
};

// Refuses `period.bad`.
Result<Period> parse_period(std::string_view text, time::Date today);

// 1900 to 2199; refuses `period.bad`.
Result<int64_t> parse_year(std::string_view text);

inline Month month_of(time::Date date) {
  return date / 100;
}
Month next(Month month);
Month previous(Month month);
std::string text_of(Month month);  // 2025-03
time::Date last_day(Month month);

}  // namespace linli::indicator
