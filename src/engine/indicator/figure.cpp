#include "engine/indicator/figure.h"

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

double constant_of(const NodePtr& node) {
  if (node->op == Op::decimal) return constant_of(node->operands[0]);
  if (node->op == Op::negate) return -constant_of(node->operands[0]);
  if (const auto* whole = std::get_if<int64_t>(&node->value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&node->value);
  return real != nullptr ? *real : 0;
}

// The one operand of a product that is no constant, as deep as it goes; the constants are
// multiplied into `factor`.
NodePtr without_factors(NodePtr node, double& factor) {
  for (;;) {
    if (node->op == Op::decimal) {
      node = node->operands[0];
      continue;
    }
    if (node->op != Op::multiply) return node;
    NodePtr rest;
    double constants = 1;
    for (const NodePtr& operand : node->operands) {
      if (is_constant(operand)) {
        constants *= constant_of(operand);
        continue;
      }
      if (rest) return node;
      rest = operand;
    }
    if (!rest) return node;
    factor *= constants;
    node = rest;
  }
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
  double above = 1;
  double below = 1;
  const NodePtr root = without_factors(expression.root, above);
  if (root->op != Op::divide) return std::nullopt;
  const NodePtr numerator = without_factors(root->operands[0], above);
  const NodePtr denominator = without_factors(root->operands[1], below);
  if (below == 0) return std::nullopt;
  return Fraction{expression_of(numerator), expression_of(denominator), above / below};
}

}  // namespace linli::indicator
