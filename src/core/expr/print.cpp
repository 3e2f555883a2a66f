// An expression as canonical text and as JSON for the TypeScript back end.
#include <array>
#include <charconv>
#include <optional>

#include "core/expr/tree.h"

namespace linli::expr {
namespace {

constexpr std::array<std::string_view, 37> kOps = {
    "literal",       "today",        "variable",  "label",    "all",         "any",
    "invert",        "equal",        "not_equal", "less",     "less_equal",  "greater",
    "greater_equal", "in",           "not_in",    "known",    "unknown",     "has",
    "add",           "subtract",     "multiply",  "divide",   "negate",      "decimal",
    "years_between", "days_between", "month_of",  "coalesce", "min",         "max",
    "abs",           "round",        "choose",    "contains", "starts_with", "aggregate",
    "statistic"};

// How tightly an operator binds; what binds less needs parentheses.
enum Binding { kOr, kAnd, kNot, kCompare, kSum, kProduct, kNegate, kPrimary };

struct Infix {
  std::string_view word;
  Binding binding;
};

std::optional<Infix> infix(Op op) {
  switch (op) {
    case Op::any:
      return Infix{" or ", kOr};
    case Op::all:
      return Infix{" and ", kAnd};
    case Op::equal:
      return Infix{" = ", kCompare};
    case Op::not_equal:
      return Infix{" != ", kCompare};
    case Op::less:
      return Infix{" < ", kCompare};
    case Op::less_equal:
      return Infix{" <= ", kCompare};
    case Op::greater:
      return Infix{" > ", kCompare};
    case Op::greater_equal:
      return Infix{" >= ", kCompare};
    case Op::add:
      return Infix{" + ", kSum};
    case Op::subtract:
      return Infix{" - ", kSum};
    case Op::multiply:
      return Infix{" * ", kProduct};
    case Op::divide:
      return Infix{" / ", kProduct};
    default:
      return std::nullopt;
  }
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string shown(double value) {
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  std::string out(text.data(), end.ptr);
  return out.find('.') == std::string::npos ? out + ".0" : out;
}

std::string shown_literal(const Node& node) {
  if (const auto* text = std::get_if<std::string>(&node.value)) return quoted(*text);
  if (const auto* decimal = std::get_if<double>(&node.value)) return shown(*decimal);
  const int64_t whole = std::get<int64_t>(node.value);
  if (node.type == Type::boolean) return whole != 0 ? "true" : "false";
  if (node.type == Type::date) return "date(\"" + time::format_date(whole) + "\")";
  return std::to_string(whole);
}

std::string print(const Node& node, Binding around);

std::string list(const Node& node, size_t first) {
  std::string text;
  for (size_t i = first; i < node.operands.size(); ++i) {
    if (i > first) text += ", ";
    text += print(*node.operands[i], kOr);
  }
  return text;
}

// With its own binding; print() adds the parentheses.
std::pair<std::string, Binding> bare(const Node& node) {
  const auto first = [&](Binding binding) { return print(*node.operands[0], binding); };
  if (const std::optional<Infix> between = infix(node.op)) {
    // Comparisons never chain; - and / read from the left.
    const auto tighter = static_cast<Binding>(between->binding + 1);
    std::string text =
        first(between->binding == kCompare || between->binding < kNot ? tighter : between->binding);
    for (size_t i = 1; i < node.operands.size(); ++i) {
      text += between->word;
      text += print(*node.operands[i], tighter);
    }
    return {text, between->binding};
  }
  switch (node.op) {
    case Op::literal:
      return {shown_literal(node), kPrimary};
    case Op::today:
      return {"today", kPrimary};
    case Op::variable:
      return {node.name, kPrimary};
    case Op::label:
      return {"label(" + node.name + ")", kPrimary};
    case Op::statistic:
      return {"statistic(" + node.name + ")", kPrimary};
    case Op::aggregate:
      return {node.aggregate->text, kPrimary};
    case Op::decimal:
      return {first(kPrimary), kPrimary};
    case Op::invert:
      return {"not " + first(kNot), kNot};
    case Op::in:
      return {first(kSum) + " in [" + list(node, 1) + "]", kCompare};
    case Op::not_in:
      return {first(kSum) + " not in [" + list(node, 1) + "]", kCompare};
    case Op::known:
      return {first(kSum) + " is known", kCompare};
    case Op::unknown:
      return {first(kSum) + " is unknown", kCompare};
    case Op::has:
      return {first(kSum) + " has " + list(node, 1), kCompare};
    case Op::negate:
      return {"-" + first(kNegate), kNegate};
    case Op::choose:
      return {"if(" + list(node, 0) + ")", kPrimary};
    default:
      return {std::string(name_of(node.op)) + "(" + list(node, 0) + ")", kPrimary};
  }
}

std::string print(const Node& node, Binding around) {
  auto [text, binding] = bare(node);
  return binding < around ? "(" + text + ")" : text;
}

json::Value json_of(const Node& node) {
  json::Value out = json::Object{{"op", name_of(node.op)}};
  switch (node.op) {
    case Op::literal:
      out.set("type", name_of(node.type));
      if (const auto* text = std::get_if<std::string>(&node.value)) {
        out.set("value", *text);
      } else if (const auto* decimal = std::get_if<double>(&node.value)) {
        out.set("value", *decimal);
      } else if (node.type == Type::boolean) {
        out.set("value", std::get<int64_t>(node.value) != 0);
      } else {
        out.set("value", std::get<int64_t>(node.value));
      }
      return out;
    case Op::variable:
      out.set("type", name_of(node.type));
      out.set("name", node.name);
      return out;
    case Op::label:
    case Op::statistic:
      out.set("name", node.name);
      return out;
    case Op::today:
      return out;
    case Op::aggregate:
      out.set("text", node.aggregate->text);
      return out;
    default:
      break;
  }
  json::Array operands;
  for (const auto& operand : node.operands) operands.push_back(json_of(*operand));
  out.set("operands", std::move(operands));
  return out;
}

}  // namespace

std::string_view name_of(Op op) {
  return kOps.at(static_cast<size_t>(op));
}

std::string to_text(const Node& node) {
  return print(node, kOr);
}

json::Value to_json(const Expression& expression) {
  return json_of(*expression.root);
}

}  // namespace linli::expr
