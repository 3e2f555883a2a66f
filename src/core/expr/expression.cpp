#include "core/expr/expression.h"

#include <algorithm>
#include <array>

#include "core/expr/check.h"
#include "core/expr/tree.h"

namespace linli::expr {
namespace {

constexpr std::array<std::string_view, 10> kTypes = {
    "boolean", "integer", "decimal", "text", "choice", "choices", "date", "instant", "place", "id"};

Result<Expression> compile_as(std::string_view text, const Environment& environment,
                              std::optional<Type> expected, Mistake* mistake) {
  Mistake found;
  std::optional<Expression> expression = Checker(environment, found).run(text, expected);
  if (expression) return std::move(*expression);
  if (mistake) *mistake = found;
  return refuse(ErrorKind::invalid, "expression.invalid",
                "column " + std::to_string(found.offset + 1) + ": " + found.what +
                    (found.expected.empty() ? "" : "; expected " + found.expected));
}

void collect(const Node& node, std::vector<std::shared_ptr<const Aggregate>>& found) {
  if (node.op == Op::aggregate) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const auto& aggregate) {
      return aggregate->text == node.aggregate->text;
    });
    if (!known) found.push_back(node.aggregate);
  }
  for (const auto& operand : node.operands) collect(*operand, found);
}

void collect(const Node& node, std::vector<std::string>& found) {
  if (node.op == Op::statistic && std::find(found.begin(), found.end(), node.name) == found.end()) {
    found.push_back(node.name);
  }
  for (const auto& operand : node.operands) collect(*operand, found);
}

}  // namespace

std::string_view name_of(Type type) {
  return kTypes.at(static_cast<size_t>(type));
}

const Variable* Scope::find(std::string_view variable) const {
  const auto found = std::find_if(variables.begin(), variables.end(),
                                  [&](const Variable& known) { return known.name == variable; });
  return found == variables.end() ? nullptr : &*found;
}

Result<Expression> compile(std::string_view text, const Environment& environment, Type expected,
                           Mistake* mistake) {
  return compile_as(text, environment, expected, mistake);
}

Result<Expression> compile(std::string_view text, const Environment& environment,
                           Mistake* mistake) {
  return compile_as(text, environment, std::nullopt, mistake);
}

std::vector<std::shared_ptr<const Aggregate>> aggregates(const Expression& expression) {
  std::vector<std::shared_ptr<const Aggregate>> found;
  collect(*expression.root, found);
  return found;
}

std::vector<std::string> statistics(const Expression& expression) {
  std::vector<std::string> found;
  collect(*expression.root, found);
  return found;
}

}  // namespace linli::expr
