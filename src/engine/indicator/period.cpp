#include "engine/indicator/period.h"

#include <algorithm>
#include <array>
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

std::string two(int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// From the first day of one month to the last of another.
Period months(Month first, Month last, std::string text) {
  return {first * 100 + 1, last_day(last), std::move(text)};
}

Period ten_days(Month month, int64_t which) {
  const time::Date start = month * 100;
  return {start + which * 10 - 9, which == 3 ? last_day(month) : start + which * 10,
          text_of(month) + "-D" + std::to_string(which)};
}

// A part of a year: 12 / parts months long.
Period part_of_year(int64_t year, int64_t parts, int64_t which) {
  const int64_t length = 12 / parts;
  const Month last = year * 100 + which * length;
  return months(last - length + 1, last,
                std::to_string(year) + (parts == 4 ? "-Q" : "-H") + std::to_string(which));
}

Period year_period(int64_t year) {
  return months(year * 100 + 1, year * 100 + 12, std::to_string(year));
}

Period day_period(time::Date day) {
  return {day, day, time::format_date(day)};
}

std::optional<Period> relative(std::string_view text, time::Date today) {
  if (text.empty() || text == "now") return Period{today / 10000 * 10000 + 101, today, "now"};
  if (text == "today") return day_period(today);
  if (text == "yesterday") return day_period(time::add_days(today, -1));
  if (text.rfind("since_", 0) == 0) {
    const int64_t year = digits(text.substr(6));
    if (!is_year(year) || year >= today / 10000) return std::nullopt;
    return Period{(year + 1) * 10000 + 101, today, std::string(text)};
  }
  if (text.rfind("this_", 0) == 0) return period_around(text.substr(5), today);
  if (text.rfind("last_", 0) != 0) return std::nullopt;
  const auto running = period_around(text.substr(5), today);
  if (!running) return std::nullopt;
  return period_around(text.substr(5), time::add_days(running->from, -1));
}

// What stands after the year and its dash.
std::optional<Period> in_year(int64_t year, std::string_view rest) {
  const int64_t number = digits(rest);
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    const int64_t parts = rest[0] == 'Q' ? 4 : 2;
    const int64_t which = digits(rest.substr(1));
    if (which >= 1 && which <= parts) return part_of_year(year, parts, which);
    return std::nullopt;
  }
  if (rest.size() == 4 && is_year(number) && number >= year) {
    return months(year * 100 + 1, number * 100 + 12,
                  std::to_string(year) + "-" + std::to_string(number));
  }
  const int64_t in = digits(rest.substr(0, 2));
  if (in < 1 || in > 12) return std::nullopt;
  const Month month = year * 100 + in;
  if (rest.size() == 2) return month_period(month);
  if (rest.size() != 5 || rest[2] != '-') return std::nullopt;
  if (rest[3] == 'D') {
    const int64_t which = digits(rest.substr(4));
    if (which >= 1 && which <= 3) return ten_days(month, which);
    return std::nullopt;
  }
  const int64_t day = digits(rest.substr(3));
  const time::CivilDate date{static_cast<int>(year), static_cast<int>(in), static_cast<int>(day)};
  if (day < 1 || !time::is_real(date)) return std::nullopt;
  return day_period(month * 100 + day);
}

}  // namespace

std::optional<Period> period_around(std::string_view kind, time::Date day) {
  const Month month = month_of(day);
  const int64_t year = day / 10000;
  const int64_t in_year = month % 100;
  if (kind == "ten_days") return ten_days(month, std::min<int64_t>(3, (day % 100 - 1) / 10 + 1));
  if (kind == "month") return month_period(month);
  if (kind == "quarter") return part_of_year(year, 4, (in_year - 1) / 3 + 1);
  if (kind == "half_year") return part_of_year(year, 2, (in_year - 1) / 6 + 1);
  if (kind == "year") return year_period(year);
  return std::nullopt;
}

Result<Period> parse_period(std::string_view text, time::Date today) {
  if (const auto found = relative(text, today)) return *found;
  const int64_t year = digits(text.substr(0, 4));
  std::optional<Period> found;
  if (is_year(year) && text.size() == 4) found = year_period(year);
  if (is_year(year) && text.size() > 5 && text[4] == '-') found = in_year(year, text.substr(5));
  if (!found) return refuse(ErrorKind::invalid, "period.bad", std::string(text));
  return *found;
}

