#include "domain/circles/turns.h"

#include <algorithm>

#include "core/expr/tree.h"
#include "domain/circles/facts.h"

namespace linli::circles {

namespace {

using expr::Op;

constexpr int64_t kYear = 10'000;  // in a date

// The anniversary of a date in a year; of 29 February, 1 March where there is none.
time::Date anniversary(time::Date date, int64_t year) {
  const time::Date there = year * kYear + date % kYear;
  return time::is_real(time::civil(there)) ? there : year * kYear + 301;
}

}  // namespace

Turns::Turns(const pack::Content& content) : content_(content) {
  for (const pack::ResidentGroup& group : content.groups) {
    if (group.value.uses_today) read(*group.value.root);
  }
}

void Turns::read(const expr::Node& node) {
  if (node.op == Op::today) daily_ = true;
  if (node.op == Op::label) labels_ = true;
  if (node.op == Op::years_between) {
    const expr::Node& a = *node.operands[0];
    const expr::Node& b = *node.operands[1];
    const bool since = b.op == Op::today && a.op == Op::variable;
    const bool until = a.op == Op::today && b.op == Op::variable;
    if (since || until) {
      const size_t date = since ? a.variable : b.variable;
      if (std::find(dates_.begin(), dates_.end(), date) == dates_.end()) dates_.push_back(date);
      return;
    }
  }
  for (const auto& operand : node.operands) read(*operand);
}

std::optional<time::Date> Turns::next(const host::Change::Side& person, time::Date day) const {
  std::vector<time::Date> days;
  for (const size_t variable : dates_) {
    const auto* date = variable < person.values->size()
                           ? std::get_if<int64_t>(&(*person.values)[variable])
                           : nullptr;
    if (date == nullptr) continue;
    for (const int64_t year : {day / kYear, day / kYear + 1}) {
      const time::Date then = anniversary(*date, year);
      days.push_back(then);
      days.push_back(time::add_days(then, 1));  // years until a date to come end a day later
    }
  }
  if (labels_ && person.labels != nullptr) {
    for (const host::HeldLabel& held : *person.labels) {
      days.push_back(held.from);
      if (held.to) days.push_back(*held.to);
    }
  }
  std::sort(days.begin(), days.end());
  const time::Date last = time::add_days(day, kHorizonDays);
  const uint64_t now = groups_of(content_, person, day);
  for (const time::Date then : days) {
    if (then > day && then <= last && groups_of(content_, person, then) != now) return then;
  }
  return std::nullopt;
}

}  // namespace linli::circles
