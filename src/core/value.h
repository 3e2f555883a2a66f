// The values that records hold, expressions compute with and databases store.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace linli {

// Null, integer (also booleans as 0/1, dates as yyyymmdd, instants as µs, region codes as the
// padded integer), decimal, text (also ids; lists of choices as "|a|b|").
using Value = std::variant<std::monostate, int64_t, double, std::string>;

inline bool is_null(const Value& value) {
  return std::holds_alternative<std::monostate>(value);
}

}  // namespace linli
