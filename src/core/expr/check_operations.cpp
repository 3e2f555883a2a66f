// The typing of operators.
#include <algorithm>
#include <array>

#include "core/expr/check.h"

namespace linli::expr {
namespace {

struct Operator {
  std::string_view word;
  Op op;
};
constexpr std::array<Operator, 19> kOperators = {{{"or", Op::any},
                                                  {"and", Op::all},
                                                  {"not", Op::invert},
                                                  {"=", Op::equal},
                                                  {"!=", Op::not_equal},
                                                  {"<", Op::less},
                                                  {"<=", Op::less_equal},
                                                  {">", Op::greater},
                                                  {">=", Op::greater_equal},
                                                  {"in", Op::in},
                                                  {"not in", Op::not_in},
                                                  {"is known", Op::known},
                                                  {"is unknown", Op::unknown},
                                                  {"has", Op::has},
                                                  {"+", Op::add},
                                                  {"-", Op::subtract},
                                                  {"*", Op::multiply},
                                                  {"/", Op::divide},
                                                  {"negate", Op::negate}}};

bool is_number(Type type) {
  return type == Type::integer || type == Type::decimal;
}
bool is_word(Type type) {
  return type == Type::choice || type == Type::text;
}
bool has_order(Type type) {
  return is_number(type) || type == Type::date || type == Type::instant;
}

// -5 is a value of its own: lists hold it and types see an integer.
Checked negative(Checked literal) {
  if (!literal.node) return literal;
  Value& value = literal.node->value;
  if (auto* whole = std::get_if<int64_t>(&value)) {
    *whole = -*whole;
  } else {
    value = 0.0 - std::get<double>(value);
  }
  return literal;
}

}  // namespace

Checked Checker::operation(const Syntax& syntax) {
  const auto* found = std::find_if(kOperators.begin(), kOperators.end(),
                                   [&](const Operator& o) { return o.word == syntax.word; });
  switch (found->op) {
    case Op::any:
    case Op::all:
    case Op::invert:
      return logic(syntax, found->op);
    case Op::in:
    case Op::not_in:
      return membership(syntax, found->op);
    case Op::known:
    case Op::unknown:
      return knowledge(syntax, found->op);
    case Op::has:
      return has(syntax);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::negate:
      return arithmetic(syntax, found->op);
    default:
      return comparison(syntax, found->op);
  }
}

Checked Checker::logic(const Syntax& syntax, Op op) {
  std::vector<Checked> parts;
  for (const Syntax& part : syntax.parts) {
    Checked checked = check(part);
    if (checked.node && checked.node->type != Type::boolean) {
      return fail(part,
                  "`" + syntax.word + "` joins conditions, this is of type " +
                      std::string(name_of(checked.node->type)),
                  "a condition: a comparison, label(…) or a yes-or-no name");
    }
    parts.push_back(std::move(checked));
  }
  return make(syntax, op, Type::boolean, std::move(parts));
}

Checked Checker::comparison(const Syntax& syntax, Op op) {
  // The side that is not a bare word says which words are legal on the other.
  const bool right_first = takes_words(syntax.parts[0]) && !takes_words(syntax.parts[1]);
  const size_t first = right_first ? 1 : 0;
  std::array<Checked, 2> sides;
  sides[first] = check(syntax.parts[first]);
  if (!sides[first].node) return {};
  sides[1 - first] = check(syntax.parts[1 - first], sides[first].words);
  if (!sides[1 - first].node) return {};

  const Type left = sides[0].node->type;
  const Type right = sides[1].node->type;
  if (left == Type::choices) {
    return fail(syntax.parts[0], "several choices cannot be compared", "`has` and a word");
  }
  const bool same =
      left == right || (is_number(left) && is_number(right)) || (is_word(left) && is_word(right));
  if (!same) {
    return fail(syntax.parts[1],
                "a value of type " + std::string(name_of(right)) +
                    " cannot be compared with one of type " + std::string(name_of(left)),
                "a value of type " + std::string(name_of(left)));
  }
  const bool orders = op != Op::equal && op != Op::not_equal;
  if (orders && !has_order(left)) {
    return fail(syntax, "values of type " + std::string(name_of(left)) + " have no order",
                "`=`, `!=` or `in`");
  }
  if (left != right && is_number(left)) {
    for (size_t i = 0; i < 2; ++i) sides[i] = as(Type::decimal, std::move(sides[i]), syntax);
  }
  return make(syntax, op, Type::boolean, {std::move(sides[0]), std::move(sides[1])});
}

Checked Checker::membership(const Syntax& syntax, Op op) {
  Checked value = check(syntax.parts[0]);
  if (!value.node) return {};
  Type type = value.node->type;
  if (!is_number(type) && !is_word(type) && type != Type::date) {
    return fail(syntax.parts[0],
                "`in` does not look for values of type " + std::string(name_of(type)),
                type == Type::choices ? "`has` and a word" : "a number, text, choice or date");
  }
  const Words words = value.words;
  std::vector<Checked> parts;
  for (const Syntax& item : syntax.parts[1].parts) {
    Checked part = check(item, words);
    if (!part.node) return {};
    const Type given = part.node->type;
    if (part.node->op != Op::literal) {
      return fail(item, "a list holds only fixed values", "a number, a text or a word");
    }
    if (is_number(type) && given == Type::decimal && type == Type::integer) {
      value = as(Type::decimal, std::move(value), syntax);
      type = Type::decimal;
    }
    if (!(is_number(type) && is_number(given)) && !(is_word(type) && is_word(given)) &&
        type != given) {
      return fail(item, "this is of type " + std::string(name_of(given)),
                  "a value of type " + std::string(name_of(type)));
    }
    parts.push_back(std::move(part));
  }
  if (type == Type::decimal) {
    for (Checked& part : parts) part = as(Type::decimal, std::move(part), syntax);
  }
  parts.insert(parts.begin(), std::move(value));
  return make(syntax, op, Type::boolean, std::move(parts));
}

Checked Checker::knowledge(const Syntax& syntax, Op op) {
  asking_known_ = syntax.parts[0].kind == Syntax::Kind::name;
  Checked part = check(syntax.parts[0]);
  asking_known_ = false;
  return make(syntax, op, Type::boolean, {std::move(part)});
}

Checked Checker::has(const Syntax& syntax) {
  Checked set = check(syntax.parts[0]);
  if (!set.node) return {};
  if (set.node->type != Type::choices) {
    return fail(syntax.parts[0],
                "`has` asks a name with several choices, this is of type " +
                    std::string(name_of(set.node->type)),
                set.node->type == Type::choice ? "`=` and a word" : "a name of type choices");
  }
  if (!takes_words(syntax.parts[1]) && syntax.parts[1].kind != Syntax::Kind::name) {
    return fail(syntax.parts[1], "`has` asks for one word", "a word");
  }
  Checked asked = word(syntax.parts[1], syntax.parts[1].word, set.words);
  return make(syntax, Op::has, Type::boolean, {std::move(set), std::move(asked)}, 2);
}

Checked Checker::arithmetic(const Syntax& syntax, Op op) {
  std::vector<Checked> parts;
  for (const Syntax& operand : syntax.parts) {
    Checked part = check(operand);
    // A sign belongs to its number, so that -0, --0 and their canonical text stay one thing.
    if (op == Op::negate && part.node && part.node->op == Op::literal &&
        is_number(part.node->type)) {
      return negative(std::move(part));
    }
    if (part.node && !is_number(part.node->type)) {
      const Type given = part.node->type;
      return fail(operand, "this is of type " + std::string(name_of(given)),
                  given == Type::date ? "a number; between dates: days_between or years_between"
                                      : "a number");
    }
    parts.push_back(as(Type::decimal, std::move(part), operand));
    if (!parts.back().node) return {};
  }
  const Extent left = parts.front().extent;
  const Extent right = parts.back().extent;
  Checked whole = make(syntax, op, Type::decimal, std::move(parts));
  if (!whole.node) return whole;
  if (op == Op::add || op == Op::subtract) {
    whole.extent.high += 1;
  } else if (op == Op::multiply) {
    whole.extent = {left.high + right.high, left.grain + right.grain};
  } else if (op == Op::divide) {
    whole.extent = {left.high + right.grain, left.grain + right.high + 53};
  }
  if (whole.extent.high > kMaxExponent || whole.extent.grain > kMaxExponent) {
    return fail(syntax, "the result may be too large or too small for a number",
                "fewer multiplications and divisions of one another");
  }
  return whole;
}

}  // namespace linli::expr
