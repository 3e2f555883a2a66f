#include "engine/indicator/counter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace linli::indicator {
namespace {

using region::Level;

constexpr const char* kOpenedOn = "opened_on";

// The kinds under which places are counted.
const std::map<std::string_view, Level>& place_kinds() {
  static const std::map<std::string_view, Level> kinds = {
      {"community", Level::village}, {"township", Level::township}, {"county", Level::county}};
  return kinds;
}

// A derived field is summed by its meaning, so that a new meaning is another counter.
std::string text_of(const expr::Aggregate& aggregate) {
  return aggregate.value ? aggregate.text + " of " + expr::to_text(*aggregate.value)
                         : aggregate.text;
}

std::optional<size_t> position(const expr::Scope& scope, std::string_view name) {
  for (size_t i = 0; i < scope.variables.size(); ++i) {
    if (scope.variables[i].name == name && scope.variables[i].derived.empty()) return i;
  }
  return std::nullopt;
}

std::shared_ptr<const expr::Aggregate> count_all(const std::string& kind) {
  auto all = std::make_shared<expr::Aggregate>();
  all->kind = kind;
  all->text = "count(" + kind + ")";
  return all;
}

}  // namespace

int64_t number_of(std::string_view key) {
  uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char byte : key) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211U;
  }
  return static_cast<int64_t>(hash & std::numeric_limits<int64_t>::max());
}

// An aggregate and every field by which some measure keeps it apart.
struct Book::Wanted {
  std::shared_ptr<const expr::Aggregate> aggregate;
  std::set<std::string> by;
  bool nested = false;
};

Book::Book(const pack::Content& content) {
  std::map<std::string, Wanted> wanted;
  std::vector<std::string> order;  // nested ones before those that ask them
  const auto want = [&](const auto& self, const std::shared_ptr<const expr::Aggregate>& aggregate,
                        const std::vector<std::string>& by, bool nested) -> void {
    for (const auto& inner : aggregate->nested) self(self, inner, {}, true);
    const std::string text = text_of(*aggregate);
    Wanted& entry = wanted[text];
    if (!entry.aggregate) order.push_back(text);
    entry.aggregate = aggregate;
    entry.by.insert(by.begin(), by.end());
    entry.nested = entry.nested || nested;
    if (content.find_register(aggregate->kind) != nullptr) {
      const auto all = count_all(aggregate->kind);
      if (wanted.emplace(all->text, Wanted{all, {}, false}).second) order.push_back(all->text);
    }
  };
  for (const pack::Measure& measure : content.measures) {
    for (const auto& aggregate : expr::aggregates(measure.value)) {
      want(want, aggregate, measure.by, false);
    }
  }
  for (const pack::Indicator& indicator : content.indicators) {
    if (!indicator.value) continue;
    for (const auto& aggregate : expr::aggregates(*indicator.value)) {
      want(want, aggregate, {}, false);
    }
  }
  for (const pack::Standard& standard : content.standards) {
    if (!standard.of_places()) continue;
    for (const auto* side : {&standard.minimum, &standard.maximum}) {
      if (!*side) continue;
      for (const auto& aggregate : expr::aggregates(**side)) want(want, aggregate, {}, false);
    }
    for (const auto& aggregate : expr::aggregates(standard.value)) {
      want(want, aggregate, {}, false);
    }
  }
  for (const pack::Check& check : content.checks) {
    for (const expr::Expression* figure : {&check.of, &check.wrong}) {
      for (const auto& aggregate : expr::aggregates(*figure)) want(want, aggregate, {}, false);
    }
  }
  for (const std::string& text : order) add(content, wanted.at(text));
}

