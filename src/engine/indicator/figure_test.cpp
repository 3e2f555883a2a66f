#include "engine/indicator/figure.h"

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

expr::Expression compiled(const char* text) {
  static const expr::Scope worker = {.name = "worker"};
  return MUST(expr::compile(text,
                            {.kind_scope = [](std::string_view kind) -> const expr::Scope* {
                               return kind == "worker" || kind == "person" ? &worker : nullptr;
                             },
                             .statistics = {"population"}},
                            expr::Type::decimal));
}

TEST(Fractions, ConstantFactorsAreLeftOut) {
  for (const char* text :
       {"100 * count(worker) / count(person)", "count(worker) * 100 / count(person)",
        "100 * (count(worker) / count(person))", "count(worker) / count(person) * 100",
        "count(worker) / (2 * count(person))"}) {
    const auto fraction = fraction_of(compiled(text));
    ASSERT_TRUE(fraction.has_value()) << text;
    EXPECT_EQ(expr::to_text(fraction->numerator), "count(worker)") << text;
    EXPECT_EQ(expr::to_text(fraction->denominator), "count(person)") << text;
    const bool per_cent = std::string_view(text).find("100") != std::string_view::npos;
    EXPECT_EQ(fraction->factor, per_cent ? 100 : 0.5) << text;
  }
  EXPECT_FALSE(fraction_of(compiled("count(worker) + count(person)")).has_value());
}

TEST(Figures, MissingNumbersAndDivisionByZeroAreNoData) {
  const auto with = [](Value worker, Value population) {
    return evaluate(compiled("10000 * count(worker) / statistic(population)"),
                    {.counter = [=](const expr::Aggregate&) { return worker; },
                     .statistic = [=](std::string_view) { return population; }});
  };
  EXPECT_EQ(with(int64_t{3}, 20000.0), 1.5);
  EXPECT_EQ(with(int64_t{0}, 20000.0), 0.0);
  EXPECT_EQ(with(Value(), 20000.0), std::nullopt);
  EXPECT_EQ(with(int64_t{3}, Value()), std::nullopt);
  EXPECT_EQ(with(int64_t{3}, 0.0), std::nullopt);
}

}  // namespace
}  // namespace linli::indicator
