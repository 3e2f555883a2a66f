#include "core/time.h"

#include <algorithm>
#include <chrono>

namespace linli::time {

namespace {

using std::chrono::sys_days;

std::chrono::year_month_day ymd(CivilDate civil) {
  return {std::chrono::year(civil.year), std::chrono::month(static_cast<unsigned>(civil.month)),
          std::chrono::day(static_cast<unsigned>(civil.day))};
}

int64_t days_of(Date date) {
  return sys_days(ymd(civil(date))).time_since_epoch().count();
}

Date date_from_days(int64_t days) {
  const std::chrono::year_month_day date{sys_days(std::chrono::days(days))};
  return int64_t{static_cast<int>(date.year())} * 10000 +
         static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
}

int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::string padded(int64_t number, size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

// Reads exactly `count` digits at the front of `text`, then drops them.
bool take_digits(std::string_view& text, size_t count, int& out) {
  if (text.size() < count) return false;
  out = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text, CivilDate& out) {
  return take_digits(text, 4, out.year) && take(text, "-") && take_digits(text, 2, out.month) &&
         take(text, "-") && take_digits(text, 2, out.day) && is_real(out);
}

// ".5", up to nine digits, as microseconds; no fraction is zero.
bool take_fraction(std::string_view& text, int64_t& micros) {
  micros = 0;
  if (!take(text, ".")) return true;
  size_t digits = 0;
  int64_t unit = kSecond / 10;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 9) {
    micros += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
    ++digits;
  }
  return digits > 0;
}

bool take_offset(std::string_view& text, int64_t& offset) {
  offset = 0;
  if (take(text, "Zz")) return true;
  const int64_t sign = text.starts_with('-') ? -1 : 1;
  int hours = 0;
  int minutes = 0;
  if (!take(text, "+-") || !take_digits(text, 2, hours) || !take(text, ":") ||
      !take_digits(text, 2, minutes) || hours > 23 || minutes > 59) {
    return false;
  }
  offset = sign * (hours * kHour + minutes * kMinute);
  return true;
}

}  // namespace

Instant now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Date date_of(Instant instant) {
  return date_from_days(floor_div(instant + kZoneOffset, kDay));
}

Instant start_of(Date date) {
  return days_of(date) * kDay - kZoneOffset;
}

CivilDate civil(Date date) {
  return {static_cast<int>(date / 10000), static_cast<int>(date / 100 % 100),
          static_cast<int>(date % 100)};
}

Date from_civil(CivilDate civil) {
  return int64_t{civil.year} * 10000 + civil.month * 100 + civil.day;
}

bool is_real(CivilDate civil) {
  return civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 &&
         civil.day >= 1 && civil.day <= days_in_month(civil.year, civil.month);
}

int weekday(Date date) {
  return static_cast<int>(std::chrono::weekday(sys_days(ymd(civil(date)))).iso_encoding()) - 1;
}

Date add_days(Date date, int64_t days) {
  return date_from_days(days_of(date) + days);
}

int64_t days_between(Date from, Date to) {
  return days_of(to) - days_of(from);
}

int days_in_month(int year, int month) {
  const auto last = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                    std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Date add_months(Date date, int months) {
  const CivilDate from = civil(date);
  const int64_t count = int64_t{from.year} * 12 + from.month - 1 + months;
  CivilDate to{static_cast<int>(floor_div(count, 12)), 1, from.day};
  to.month = static_cast<int>(count - int64_t{to.year} * 12) + 1;
  to.day = std::min(to.day, days_in_month(to.year, to.month));
  return from_civil(to);
}

std::string format(Instant instant) {
  const int64_t days = floor_div(instant, kDay);
  const int64_t in_day = instant - days * kDay;
  std::string out = format_date(date_from_days(days)) + 'T' + padded(in_day / kHour, 2) + ':' +
                    padded(in_day % kHour / kMinute, 2) + ':' +
                    padded(in_day % kMinute / kSecond, 2);
  if (const int64_t micros = in_day % kSecond; micros != 0) {
    std::string fraction = padded(micros, 6);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    out += '.' + fraction;
  }
  return out + 'Z';
}

std::string format_date(Date date) {
  const CivilDate parts = civil(date);
  return padded(parts.year, 4) + '-' + padded(parts.month, 2) + '-' + padded(parts.day, 2);
}

Result<Instant> parse(std::string_view text) {
  std::string_view rest = text;
  CivilDate date;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int64_t micros = 0;
  int64_t offset = 0;
  if (!take_date(rest, date) || !take(rest, "Tt ") || !take_digits(rest, 2, hour) ||
      !take(rest, ":") || !take_digits(rest, 2, minute) || !take(rest, ":") ||
      !take_digits(rest, 2, second) || !take_fraction(rest, micros) || !take_offset(rest, offset) ||
      !rest.empty() || hour > 23 || minute > 59 || second > 59) {
    return refuse(ErrorKind::invalid, "time.bad_instant", std::string(text));
  }
  return days_of(from_civil(date)) * kDay + hour * kHour + minute * kMinute + second * kSecond +
         micros - offset;
}

Result<Date> parse_date(std::string_view text) {
  std::string_view rest = text;
  CivilDate date;
  if (!take_date(rest, date) || !rest.empty()) {
    return refuse(ErrorKind::invalid, "time.bad_date", std::string(text));
  }
  return from_civil(date);
}

}  // namespace linli::time
