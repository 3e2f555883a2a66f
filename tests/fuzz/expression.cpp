// Whatever compiles keeps its meaning in canonical text, and every back end takes it.
#include "core/expr/expression.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/expr/sql.h"
#include "core/expr/testing.h"
#include "core/expr/tree.h"

namespace expr = linli::expr;

namespace {

// Canonical text is longer than what was written: derived names stand in full.
bool too_large(const expr::Mistake& mistake) {
  return mistake.what.find(" too ") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const expr::Environment figures = {
      .kind_scope = [](std::string_view) { return &expr::testing::scope(); },
      .statistics = {"whole"}};
  expr::Mistake mistake;
  if (const auto figure = expr::compile(text, figures, &mistake)) {
    const auto again = expr::compile(expr::to_text(*figure), figures, &mistake);
    if (!again && !too_large(mistake)) std::abort();
  }
  const expr::Environment records = {.scope = &expr::testing::scope()};
  const auto expression = expr::compile(text, records, &mistake);
  if (!expression) {
    if (mistake.offset > text.size() || mistake.what.empty()) std::abort();
    return 0;
  }
  const auto again = expr::compile(expr::to_text(*expression), records, &mistake);
  if (!again && too_large(mistake)) return 0;
  if (!again) std::abort();
  const expr::testing::Sample record = expr::testing::Generator(size).record();
  const expr::Run run = {.record = &record, .today = 20250301};
  if (expr::evaluate(*expression, run) != expr::evaluate(*again, run)) std::abort();
  std::vector<linli::Value> params;
  expr::to_sql(*expression,
               {.column = [](size_t) { return "c"; },
                .label = [](std::string_view, std::vector<linli::Value>&) { return "(1 = 1)"; }},
               run.today, params);
  return 0;
}
