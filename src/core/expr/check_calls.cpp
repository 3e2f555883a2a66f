// The typing of functions and aggregates.
#include <algorithm>
#include <array>

#include "core/expr/check.h"
#include "core/similar.h"
#include "core/time.h"

namespace linli::expr {
namespace {

struct Function {
  std::string_view name;
  Op op;
  std::vector<Type> parameters;
  Type result;
  int copies;  // how often SQL writes each operand
};

const std::vector<Function>& functions() {
  static const std::vector<Function> all = {
      {"years_between", Op::years_between, {Type::date, Type::date}, Type::integer, 1},
      {"days_between", Op::days_between, {Type::date, Type::date}, Type::integer, 11},
      {"month_of", Op::month_of, {Type::date}, Type::integer, 1},
      {"contains", Op::contains, {Type::text, Type::text}, Type::boolean, 4},
      {"starts_with", Op::starts_with, {Type::text, Type::text}, Type::boolean, 2},
      {"round", Op::round, {Type::decimal}, Type::decimal, 1},
  };
  return all;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names = {"label", "date", "statistic", "coalesce", "if",
                                    "min",   "max",  "abs",       "count",    "sum"};
  for (const Function& function : functions()) names.emplace_back(function.name);
  return names;
}

bool is_comparable(Type type) {
  return type == Type::integer || type == Type::decimal || type == Type::date ||
         type == Type::instant;
}

std::string arguments(size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

}  // namespace

Checked Checker::call(const Syntax& syntax, Words words) {
  const std::string& name = syntax.word;
  if (name == "label") return label(syntax);
  if (name == "date") return date(syntax);
  if (name == "statistic") return statistic(syntax);
  const size_t given = syntax.parts.size();
  if (name == "coalesce") {
    if (given < 2) return fail(syntax, "`coalesce` takes two or more values", "coalesce(a, b)");
    return alike(syntax, Op::coalesce, 0, words);
  }
  if (name == "if") {
    if (given != 3) return fail(syntax, "`if` takes three arguments", "if(condition, then, else)");
    return alike(syntax, Op::choose, 1, words);
  }
  if (name == "min" || name == "max") {
    if (given != 2) return fail(syntax, "`" + name + "` takes two arguments", name + "(a, b)");
    return alike(syntax, name == "min" ? Op::min : Op::max, 0, nullptr);
  }
  if (name == "abs") {
    if (given != 1) return fail(syntax, "`abs` takes one argument", "abs(number)");
    Checked part = check(syntax.parts[0]);
    if (!part.node) return {};
    if (part.node->type != Type::integer) {
      part = as(Type::decimal, std::move(part), syntax.parts[0]);
      if (!part.node) return {};
    }
    const Type type = part.node->type;
    return make(syntax, Op::abs, type, {std::move(part)});
  }
  const auto found = std::find_if(functions().begin(), functions().end(),
                                  [&](const Function& function) { return function.name == name; });
  if (found == functions().end()) {
    return fail(syntax, "unknown function `" + name + "`", suggest(name, function_names()));
  }
  if (found->parameters.size() != given) {
    return fail(syntax, "`" + name + "` is given " + arguments(given),
                arguments(found->parameters.size()));
  }
  std::vector<Checked> parts;
  for (size_t i = 0; i < given; ++i) {
    parts.push_back(as(found->parameters[i], check(syntax.parts[i]), syntax.parts[i]));
  }
  Checked whole = make(syntax, found->op, found->result, std::move(parts), found->copies);
  if (found->op == Op::round) {
    whole.extent.grain = 0;
  } else {
    whole.extent = {};
  }
  return whole;
}

// coalesce, if, min, max: operands of one type from the `first` on.
Checked Checker::alike(const Syntax& syntax, Op op, size_t first, Words words) {
  std::vector<Checked> parts;
  if (first == 1) {
    parts.push_back(as(Type::boolean, check(syntax.parts[0]), syntax.parts[0]));
    if (!parts[0].node) return {};
  }
  bool decimal = false;
  for (size_t i = first; i < syntax.parts.size(); ++i) {
    Checked part = check(syntax.parts[i], words);
    if (!part.node) return {};
    if (!words && part.node->type == Type::choice) words = part.words;
    decimal = decimal || part.node->type == Type::decimal;
    parts.push_back(std::move(part));
  }
  Type type = decimal ? Type::decimal : parts[first].node->type;
  for (size_t i = first; i < parts.size(); ++i) {
    if (type == Type::choice && parts[i].node->type == Type::text) type = Type::text;
  }
  for (size_t i = first; i < parts.size(); ++i) {
    parts[i] = as(type, std::move(parts[i]), syntax.parts[i]);
    if (!parts[i].node) return {};
  }
  const bool smallest = op == Op::min || op == Op::max;
  if (smallest && !is_comparable(type)) {
    return fail(syntax, "values of type " + std::string(name_of(type)) + " have no order",
                "numbers or dates");
  }
  Checked whole = make(syntax, op, type, std::move(parts), smallest ? 3 : 1);
  if (type == Type::choice || type == Type::choices) whole.words = words;
  return whole;
}

Checked Checker::label(const Syntax& syntax) {
  const bool named = syntax.parts.size() == 1 && (syntax.parts[0].kind == Syntax::Kind::name ||
                                                  syntax.parts[0].kind == Syntax::Kind::text);
  if (!named) return fail(syntax, "`label` takes the key of a label", "label(living_alone)");
  if (!environment_.scope) {
    return fail(syntax, "`label` stands outside of any record",
                "label(…) inside of count(… where …)");
  }
  const std::string& key = syntax.parts[0].word;
  const std::vector<std::string>& known = environment_.scope->labels;
  if (std::find(known.begin(), known.end(), key) == known.end()) {
    return fail(syntax.parts[0], "unknown label `" + key + "`",
                known.empty() ? "nothing: `" + environment_.scope->name + "` has no labels"
                              : suggest(key, known));
  }
  uses_today_ = true;  // a label holds for a period
  if (std::find(labels_.begin(), labels_.end(), key) == labels_.end()) labels_.push_back(key);
  Checked part = make(syntax, Op::label, Type::boolean, {});
  if (part.node) part.node->name = key;
  return part;
}

Checked Checker::date(const Syntax& syntax) {
  if (syntax.parts.size() != 1 || syntax.parts[0].kind != Syntax::Kind::text) {
    return fail(syntax, "`date` takes a date in quotes", "date(\"2025-01-31\")");
  }
  const Result<time::Date> date = time::parse_date(syntax.parts[0].word);
  if (!date) {
    return fail(syntax.parts[0], "`" + syntax.parts[0].word + "` is no date",
                "date(\"2025-01-31\")");
  }
  Checked part = make(syntax, Op::literal, Type::date, {});
  if (part.node) part.node->value = *date;
  return part;
}

Checked Checker::statistic(const Syntax& syntax) {
  if (!environment_.kind_scope) {
    return fail(syntax, "`statistic` is for figures", "a condition over one record");
  }
  if (syntax.parts.size() != 1 || syntax.parts[0].kind != Syntax::Kind::name) {
    return fail(syntax, "`statistic` takes the key of a statistic", "statistic(population)");
  }
  const std::string& key = syntax.parts[0].word;
  const std::vector<std::string>& known = environment_.statistics;
  if (std::find(known.begin(), known.end(), key) == known.end()) {
    return fail(syntax.parts[0], "unknown statistic `" + key + "`", suggest(key, known));
  }
  Checked part = make(syntax, Op::statistic, Type::decimal, {});
  if (!part.node) return part;
  part.node->name = key;
  part.extent = {50, 103};
  return part;
}

Checked Checker::aggregate(const Syntax& syntax) {
  if (!environment_.kind_scope) {
    return fail(syntax, "`" + syntax.word + "` does not fit here",
                "a condition over one record; figures count and sum");
  }
  const std::string& kind = syntax.parts[0].word;
  const Scope* scope = environment_.kind_scope(kind);
  if (!scope) {
    return fail(syntax.parts[0], "`" + kind + "` cannot be counted",
                "a register, a case kind, or community, township, county");
  }
  auto whole = std::make_shared<Aggregate>();
  whole->kind = kind;
  const bool sums = syntax.word == "sum";
  Type type = Type::integer;
  whole->text = syntax.word + "(" + kind;
  if (sums) {
    whole->op = Aggregate::Op::sum;
    whole->field = syntax.parts[1].word;
    whole->value = compile_inside(syntax.parts[1], *scope, false, std::nullopt);
    if (!whole->value) return {};
    type = whole->value->type;
    if (type != Type::integer && type != Type::decimal) {
      return fail(syntax.parts[1],
                  "`" + whole->field + "` is of type " + std::string(name_of(type)),
                  "a number to sum");
    }
    whole->uses_today = whole->value->uses_today;
    whole->text += "." + whole->field;
  }
  if (syntax.parts.size() > (sums ? 2U : 1U)) {
    whole->condition = compile_inside(syntax.parts.back(), *scope, scope->of_places, Type::boolean);
    if (!whole->condition) return {};
    whole->nested = aggregates(*whole->condition);
    whole->uses_today = whole->uses_today || whole->condition->uses_today;
    whole->text += " where " + to_text(*whole->condition);
  }
  whole->text += ")";
  uses_today_ = uses_today_ || whole->uses_today;
  Checked part = make(syntax, Op::aggregate, type, {});
  if (!part.node) return part;
  part.node->aggregate = std::move(whole);
  part.extent = {100, type == Type::decimal ? 103 : 0};
  return part;
}

// A text of its own inside an aggregate, over another scope, within the same limits.
std::optional<Expression> Checker::compile_inside(const Syntax& syntax, const Scope& scope,
                                                  bool may_aggregate,
                                                  std::optional<Type> expected) {
  const Environment inside = {&scope, may_aggregate ? environment_.kind_scope : nullptr,
                              may_aggregate ? environment_.statistics : std::vector<std::string>{}};
  Checker inner(inside, mistake_);
  inner.nodes_ = nodes_;
  inner.levels_ = levels_;
  Checked root = inner.check(syntax);
  if (root.node && expected) root = inner.as(*expected, std::move(root), syntax);
  nodes_ = inner.nodes_;
  if (!root.node) {
    failed_ = true;
    return std::nullopt;
  }
  return Expression{to_text(*root.node), root.node->type,  root.node,
                    inner.uses_today_,   inner.variables_, inner.labels_};
}

}  // namespace linli::expr
