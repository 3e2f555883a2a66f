#include "core/expr/check.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/similar.h"

namespace linli::expr {
namespace {

constexpr int kDecimalGrain = 103;  // a double of at least 1e-15 is a multiple of 2^-103

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool is_plain_word(const Syntax& syntax) {
  return syntax.kind == Syntax::Kind::name && !is_keyword(syntax.word);
}

Extent extent_of(Type type) {
  return type == Type::decimal ? Extent{50, kDecimalGrain} : Extent{};
}

}  // namespace

std::optional<Expression> Checker::run(std::string_view text, std::optional<Type> expected) {
  const std::optional<Syntax> syntax = parse(text, mistake_);
  if (!syntax) return std::nullopt;
  Checked root = check(*syntax);
  if (root.node && expected) root = as(*expected, std::move(root), *syntax);
  if (!root.node) return std::nullopt;
  return Expression{std::string(text), root.node->type, root.node,
                    uses_today_,       variables_,      labels_};
}

Checked Checker::check(const Syntax& syntax, Words words) {
  if (++levels_ > kMaxLevels) {
    return fail(syntax, "the expression is nested too deeply",
                "at most 64 levels, derived names resolved");
  }
  Checked whole = dispatch(syntax, words);
  --levels_;
  return whole;
}

Checked Checker::dispatch(const Syntax& syntax, Words words) {
  switch (syntax.kind) {
    case Syntax::Kind::number:
    case Syntax::Kind::text:
      return literal(syntax, words);
    case Syntax::Kind::name:
      return name(syntax, words);
    case Syntax::Kind::list:
      return fail(syntax, "a list does not fit here", "a list only after `in`");
    case Syntax::Kind::call:
      return call(syntax, words);
    case Syntax::Kind::operation:
      return operation(syntax);
    case Syntax::Kind::aggregate:
      return aggregate(syntax);
  }
  return {};
}

Checked Checker::literal(const Syntax& syntax, Words words) {
  if (syntax.kind == Syntax::Kind::text) {
    if (words) return word(syntax, syntax.word, words);
    Checked part = make(syntax, Op::literal, Type::text, {});
    if (part.node) part.node->value = syntax.word;
    return part;
  }
  const bool whole = syntax.word.find('.') == std::string::npos;
  Checked part = make(syntax, Op::literal, whole ? Type::integer : Type::decimal, {});
  if (!part.node) return part;
  Value value;
  const char* end = syntax.word.data() + syntax.word.size();
  if (whole) {
    std::from_chars(syntax.word.data(), end, value.emplace<int64_t>());
  } else {
    std::from_chars(syntax.word.data(), end, value.emplace<double>());
  }
  part.node->value = std::move(value);
  part.extent = extent_of(part.node->type);
  return part;
}

// A word of a closed list; any word when the list is not known.
Checked Checker::word(const Syntax& syntax, const std::string& word, Words words) {
  if (!words->empty() && std::find(words->begin(), words->end(), word) == words->end()) {
    return fail(syntax, "unknown choice `" + word + "`", suggest(word, *words));
  }
  Checked part = make(syntax, Op::literal, Type::choice, {});
  if (part.node) part.node->value = word;
  return part;
}

Checked Checker::name(const Syntax& syntax, Words words) {
  const bool asked_if_known = std::exchange(asking_known_, false);
  if (syntax.word == "true" || syntax.word == "false") {
    Checked part = make(syntax, Op::literal, Type::boolean, {});
    if (part.node) {
      part.node->value = int64_t{syntax.word == "true"};
    }
    return part;
  }
  if (syntax.word == "today") {
    uses_today_ = true;
    return make(syntax, Op::today, Type::date, {});
  }
  const bool is_choice =
      words && std::find(words->begin(), words->end(), syntax.word) != words->end();
  const Scope* scope = environment_.scope;
  const Variable* variable = scope && !is_choice ? scope->find(syntax.word) : nullptr;
  if (!variable && words) return word(syntax, syntax.word, words);
  if (!scope) {
    return fail(syntax, "the name `" + syntax.word + "` stands outside of any record",
                "names inside of count(… where …) and sum(… where …)");
  }
  if (!variable) {
    std::vector<std::string> names;
    for (const Variable& known : scope->variables) names.push_back(known.name);
    return fail(syntax, "unknown name `" + syntax.word + "`", suggest(syntax.word, names));
  }
  if (!variable->derived.empty()) return derived(syntax, *variable);
  if (variable->opaque && !asked_if_known) {
    return fail(syntax, "`" + variable->name + "` is sealed or no plain value",
                "only `is known` or `is unknown` after it");
  }
  Checked part = make(syntax, Op::variable, variable->type, {});
  if (!part.node) return part;
  part.node->variable = static_cast<size_t>(variable - scope->variables.data());
  part.node->name = variable->name;
  add_once(variables_, variable->name);
  part.extent = extent_of(variable->type);
  if (variable->type == Type::choice || variable->type == Type::choices) {
    part.words = &variable->choices;
  }
  return part;
}

// Stands for its text; what is wrong in it is reported at the name that was written.
Checked Checker::derived(const Syntax& syntax, const Variable& variable) {
  if (std::find(deriving_.begin(), deriving_.end(), variable.name) != deriving_.end()) {
    std::string path;
    for (const std::string& name : deriving_) path += name + " → ";
    return fail(syntax, "`" + variable.name + "` is defined by itself",
                "no circle; this is " + path + variable.name);
  }
  deriving_.push_back(variable.name);
  const std::optional<Syntax> inner = parse(variable.derived, mistake_);
  Checked part = inner ? check(*inner) : Checked{};
  deriving_.pop_back();
  if (!part.node) {
    failed_ = true;
    mistake_.offset = syntax.offset;
    if (mistake_.what.find("is defined by itself") == std::string::npos) {
      mistake_.what = "in `" + variable.name + "`: " + mistake_.what;
    }
  }
  return part;
}

Checked Checker::as(Type type, Checked part, const Syntax& syntax) {
  if (!part.node) return part;
  const Type given = part.node->type;
  if (given == type || (type == Type::text && given == Type::choice)) return part;
  if (type == Type::decimal && given == Type::integer) {
    return make(syntax, Op::decimal, Type::decimal, {std::move(part)});
  }
  return fail(syntax, "this is of type " + std::string(name_of(given)),
              "a value of type " + std::string(name_of(type)));
}

Checked Checker::make(const Syntax& syntax, Op op, Type type, std::vector<Checked> parts,
                      int copies) {
  Checked whole;
  for (const Checked& part : parts) {
    if (!part.node) return {};
    whole.cost += part.cost * copies;
    whole.extent.high = std::max(whole.extent.high, part.extent.high);
    whole.extent.grain = std::max(whole.extent.grain, part.extent.grain);
  }
  if (++nodes_ > kMaxNodes) {
    return fail(syntax, "the expression is too large",
                "at most 500 names, values and operators, derived names resolved");
  }
  if (whole.cost > kMaxCost) {
    return fail(syntax, "the expression costs too much",
                "fewer nested min, max, contains, starts_with and days_between");
  }
  auto node = std::make_shared<Node>();
  node->op = op;
  node->type = type;
  for (Checked& part : parts) node->operands.push_back(std::move(part.node));
  whole.node = std::move(node);
  return whole;
}

Checked Checker::fail(const Syntax& syntax, std::string what, std::string expected) {
  if (!failed_) mistake_ = {syntax.offset, std::move(what), std::move(expected)};
  failed_ = true;
  return {};
}

// A bare word that names nothing in the scope can only be a choice.
bool Checker::takes_words(const Syntax& syntax) const {
  return syntax.kind == Syntax::Kind::text ||
         (is_plain_word(syntax) && !(environment_.scope && environment_.scope->find(syntax.word)));
}

}  // namespace linli::expr
