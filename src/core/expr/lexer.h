// From text to tokens. Internal to core/expr.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"

namespace linli::expr {

struct Token {
  enum class Kind { number, text, name, symbol, end };
  Kind kind = Kind::end;
  std::string word;  // of a text: unescaped
  size_t offset = 0;
};

// The tokens, the last of kind end; none on a mistake, which is then filled.
std::optional<std::vector<Token>> tokens_of(std::string_view text, Mistake& mistake);

}  // namespace linli::expr
