// From text to an untyped tree. Internal to core/expr.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"

namespace linli::expr {

inline constexpr size_t kMaxText = 4096;
inline constexpr int kMaxLevels = 64;
inline constexpr int kMaxNodes = 500;

struct Syntax {
  enum class Kind { number, text, name, list, call, operation, aggregate };
  Kind kind = Kind::name;
  // The literal, the name, the function, the operator ("and", "not in", "negate"), count or sum.
  std::string word;
  size_t offset = 0;
  // Operands and arguments. Of an aggregate: the kind, then the field's name when summing, then
  // the condition if any.
  std::vector<Syntax> parts;
};

// None on a mistake, which is then filled.
std::optional<Syntax> parse(std::string_view text, Mistake& mistake);

// "count", "sum", "and", …: names that no variable may have.
bool is_keyword(std::string_view word);

}  // namespace linli::expr
