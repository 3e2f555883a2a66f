#include "core/opening_hours.h"

#include <algorithm>

namespace linli {

namespace {

constexpr std::array<std::string_view, 8> kDays = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"};
constexpr size_t kHoliday = 7;
constexpr int kDayMinutes = 24 * 60;
constexpr int kLookDays = 31;
constexpr size_t kMostRules = 20;
constexpr size_t kMostSpans = 8;

std::string clock_text(int minutes) {
  std::string text;
  for (const int part : {minutes / 60, minutes % 60}) {
    text += part < 10 ? "0" + std::to_string(part) : std::to_string(part);
    if (text.size() == 2) text += ":";
  }
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += between;
    all += part;
  }
  return all;
}

}  // namespace

// Reads from the front; what is left is always what was not understood yet.
class OpeningHours::Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<OpeningHours> read() {
    OpeningHours hours;
    do {
      skip();
      if (rest_.empty() && !hours.rules_.empty()) break;  // a last semicolon
      if (hours.rules_.size() == kMostRules) return wrong("fewer rules");
      hours.rules_.push_back(TRY(rule()));
    } while (take(";"));
    if (!rest_.empty()) return wrong("`;` between rules");
    return hours;
  }

 private:
  static tl::unexpected<Refusal> wrong(std::string_view expected) {
    return refuse(ErrorKind::invalid, "opening_hours.bad", std::string(expected));
  }

  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  bool take(std::string_view word) {
    skip();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::optional<size_t> day() {
    for (size_t i = 0; i < kDays.size(); ++i) {
      if (take(kDays[i])) return i;
    }
    return std::nullopt;
  }

  std::optional<int> number(int most) {
    size_t digits = 0;
    int value = 0;
    while (digits < 2 && digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      value = value * 10 + (rest_[digits++] - '0');
    }
    if (digits == 0 || value > most) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  Result<int> clock() {
    skip();
    const auto hour = number(48);
    const bool colon = hour && rest_.starts_with(':');
    if (colon) rest_.remove_prefix(1);
    const auto minute = colon ? number(59) : std::nullopt;
    if (!minute || *hour * 60 + *minute > 2 * kDayMinutes) return wrong("a time as in 08:30");
    return *hour * 60 + *minute;
  }

  Result<Span> span() {
    Span made;
    made.from = TRY(clock());
    if (!take("-")) return wrong("a span as in 08:00-18:00");
    made.to = TRY(clock());
    if (made.from >= kDayMinutes) return wrong("a start before 24:00");
    if (made.to <= made.from) made.to += kDayMinutes;
    if (made.to > 2 * kDayMinutes) return wrong("an end by 48:00");
    return made;
  }

  Result<Rule> rule() {
    Rule made;
    bool named = false;
    do {
      const auto first = day();
      if (!first && !named) break;
      if (!first) return wrong("a day: Mo Tu We Th Fr Sa Su PH");
      named = true;
      made.days[*first] = true;
      if (*first == kHoliday || !take("-")) continue;
      const auto last = day();
      if (!last || *last == kHoliday) return wrong("a last day as in Mo-Fr");
      for (size_t at = *first; at != *last; at = (at + 1) % kHoliday) made.days[at] = true;
      made.days[*last] = true;
    } while (take(","));
    if (!named) {
      made.days.fill(true);
      made.days[kHoliday] = false;  // days like others
    }
    if (take("off") || take("closed")) return made;
    if (take("24/7")) {
      made.spans = {{0, kDayMinutes}};
      return made;
    }
    do {
      if (made.spans.size() == kMostSpans) return wrong("fewer spans a day");
      made.spans.push_back(TRY(span()));
    } while (take(","));
    return made;
  }

  std::string_view rest_;
};

Result<OpeningHours> OpeningHours::parse(std::string_view text) {
  return Reader(text).read();
}

const std::vector<OpeningHours::Span>& OpeningHours::spans_of(const Calendar& calendar,
                                                              time::Date date) const {
  static const std::vector<Span> kOff;
  const auto weekday = static_cast<size_t>(time::weekday(date));
  const bool holiday = calendar.holidays.contains(date);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->days[weekday] || (holiday && rule->days[kHoliday])) return rule->spans;
  }
  return kOff;
}

OpeningHours::State OpeningHours::at(const Calendar& calendar, time::Instant instant) const {
  // Times of a month from yesterday on, joined where they touch.
  std::vector<std::pair<time::Instant, time::Instant>> open;
  const time::Date today = time::date_of(instant);
  for (int i = -1; i <= kLookDays; ++i) {
    const time::Date day = time::add_days(today, i);
    for (const Span& span : spans_of(calendar, day)) {
      const time::Instant midnight = time::start_of(day);
      open.emplace_back(midnight + span.from * time::kMinute, midnight + span.to * time::kMinute);
    }
  }
  std::sort(open.begin(), open.end());
  const time::Instant end = time::start_of(time::add_days(today, kLookDays));
  time::Instant until = instant;
  for (const auto& [from, to] : open) {
    if (to <= until) continue;
    if (from > until) {
      if (until == instant) return {false, from};
      break;
    }
    until = to;
  }
  if (until == instant) return {false, std::nullopt};
  return {true, until < end ? std::optional(until) : std::nullopt};
}

double OpeningHours::hours_a_day() const {
  const Calendar ordinary;
  const time::Date monday = 20240101;
  int minutes = 0;
  int days = 0;
  for (int i = 0; i < 7; ++i) {
    std::vector<Span> spans = spans_of(ordinary, time::add_days(monday, i));
    if (spans.empty()) continue;
    ++days;
    std::sort(spans.begin(), spans.end(), [](auto& a, auto& b) { return a.from < b.from; });
    int counted = 0;
    for (const Span& span : spans) {
      minutes += std::max(span.to - std::max(span.from, counted), 0);
      counted = std::max(counted, span.to);
    }
  }
  return days == 0 ? 0 : std::min(minutes / 60.0 / days, 24.0);
}

std::string OpeningHours::text() const {
  std::vector<std::string> rules;
  for (const Rule& rule : rules_) {
    std::vector<std::string> days;
    for (size_t from = 0; from < kDays.size(); ++from) {
      if (!rule.days[from]) continue;
      size_t to = from;
      while (from < kHoliday && to + 1 < kHoliday && rule.days[to + 1]) ++to;
      days.emplace_back(kDays[from]);
      if (to > from) days.back() += (to > from + 1 ? "-" : ",") + std::string(kDays[to]);
      from = to;
    }
    std::vector<std::string> spans;
    for (const Span& span : rule.spans) {
      spans.push_back(clock_text(span.from) + "-" + clock_text(span.to));
    }
    rules.push_back(joined(days, ",") + " " + (spans.empty() ? "off" : joined(spans, ",")));
  }
  return joined(rules, "; ");
}

}  // namespace linli
