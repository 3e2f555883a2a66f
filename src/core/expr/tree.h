// The typed tree of an expression: what the back ends walk. Only the checker makes it, so every
// node's operands already have the types that its operation wants.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"

namespace linli::expr {

enum class Op {
  literal,  // value
  today,
  variable,  // by position in the scope
  label,     // does the record carry the label today
  all,       // and
  any,       // or
  invert,    // not
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,  // the first operand among the other, literal ones
  known,
  unknown,
  has,  // choices, literal choice
  add,
  subtract,
  multiply,
  divide,
  negate,   // decimals
  decimal,  // an integer as a decimal
  years_between,
  days_between,
  month_of,
  coalesce,
  min,
  max,
  abs,
  round,
  choose,  // if(condition, then, else)
  contains,
  starts_with,
  aggregate,
  statistic,
};
std::string_view name_of(Op op);

struct Node {
  Op op = Op::literal;
  Type type = Type::boolean;
  std::vector<std::shared_ptr<const Node>> operands;
  Value value;          // of a literal
  size_t variable = 0;  // its position in the scope
  std::string name;     // of a variable, label or statistic
  std::shared_ptr<const Aggregate> aggregate;
};

// count(kind where condition) or sum(kind.field where condition).
struct Aggregate {
  enum class Op { count, sum };
  Op op = Op::count;
  std::string kind;                     // a register, a case kind or a level of places
  std::string field;                    // of sum
  std::optional<Expression> value;      // of sum: the field, also a derived one, over the kind
  std::optional<Expression> condition;  // none: all
  std::string text;                     // canonical: equal text means equal figure
  bool uses_today = false;
  // The aggregates inside the condition, only where `kind` is a level of places.
  std::vector<std::shared_ptr<const Aggregate>> nested;
};

// The outermost aggregates of an expression, each text once, in order of appearance.
std::vector<std::shared_ptr<const Aggregate>> aggregates(const Expression& expression);
// The keys of the statistics it reads outside of aggregates.
std::vector<std::string> statistics(const Expression& expression);

// The expression in canonical words: derived names resolved, one spelling for each meaning;
// compiles again to the same tree.
std::string to_text(const Node& node);
inline std::string to_text(const Expression& expression) {
  return to_text(*expression.root);
}

}  // namespace linli::expr