Result<int64_t> parse_year(std::string_view text) {
  const int64_t year = text.size() == 4 ? digits(text) : -1;
  if (!is_year(year)) return refuse(ErrorKind::invalid, "period.bad", std::string(text));
  return year;
}

Period month_period(Month month) {
  return months(month, month, text_of(month));
}

std::string to_iso(const Period& period) {
  const std::string start = time::format_date(period.from) + "/P";
  const time::Date after = time::add_days(period.to, 1);
  const int64_t count =
      (after / 10000 - period.from / 10000) * 12 + (after / 100 % 100 - period.from / 100 % 100);
  if (period.from % 100 == 1 && after % 100 == 1) {
    return count % 12 == 0 ? start + std::to_string(count / 12) + "Y"
                           : start + std::to_string(count) + "M";
  }
  return start + std::to_string(time::days_between(period.from, after)) + "D";
}

Result<Period> from_iso(std::string_view text) {
  const auto bad = refuse(ErrorKind::invalid, "period.bad", std::string(text));
  const size_t slash = text.find("/P");
  if (slash != 10 || text.size() < 14 || text.size() > 17) return bad;
  const time::Date from = TRY(time::parse_date(text.substr(0, 10)));
  const int64_t count = digits(text.substr(12, text.size() - 13));
  if (count < 1 || count > 1200 || !is_year(from / 10000)) return bad;
  const char unit = text.back();
  time::Date after = 0;
  if (unit == 'Y') after = time::add_months(from, static_cast<int>(count * 12));
  if (unit == 'M') after = time::add_months(from, static_cast<int>(count));
  if (unit == 'D') after = time::add_days(from, count);
  if (after == 0) return bad;
  const Period wanted{from, time::add_days(after, -1), ""};
  // The period that is just as long and begins on that day.
  for (const std::string_view kind : {"ten_days", "month", "quarter", "half_year", "year"}) {
    const Period found = *period_around(kind, from);
    if (found.from == wanted.from && found.to == wanted.to) return found;
  }
  if (wanted.from == wanted.to) return day_period(from);
  if (from % 10000 == 101 && wanted.to % 10000 == 1231) {
    return months(month_of(from), month_of(wanted.to),
                  std::to_string(from / 10000) + "-" + std::to_string(wanted.to / 10000));
  }
  return bad;
}

std::vector<std::pair<Code, Code>> codes_of(const Period& period) {
  std::vector<std::pair<Code, Code>> codes;
  time::Date from = period.from;
  if (from % 100 != 1) {
    const time::Date end = std::min(period.to, last_day(month_of(from)));
    codes.emplace_back(from, end);
    from = time::add_days(end, 1);
  }
  if (from > period.to) return codes;
  const bool whole = period.to == last_day(month_of(period.to));
  const Month last = whole ? month_of(period.to) : previous(month_of(period.to));
  if (last >= month_of(from)) {
    codes.emplace_back(month_of(from), last);
    from = next(last) * 100 + 1;
  }
  if (from <= period.to) codes.emplace_back(from, period.to);
  return codes;
}

std::optional<Code> end_code(time::Date day) {
  if (day == last_day(month_of(day))) return month_of(day);
  if (day % 100 == 10 || day % 100 == 20) return day;
  if (time::weekday(day) == 6) return kWeekEnd;
  return std::nullopt;
}

time::Date week_end_before(time::Date day) {
  return time::add_days(day, -time::weekday(day) - 1);
}

time::Date next_end(time::Date day) {
  time::Date end = time::add_days(day, 1);
  while (!end_code(end)) end = time::add_days(end, 1);
  return end;
}

Month next(Month month) {
  return month % 100 == 12 ? month + 89 : month + 1;
}

Month previous(Month month) {
  return month % 100 == 1 ? month - 89 : month - 1;
}

std::string text_of(Month month) {
  return std::to_string(month / 100) + "-" + two(month % 100);
}

time::Date last_day(Month month) {
  return month * 100 +
         time::days_in_month(static_cast<int>(month / 100), static_cast<int>(month % 100));
}

}  // namespace linli::indicator
