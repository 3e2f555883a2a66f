#include "engine/indicator/figure.h"

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

using pack::Comparator;

pack::PlanHeader plan() {
  pack::PlanHeader header;
  header.first_year = 2021;
  header.last_year = 2025;
  return header;
}

pack::Indicator indicator(Comparator comparator, double target, bool higher = true) {
  pack::Indicator made;
  made.higher_is_better = higher;
  made.targets.push_back({.year = 2025, .comparator = comparator, .value = target});
  return made;
}

Status status(const pack::Indicator& of, std::optional<double> value, time::Date day = 20230630) {
  return status_of(of, plan(), value, day);
}

TEST(Targets, EachComparatorIsMetInItsOwnWay) {
  const auto met = [](Comparator comparator, double value, bool higher = true) {
    pack::Indicator of = indicator(comparator, 10, higher);
    of.targets[0].upper = 20;
    return meets(of, of.targets[0], value);
  };
  EXPECT_TRUE(met(Comparator::at_least, 10));
  EXPECT_FALSE(met(Comparator::at_least, 9.99));
  EXPECT_FALSE(met(Comparator::more_than, 10));
  EXPECT_TRUE(met(Comparator::more_than, 10.01));
  EXPECT_TRUE(met(Comparator::at_most, 10));
  EXPECT_FALSE(met(Comparator::at_most, 10.01));
  EXPECT_FALSE(met(Comparator::less_than, 10));
  EXPECT_TRUE(met(Comparator::less_than, 9.99));
  EXPECT_TRUE(met(Comparator::equal, 12)) << "a bare number is to be reached";
  EXPECT_FALSE(met(Comparator::equal, 9));
  EXPECT_TRUE(met(Comparator::equal, 9, false));
  EXPECT_TRUE(met(Comparator::between, 10));
  EXPECT_TRUE(met(Comparator::between, 20));
  EXPECT_FALSE(met(Comparator::between, 9));
  EXPECT_FALSE(met(Comparator::between, 21));
  EXPECT_TRUE(met(Comparator::at_least, 0.1 + 0.2 + 9.7)) << "rounding does not decide";
}

TEST(Targets, NoDataIsNeitherMetNorBehind) {
  EXPECT_EQ(status(indicator(Comparator::at_most, 10, false), std::nullopt), Status::no_data);
  EXPECT_EQ(status(indicator(Comparator::at_least, 10), 0.0), Status::behind);
  EXPECT_EQ(progress_of(indicator(Comparator::at_least, 10), plan(), std::nullopt, 20230630),
            std::nullopt);
}

TEST(Targets, ThePaceIsALineFromTheBaseline) {
  pack::Indicator of = indicator(Comparator::at_least, 80);
  of.baselines = {{.year = 2015, .value = 10.0}, {.year = 2020, .value = 50.0}, {.year = 2021}};
  EXPECT_EQ(status(of, 65.0), Status::on_track) << "half of the time, half of the way";
  EXPECT_EQ(status(of, 64.0), Status::behind);
  EXPECT_EQ(status(of, 80.0), Status::met);
  EXPECT_EQ(status(of, 79.0, 20251231), Status::behind) << "the day has come";
  EXPECT_NEAR(*progress_of(of, plan(), 65.0, 20230630), 0.5, 1e-9);
  EXPECT_EQ(progress_of(of, plan(), 40.0, 20230630), 0.0);
  EXPECT_EQ(progress_of(of, plan(), 90.0, 20230630), 1.0);
}

TEST(Targets, WithoutABaselineTheWayBeginsWithThePlan) {
  EXPECT_EQ(status(indicator(Comparator::at_least, 10), 5.0), Status::on_track);
  EXPECT_EQ(status(indicator(Comparator::at_least, 10), 4.9), Status::behind);
  EXPECT_EQ(status(indicator(Comparator::at_most, 10, false), 11.0), Status::behind);
}

TEST(Targets, LessMayBeBetter) {
  pack::Indicator of = indicator(Comparator::less_than, 10, false);
  of.baselines = {{.year = 2020, .value = 30.0}};
  EXPECT_EQ(status(of, 19.0), Status::on_track);
  EXPECT_EQ(status(of, 21.0), Status::behind);
  EXPECT_EQ(status(of, 9.0), Status::met);
}

TEST(Targets, TheNextOneDueCounts) {
  pack::Indicator of = indicator(Comparator::at_least, 100);
  of.targets.push_back({.year = 2022, .value = 50});
  of.targets.push_back({.year = 2023, .due = 20230331, .value = 70});
  EXPECT_EQ(target_on(of, 20220101)->value, 50);
  EXPECT_EQ(target_on(of, 20230101)->value, 70);
  EXPECT_EQ(target_on(of, 20230401)->value, 100);
  EXPECT_EQ(target_on(of, 20300101)->value, 100);
  EXPECT_EQ(target_on({}, 20300101), nullptr);
}

TEST(Targets, ARepeatedOneStartsEachYearFromNothing) {
  pack::Indicator of = indicator(Comparator::at_least, 12);
  of.targets[0].repeat = "yearly";
  of.baselines = {{.year = 2020, .value = 11.0}};
  EXPECT_EQ(due_date(of.targets[0], 20240229), 20241231);
  EXPECT_EQ(status(of, 6.0, 20240630), Status::on_track);
  EXPECT_EQ(status(of, 5.0, 20240630), Status::behind);
  of.targets[0].repeat = "monthly";
  EXPECT_EQ(due_date(of.targets[0], 20240203), 20240229);
}

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
