// Instants are UTC microseconds since 1970. Dates are the integer yyyymmdd in the platform's zone:
// they sort, a month is date / 100, and whole years between two are one subtraction, in C++, SQL
// and TypeScript alike.
//
// Linli's zone is China Standard Time, UTC+8 without daylight saving since 1992; figures of a
// day, month or year are cut there. Only Clock reads the machine's clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace linli::time {

using Instant = int64_t;  // microseconds, UTC
using Date = int64_t;     // yyyymmdd, in the zone

inline constexpr Instant kSecond = 1'000'000;
inline constexpr Instant kMinute = 60 * kSecond;
inline constexpr Instant kHour = 60 * kMinute;
inline constexpr Instant kDay = 24 * kHour;
inline constexpr Instant kZoneOffset = 8 * kHour;

Instant now();  // the one place that asks the machine

struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;
};

Date date_of(Instant instant);
Instant start_of(Date date);  // midnight in the zone
CivilDate civil(Date date);
Date from_civil(CivilDate civil);  // must be a real date
bool is_real(CivilDate civil);
int weekday(Date date);  // 0 Monday … 6 Sunday
Date add_days(Date date, int64_t days);
int64_t days_between(Date from, Date to);
// Whole years from birth to the day, as a person counts: 29 February turns on 1 March.
constexpr int64_t years_between(Date from, Date to) {
  return (to - from) / 10000;
}
int days_in_month(int year, int month);
Date add_months(Date date, int months);  // the day is cut to the month's length

std::string format(Instant instant);  // RFC 3339, UTC: 2025-03-01T08:30:00Z, fraction if any
std::string format_date(Date date);   // 2025-03-01
Result<Instant> parse(std::string_view text);    // RFC 3339 with any offset; `time.bad_instant`
Result<Date> parse_date(std::string_view text);  // `time.bad_date`

}  // namespace linli::time
