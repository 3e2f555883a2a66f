// Whatever compiles keeps its meaning in canonical text, and every back end takes it.
#include "core/expr/expression.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/expr/sql.h"
#include "core/expr/testing.h"
#include "core/expr/tree.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace linli::expr;  // NOLINT(google-build-using-namespace)
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Environment figures = {.kind_scope = [](std::string_view) { return &testing::scope(); },
                               .statistics = {"whole"}};
  Mistake mistake;
  if (const auto figure = compile(text, figures, &mistake)) {
    if (!compile(to_text(*figure), figures)) std::abort();
  }
  const Environment records = {.scope = &testing::scope()};
  const auto expression = compile(text, records, &mistake);
  if (!expression) {
    if (mistake.offset > text.size() || mistake.what.empty()) std::abort();
    return 0;
  }
  const auto again = compile(to_text(*expression), records);
  if (!again) std::abort();
  const testing::Sample record = testing::Generator(size).record();
  const Run run = {.record = &record, .today = 20250301};
  if (evaluate(*expression, run) != evaluate(*again, run)) std::abort();
  std::vector<linli::Value> params;
  to_sql(*expression,
         {.column = [](size_t) { return "c"; },
          .label = [](std::string_view, std::vector<linli::Value>&) { return "(1 = 1)"; }},
         run.today, params);
  return 0;
}
