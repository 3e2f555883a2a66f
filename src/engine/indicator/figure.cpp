#include "engine/indicator/figure.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace linli::indicator {
namespace {

using expr::Node;
using expr::Op;
using NodePtr = std::shared_ptr<const Node>;

expr::Expression expression_of(const NodePtr& node) {
  return {.source = expr::to_text(*node), .type = node->type, .root = node};
}

bool is_constant(const NodePtr& node) {
  if (node->op == Op::decimal || node->op == Op::negate) return is_constant(node->operands[0]);
  return node->op == Op::literal;
}

// The one operand of a product that is no constant, as deep as it goes.
NodePtr without_factors(NodePtr node) {
  for (;;) {
    if (node->op == Op::decimal) {
      node = node->operands[0];
      continue;
    }
    if (node->op != Op::multiply) return node;
    NodePtr rest;
    for (const NodePtr& operand : node->operands) {
      if (is_constant(operand)) continue;
      if (rest) return node;
      rest = operand;
    }
    if (!rest) return node;
    node = rest;
  }
}

// Where a target's way begins: a value at a day.
struct Start {
  double value = 0;
  time::Date day = 0;
};

std::optional<Start> start_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                              const pack::Target& target, time::Date day) {
  if (target.repeat == "yearly") return Start{0, day / 10000 * 10000 + 101};
  if (target.repeat == "monthly") return Start{0, day / 100 * 100 + 1};
  const pack::Baseline* latest = nullptr;
  for (const pack::Baseline& baseline : indicator.baselines) {
    if (baseline.value && (latest == nullptr || baseline.year > latest->year)) latest = &baseline;
  }
  if (latest != nullptr) return Start{*latest->value, int64_t{latest->year} * 10000 + 1231};
  if (!indicator.higher_is_better || plan.first_year == 0) return std::nullopt;
  return Start{0, int64_t{plan.first_year} * 10000 + 101};
}

}  // namespace

std::optional<double> evaluate(const expr::Expression& expression, const Numbers& numbers) {
  const Value value = expr::evaluate(
      expression, {.record = nullptr, .figure = numbers.counter, .statistic = numbers.statistic});
  if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&value);
  if (real == nullptr || !std::isfinite(*real)) return std::nullopt;
  return *real;
}

std::optional<Fraction> fraction_of(const expr::Expression& expression) {
  const NodePtr root = without_factors(expression.root);
  if (root->op != Op::divide) return std::nullopt;
  return Fraction{expression_of(without_factors(root->operands[0])),
                  expression_of(without_factors(root->operands[1]))};
}

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 4> kNames = {"no_data", "met", "on_track", "behind"};
  return kNames.at(static_cast<size_t>(status));
}

time::Date due_date(const pack::Target& target, time::Date day) {
  if (target.repeat == "monthly") {
    const int year = static_cast<int>(day / 10000);
    return day / 100 * 100 + time::days_in_month(year, static_cast<int>(day / 100 % 100));
  }
  if (target.repeat == "yearly") return day / 10000 * 10000 + 1231;
  return target.due != 0 ? target.due : int64_t{target.year} * 10000 + 1231;
}

const pack::Target* target_on(const pack::Indicator& indicator, time::Date day) {
  const pack::Target* next = nullptr;
  const pack::Target* last = nullptr;
  for (const pack::Target& target : indicator.targets) {
    const time::Date due = due_date(target, day);
    if (due >= day && (next == nullptr || due < due_date(*next, day))) next = &target;
    if (last == nullptr || due > due_date(*last, day)) last = &target;
  }
  return next != nullptr ? next : last;
}

bool meets(const pack::Indicator& indicator, const pack::Target& target, double value) {
  const double slack = 1e-9 * std::max(1.0, std::abs(target.value));
  switch (target.comparator) {
    case pack::Comparator::at_least:
      return value >= target.value - slack;
    case pack::Comparator::more_than:
      return value > target.value + slack;
    case pack::Comparator::at_most:
      return value <= target.value + slack;
    case pack::Comparator::less_than:
      return value < target.value - slack;
    case pack::Comparator::equal:  // a bare number is reached, not hit
      return indicator.higher_is_better ? value >= target.value - slack
                                        : value <= target.value + slack;
    case pack::Comparator::between:
      return value >= target.value - slack && value <= target.upper.value_or(target.value) + slack;
  }
  return false;
}

Status status_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                 std::optional<double> value, time::Date day) {
  if (!value) return Status::no_data;
  const pack::Target* target = target_on(indicator, day);
  if (target == nullptr) return Status::no_data;
  if (meets(indicator, *target, *value)) return Status::met;
  const time::Date due = due_date(*target, day);
  const std::optional<Start> start = start_of(indicator, plan, *target, day);
  if (!start || day >= due || target->comparator == pack::Comparator::between) {
    return Status::behind;
  }
  const double whole = static_cast<double>(time::days_between(start->day, due));
  const double gone = static_cast<double>(time::days_between(start->day, day));
  if (whole <= 0) return Status::behind;
  const double part = std::clamp(gone / whole, 0.0, 1.0);
  const double expected = start->value + (target->value - start->value) * part;
  const bool on_track = indicator.higher_is_better ? *value >= expected : *value <= expected;
  return on_track ? Status::on_track : Status::behind;
}

std::optional<double> progress_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                                  std::optional<double> value, time::Date day) {
  const pack::Target* target = target_on(indicator, day);
  if (!value || target == nullptr) return std::nullopt;
  if (meets(indicator, *target, *value)) return 1.0;
  const std::optional<Start> start = start_of(indicator, plan, *target, day);
  if (!start || target->comparator == pack::Comparator::between) return std::nullopt;
  const double way = target->value - start->value;
  if (way == 0) return std::nullopt;
  return std::clamp((*value - start->value) / way, 0.0, 1.0);
}

}  // namespace linli::indicator
