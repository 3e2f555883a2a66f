#include "engine/indicator/period.h"

#include <algorithm>
#include <charconv>

namespace linli::indicator {
namespace {

// The digits of the whole text as a number, or -1.
int64_t digits(std::string_view text) {
  const bool all = !text.empty() && std::all_of(text.begin(), text.end(),
                                                [](char c) { return c >= '0' && c <= '9'; });
  int64_t number = -1;
  if (all) std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_year(int64_t number) {
  return number >= 1900 && number <= 2199;
}

}  // namespace

Result<Period> parse_period(std::string_view text, time::Date today) {
  const auto bad = refuse(ErrorKind::invalid, "period.bad", std::string(text));
  if (text.empty() || text == "now") {
    return Period{today / 10000 * 100 + 1, month_of(today), "now"};
  }
  const int64_t year = digits(text.substr(0, 4));
  if (!is_year(year)) return bad;
  const Month start = year * 100;
  if (text.size() == 4) return Period{start + 1, start + 12, std::string(text)};
  if (text[4] != '-') return bad;
  const std::string_view rest = text.substr(5);
  if (rest.size() == 2 && rest[0] == 'Q') {
    const int64_t quarter = digits(rest.substr(1));
    if (quarter < 1 || quarter > 4) return bad;
    return Period{start + quarter * 3 - 2, start + quarter * 3, std::string(text)};
  }
  const int64_t number = digits(rest);
  if (rest.size() == 2 && number >= 1 && number <= 12) {
    return Period{start + number, start + number, std::string(text)};
  }
  if (rest.size() == 4 && is_year(number) && number >= year) {
    return Period{start + 1, number * 100 + 12, std::string(text)};
  }
  return bad;
}

Result<int64_t> parse_year(std::string_view text) {
  const int64_t year = text.size() == 4 ? digits(text) : -1;
  if (!is_year(year)) return refuse(ErrorKind::invalid, "period.bad", std::string(text));
  return year;
}

Month next(Month month) {
  return month % 100 == 12 ? month + 89 : month + 1;
}

Month previous(Month month) {
  return month % 100 == 1 ? month - 89 : month - 1;
}

std::string text_of(Month month) {
  const int64_t in_year = month % 100;
  return std::to_string(month / 100) + (in_year < 10 ? "-0" : "-") + std::to_string(in_year);
}

time::Date last_day(Month month) {
  return month * 100 +
         time::days_in_month(static_cast<int>(month / 100), static_cast<int>(month % 100));
}

}  // namespace linli::indicator
