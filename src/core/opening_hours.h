// When something is open: the part of OpenStreetMap's `opening_hours` that facilities need.
//
//   hours = "24/7" | rule { ";" rule }
//   rule  = [days] ( spans | "off" | "24/7" )          without days: every day
//   days  = day [ "-" day ] { "," day [ "-" day ] }    Mo Tu We Th Fr Sa Su, and PH alone
//   spans = HH:MM "-" HH:MM { "," … }                  an end before the start is on the next day,
//                                                      so is one up to 48:00
//
// Of several rules for a day the last one holds, as in OpenStreetMap. PH are the days off of the
// calendar; without a rule for PH they are days like others.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/result.h"
#include "core/time.h"

namespace linli {

class OpeningHours {
 public:
  // Refuses `opening_hours.bad`; the detail says what would be right.
  static Result<OpeningHours> parse(std::string_view text);

  struct State {
    bool open = false;
    std::optional<time::Instant> until;  // when that changes; none: not within a month
  };
  State at(const Calendar& calendar, time::Instant instant) const;

  // Hours on a day of an ordinary week on which it opens, the mean of them; 0 when it never does.
  double hours_a_day() const;

  std::string text() const;  // parses to the same again

  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;

 private:
  struct Span {
    int from = 0;  // minutes of the day
    int to = 0;    // behind `from`, up to 48 * 60
    friend bool operator==(const Span&, const Span&) = default;
  };
  struct Rule {
    std::array<bool, 8> days{};  // Monday to Sunday, then public holidays
    std::vector<Span> spans;     // none: off
    friend bool operator==(const Rule&, const Rule&) = default;
  };
  class Reader;

  const std::vector<Span>& spans_of(const Calendar& calendar, time::Date date) const;
  std::vector<Rule> rules_;
};

}  // namespace linli
