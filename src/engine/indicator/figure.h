// A figure at one place: the value of a measure's or an indicator's expression, its numerator and
// denominator. Nothing here turns "no data" into zero.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "core/expr/expression.h"
#include "core/expr/tree.h"

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
  double factor = 1;  // the figure is factor · numerator / denominator
};
std::optional<Fraction> fraction_of(const expr::Expression& expression);

}  // namespace linli::indicator
