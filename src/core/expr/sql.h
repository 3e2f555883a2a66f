// The SQL back end: an expression as a condition or value over the columns of its kind's table.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"

namespace linli::expr {

// How names become SQL: a variable's column ("t.birth_date") and a label's existence test. Both
// may append parameters ($n follows params.size()).
struct SqlNames {
  std::function<std::string(size_t variable)> column;
  std::function<std::string(std::string_view label, std::vector<Value>& params)> label;
};

// SQL text that means the same on SQLite and PostgreSQL as evaluate() in C++; every constant and
// `today` is a parameter appended to `params`. Not for expressions with aggregates.
std::string to_sql(const Expression& expression, const SqlNames& names, time::Date today,
                   std::vector<Value>& params);

}  // namespace linli::expr
