// A figure at one place: the value of a measure's or an indicator's expression, its numerator and
// denominator, and how it stands against a target. Nothing here turns "no data" into zero.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/expr/expression.h"
#include "core/expr/tree.h"
#include "core/time.h"
#include "engine/pack/types.h"

namespace linli::indicator {

// Where the numbers come from; null is "no data".
struct Numbers {
  std::function<Value(const expr::Aggregate&)> counter;
  std::function<Value(std::string_view key)> statistic;
};

std::optional<double> evaluate(const expr::Expression& expression, const Numbers& numbers);

// The two sides of a rate, without constant factors: 100 * a / b has a and b. None when the
// expression is no quotient.
struct Fraction {
  expr::Expression numerator;
  expr::Expression denominator;
};
std::optional<Fraction> fraction_of(const expr::Expression& expression);

enum class Status { no_data, met, on_track, behind };
std::string_view name_of(Status status);

// The target that counts on a day: the next one due, else the last one; null without targets.
const pack::Target* target_on(const pack::Indicator& indicator, time::Date day);
// The day by which it is to be met; of a repeated one, the end of the running year or month.
time::Date due_date(const pack::Target& target, time::Date day);

bool meets(const pack::Indicator& indicator, const pack::Target& target, double value);

// Met, or on track when the value has gone at least the part of the way from the baseline that
// time has (a straight line to the due date), else behind. A repeated target starts each period
// from nothing; one without a baseline starts from nothing with the plan, where more is better.
Status status_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                 std::optional<double> value, time::Date day);
// The part of the way that has been gone, 0 to 1; none without data or a way to measure.
std::optional<double> progress_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                                  std::optional<double> value, time::Date day);

}  // namespace linli::indicator
