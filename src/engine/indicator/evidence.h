// Checks a package of evidence without the system it came from: that nothing in it was changed,
// that counters are the sum of their records' contributions, and that figures follow from counters.
// docs/formats/evidence.md is the format; plans/evidence.h writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"

namespace linli::indicator {

// A side of a figure as a sum: coefficient times a counter or a statistic; without either, the
// coefficient alone.
struct Term {
  double coefficient = 1;
  std::string counter;    // the aggregate's text
  std::string statistic;  // its key
};
// None when the expression is no such sum.
std::optional<std::vector<Term>> terms_of(const expr::Expression& expression);

struct Verdict {
  int64_t indicators = 0;
  int64_t counters = 0;
  int64_t records = 0;
  std::vector<std::string> mistakes;
};
Verdict verify_evidence(std::string_view text);

// The last member of a package: ,"digest":"…"} over everything before it.
std::string digest_of(std::string_view body);

}  // namespace linli::indicator
