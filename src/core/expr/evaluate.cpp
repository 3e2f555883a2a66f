// The C++ back end. Null in gives null out, but for and, or, is known, coalesce and if.
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/expr/tree.h"

namespace linli::expr {
namespace {

const Value kNull;

Value boolean(bool flag) {
  return int64_t{flag};
}

double number(const Value& value) {
  const auto* whole = std::get_if<int64_t>(&value);
  return whole ? static_cast<double>(*whole) : std::get<double>(value);
}

bool is_true(const Value& value) {
  const auto* flag = std::get_if<int64_t>(&value);
  return flag && *flag != 0;
}

// Days since a fixed day, in integer steps that SQL repeats (sql.cpp): March is month 0, so that
// a leap day ends its year.
int64_t day_number(int64_t date) {
  const int64_t month = date / 100 % 100;
  const int64_t year = date / 10000 - (14 - month) / 12 + 4800;
  return date % 100 + (153 * (month + 12 * ((14 - month) / 12) - 3) + 2) / 5 + 365 * year +
         year / 4 - year / 100 + year / 400;
}

class Evaluator {
 public:
  explicit Evaluator(const Run& run) : run_(run) {}

  Value operator()(const Node& node) const {
    switch (node.op) {
      case Op::literal:
        return node.value;
      case Op::today:
        return run_.today;
      case Op::variable:
        return variable(node);
      case Op::label:
        return boolean(run_.record && run_.record->has_label(node.name, run_.today));
      case Op::all:
        return joined(node, false);
      case Op::any:
        return joined(node, true);
      case Op::known:
        return boolean(!is_null(operand(node, 0)));
      case Op::unknown:
        return boolean(is_null(operand(node, 0)));
      case Op::coalesce:
        return coalesce(node);
      case Op::choose:
        return operand(node, is_true(operand(node, 0)) ? 1 : 2);
      case Op::aggregate:
        return run_.figure ? run_.figure(*node.aggregate) : kNull;
      case Op::statistic:
        return run_.statistic ? run_.statistic(node.name) : kNull;
      default:
        return strict(node);
    }
  }

 private:
  Value operand(const Node& node, size_t index) const { return (*this)(*node.operands[index]); }

  Value variable(const Node& node) const {
    Value value = run_.record ? run_.record->get(node.variable) : kNull;
    if (node.type == Type::decimal && !is_null(value)) return number(value);
    if (node.type == Type::boolean && !is_null(value)) return boolean(is_true(value));
    return value;
  }

  // `decisive` settles it whatever the rest says: true for or, false for and.
  Value joined(const Node& node, bool decisive) const {
    bool all_known = true;
    for (const auto& part : node.operands) {
      const Value value = (*this)(*part);
      if (is_null(value)) {
        all_known = false;
      } else if (is_true(value) == decisive) {
        return boolean(decisive);
      }
    }
    return all_known ? boolean(!decisive) : kNull;
  }

  Value coalesce(const Node& node) const {
    for (const auto& part : node.operands) {
      Value value = (*this)(*part);
      if (!is_null(value)) return value;
    }
    return kNull;
  }

  // Operations that know nothing when an operand is not known.
  Value strict(const Node& node) const {
    std::vector<Value> values;
    values.reserve(node.operands.size());
    for (const auto& part : node.operands) {
      values.push_back((*this)(*part));
      if (is_null(values.back())) return kNull;
    }
    const Value& a = values.front();
    const Value& b = values.back();
    switch (node.op) {
      case Op::invert:
        return boolean(!is_true(a));
      case Op::equal:
        return boolean(a == b);
      case Op::not_equal:
        return boolean(a != b);
      case Op::less:
        return boolean(a < b);
      case Op::less_equal:
        return boolean(a <= b);
      case Op::greater:
        return boolean(a > b);
      case Op::greater_equal:
        return boolean(a >= b);
      case Op::in:
        return boolean(std::find(values.begin() + 1, values.end(), a) != values.end());
      case Op::not_in:
        return boolean(std::find(values.begin() + 1, values.end(), a) == values.end());
      case Op::has:
        return boolean(text(a).find("|" + text(b) + "|") != std::string::npos);
      case Op::contains:
        return boolean(text(a).find(text(b)) != std::string::npos);
      case Op::starts_with:
        return boolean(text(a).rfind(text(b), 0) == 0);
      case Op::years_between:
        return (whole(b) - whole(a)) / 10000;
      case Op::days_between:
        return day_number(whole(b)) - day_number(whole(a));
      case Op::month_of:
        return whole(a) / 100;
      case Op::min:
        return std::min(a, b);
      case Op::max:
        return std::max(a, b);
      default:
        return arithmetic(node.op, a, b);
    }
  }

  static Value arithmetic(Op op, const Value& a, const Value& b) {
    switch (op) {
      case Op::decimal:
        return number(a);
      case Op::add:
        return number(a) + number(b);
      case Op::subtract:
        return number(a) - number(b);
      case Op::multiply:
        return number(a) * number(b);
      case Op::divide:
        return number(b) == 0 ? kNull : Value(number(a) / number(b));
      case Op::negate:
        return 0 - number(a);
      case Op::round:
        return std::floor(number(a) + 0.5);
      case Op::abs:
        return std::holds_alternative<int64_t>(a) ? Value(std::abs(whole(a)))
                                                  : Value(std::abs(number(a)));
      default:
        return kNull;
    }
  }

  static int64_t whole(const Value& value) { return std::get<int64_t>(value); }
  static const std::string& text(const Value& value) { return std::get<std::string>(value); }

  const Run& run_;
};

}  // namespace

Value evaluate(const Expression& expression, const Run& run) {
  return Evaluator(run)(*expression.root);
}

bool holds(const Expression& expression, const Run& run) {
  return is_true(evaluate(expression, run));
}

}  // namespace linli::expr
