#include "core/expr/sql.h"

#include <stdexcept>

#include "core/expr/tree.h"

namespace linli::expr {
namespace {

class Writer {
 public:
  Writer(const SqlNames& names, time::Date today, std::vector<Value>& params)
      : names_(names), today_(today), params_(params) {}

  std::string write(const Node& node) {
    switch (node.op) {
      case Op::literal:
        return literal(node);
      case Op::today:
        return parameter(today_, "BIGINT");
      case Op::variable:
        return node.type == Type::boolean ? "(" + names_.column(node.variable) + " <> 0)"
                                          : names_.column(node.variable);
      case Op::label:
        return names_.label(node.name, params_);
      case Op::all:
        return joined(node, " AND ");
      case Op::any:
        return joined(node, " OR ");
      case Op::invert:
        return "(NOT " + part(node, 0) + ")";
      case Op::equal:
        return joined(node, " = ");
      case Op::not_equal:
        return joined(node, " <> ");
      case Op::less:
        return joined(node, " < ");
      case Op::less_equal:
        return joined(node, " <= ");
      case Op::greater:
        return joined(node, " > ");
      case Op::greater_equal:
        return joined(node, " >= ");
      case Op::in:
        return "(" + part(node, 0) + " IN (" + rest(node) + "))";
      case Op::not_in:
        return "(" + part(node, 0) + " NOT IN (" + rest(node) + "))";
      case Op::known:
        return "(" + part(node, 0) + " IS NOT NULL)";
      case Op::unknown:
        return "(" + part(node, 0) + " IS NULL)";
      case Op::coalesce:
        return "COALESCE(" + part(node, 0) + ", " + rest(node) + ")";
      case Op::choose: {
        const std::string condition = part(node, 0);
        const std::string yes = part(node, 1);
        return "(CASE WHEN " + condition + " THEN " + yes + " ELSE " + part(node, 2) + " END)";
      }
      default:
        return computed(node);
    }
  }

 private:
  std::string computed(const Node& node) {
    const std::string a = part(node, 0);
    const bool has_word = node.op == Op::has;
    const std::string b = node.operands.size() > 1 && !has_word ? part(node, 1) : "";
    switch (node.op) {
      case Op::has: {
        const std::string word =
            parameter("|" + std::get<std::string>(node.operands[1]->value) + "|", "TEXT");
        return "(replace(" + a + ", " + word + ", '') <> " + a + ")";
      }
      case Op::contains:  // every text contains the empty one, which replace() does not see
        return "((" + b + " = '' AND " + a + " = " + a + ") OR replace(" + a + ", " + b +
               ", '') <> " + a + ")";
      case Op::starts_with:
        return "(substr(" + a + ", 1, length(" + b + ")) = " + b + ")";
      case Op::decimal:
        return "CAST(" + a + " AS DOUBLE PRECISION)";
      case Op::add:
        return "(" + a + " + " + b + ")";
      case Op::subtract:
        return "(" + a + " - " + b + ")";
      case Op::multiply:
        return "(" + a + " * " + b + ")";
      case Op::divide:
        return "(" + a + " / NULLIF(" + b + ", 0))";
      case Op::negate:
        return "(0 - " + a + ")";
      case Op::abs:
        return "abs(" + a + ")";
      case Op::round:
        return "floor(" + a + " + 0.5)";
      case Op::min:
        return "(CASE WHEN " + a + " <= " + b + " THEN " + a + " WHEN " + b + " < " + a + " THEN " +
               b + " END)";
      case Op::max:
        return "(CASE WHEN " + a + " >= " + b + " THEN " + a + " WHEN " + b + " > " + a + " THEN " +
               b + " END)";
      case Op::years_between:
        return "((" + b + " - " + a + ") / 10000)";
      case Op::days_between:
        return "(" + day_number(b) + " - " + day_number(a) + ")";
      case Op::month_of:
        return "(" + a + " / 100)";
      default:
        throw std::logic_error("an aggregate has no SQL of its own");
    }
  }

  std::string part(const Node& node, size_t index) { return write(*node.operands[index]); }

  std::string joined(const Node& node, const char* operation) {
    std::string text = "(" + part(node, 0);
    for (size_t i = 1; i < node.operands.size(); ++i) text += operation + part(node, i);
    return text + ")";
  }

  std::string rest(const Node& node) {
    std::string text = part(node, 1);
    for (size_t i = 2; i < node.operands.size(); ++i) text += ", " + part(node, i);
    return text;
  }

  std::string literal(const Node& node) {
    switch (node.type) {
      case Type::boolean:
        return std::get<int64_t>(node.value) != 0 ? "(1 = 1)" : "(1 = 0)";
      case Type::decimal:
        return parameter(node.value, "DOUBLE PRECISION");
      case Type::text:
      case Type::choice:
        return parameter(node.value, "TEXT");
      default:
        return parameter(node.value, "BIGINT");
    }
  }

  std::string parameter(Value value, const char* type) {
    params_.push_back(std::move(value));
    return "CAST($" + std::to_string(params_.size()) + " AS " + type + ")";
  }

  // The steps of day_number() in evaluate.cpp.
  static std::string day_number(const std::string& date) {
    const std::string month = "(" + date + " / 100 % 100)";
    const std::string early = "((14 - " + month + ") / 12)";
    const std::string year = "(" + date + " / 10000 - " + early + " + 4800)";
    return "(" + date + " % 100 + (153 * (" + month + " + 12 * " + early +
           " - 3) + 2) / 5 + 365 * " + year + " + " + year + " / 4 - " + year + " / 100 + " + year +
           " / 400)";
  }

  const SqlNames& names_;
  time::Date today_;
  std::vector<Value>& params_;
};

}  // namespace

std::string to_sql(const Expression& expression, const SqlNames& names, time::Date today,
                   std::vector<Value>& params) {
  return Writer(names, today, params).write(*expression.root);
}

}  // namespace linli::expr