const Counter* Book::add(const pack::Content& content, const Wanted& wanted) {
  auto counter = std::make_unique<Counter>();
  counter->aggregate = wanted.aggregate;
  const std::string text = text_of(*wanted.aggregate);
  counter->key = text;
  const expr::Scope* scope = nullptr;
  const std::string& kind = wanted.aggregate->kind;
  if (const auto level = place_kinds().find(kind); level != place_kinds().end()) {
    counter->kind = Counter::Kind::places;
    counter->level = level->second;
    for (const auto& nested : wanted.aggregate->nested) {
      counter->nested.push_back(by_text_.at(text_of(*nested)));
    }
  } else if (const pack::CaseKind* cases = content.case_kind(kind)) {
    counter->kind = Counter::Kind::flow;
    counter->in_total = wanted.nested;
    counter->opened_on = position(cases->scope, kOpenedOn).value();
    scope = &cases->scope;
    counter->key += " by day";
    if (wanted.nested) counter->key += " in total";
  } else if (const pack::Register* held = content.find_register(kind)) {
    scope = &held->scope;
    if (text == "count(" + kind + ")") presence_[kind] = counter.get();
  }
  for (const std::string& field : wanted.by) {
    const auto variable = scope != nullptr ? position(*scope, field) : std::nullopt;
    if (!variable) continue;
    counter->by.push_back({field, *variable});
    counter->key += " by " + field;
  }
  by_text_[text] = counter.get();
  counters_.push_back(std::move(counter));
  return counters_.back().get();
}

const Counter* Book::find(const expr::Aggregate& aggregate) const {
  const auto found = by_text_.find(text_of(aggregate));
  return found == by_text_.end() ? nullptr : found->second;
}

const Counter* Book::presence(std::string_view register_key) const {
  const auto found = presence_.find(register_key);
  return found == presence_.end() ? nullptr : found->second;
}

std::string start_of_dimension(const std::string& field, bool of_days) {
  return (of_days ? "day " : "") + field + "=";
}

void add_needs(const Counter& counter, expr::Needs& needs) {
  const expr::Aggregate& aggregate = *counter.aggregate;
  if (aggregate.condition) needs.add(*aggregate.condition);
  if (aggregate.value) needs.add(*aggregate.value);
  for (const Counter::Split& split : counter.by) needs.variables.insert(split.field);
  if (counter.kind == Counter::Kind::flow) needs.variables.insert(kOpenedOn);
}

std::vector<Share> shares(const Counter& counter, const expr::Record& record, time::Date day) {
  const expr::Aggregate& aggregate = *counter.aggregate;
  const expr::Run run{.record = &record, .today = day};
  if (aggregate.condition && !expr::holds(*aggregate.condition, run)) return {};
  int64_t value = kMillion;
  if (aggregate.op == expr::Aggregate::Op::sum) {
    const Value term = expr::evaluate(*aggregate.value, run);
    if (const auto* whole = std::get_if<int64_t>(&term)) {
      value = *whole * kMillion;
    } else if (const auto* real = std::get_if<double>(&term)) {
      value = std::llround(*real * static_cast<double>(kMillion));
    } else {
      return {};
    }
  }
  std::vector<Code> periods;
  if (counter.in_total) periods.push_back(0);
  if (counter.kind == Counter::Kind::flow) {
    const Value opened = record.get(counter.opened_on);
    if (const auto* date = std::get_if<int64_t>(&opened)) {
      periods.push_back(month_of(*date));
      periods.push_back(*date);
    }
  }
  std::vector<Share> parts;
  for (const Code period : periods) {
    parts.push_back({"", period, value});
    for (const Counter::Split& split : counter.by) {
      const Value word = record.get(split.variable);
      std::string dimension = start_of_dimension(split.field, is_day(period));
      if (const auto* text = std::get_if<std::string>(&word)) dimension += *text;
      if (const auto* number = std::get_if<int64_t>(&word)) dimension += std::to_string(*number);
      parts.push_back({std::move(dimension), period, value});
    }
  }
  return parts;
}

int64_t share(const Counter& counter, const expr::Record& place, time::Date day,
              const std::function<Value(const expr::Aggregate&)>& figure) {
  const auto& condition = counter.aggregate->condition;
  const expr::Run run{.record = &place, .today = day, .figure = figure};
  return !condition || expr::holds(*condition, run) ? kMillion : 0;
}

Value shown(const expr::Aggregate& aggregate, int64_t value) {
  const bool whole = aggregate.op == expr::Aggregate::Op::count ||
                     (aggregate.value && aggregate.value->type == expr::Type::integer);
  if (whole) return value / kMillion;
  return static_cast<double>(value) / static_cast<double>(kMillion);
}

}  // namespace linli::indicator
