#include "engine/indicator/target.h"

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

Goal goal(const pack::Indicator& of, time::Date day = 20230630) {
  return goal_on(of, plan(), day).value();
}

Status status(const pack::Indicator& of, std::optional<double> value, time::Date day = 20230630) {
  return status_of(goal(of, day), value, day);
}

TEST(Targets, EachComparatorIsMetInItsOwnWay) {
  const auto met = [](Comparator comparator, double value, bool higher = true) {
    pack::Indicator of = indicator(comparator, 10, higher);
    of.targets[0].upper = 20;
    return meets(goal(of), value);
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
  EXPECT_EQ(progress_of(goal(indicator(Comparator::at_least, 10)), std::nullopt), std::nullopt);
}

TEST(Targets, ThePaceIsALineFromTheBaseline) {
  pack::Indicator of = indicator(Comparator::at_least, 80);
  of.baselines = {{.year = 2015, .value = 10.0}, {.year = 2020, .value = 50.0}, {.year = 2021}};
  EXPECT_EQ(status(of, 65.0), Status::on_track) << "half of the time, half of the way";
  EXPECT_EQ(status(of, 64.0), Status::behind);
  EXPECT_EQ(status(of, 80.0), Status::met);
  EXPECT_EQ(status(of, 79.0, 20251231), Status::behind) << "the day has come";
  EXPECT_NEAR(*progress_of(goal(of), 65.0), 0.5, 1e-9);
  EXPECT_EQ(progress_of(goal(of), 40.0), 0.0);
  EXPECT_EQ(progress_of(goal(of), 90.0), 1.0);
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

TEST(Paces, AStatedPathIsFollowedBetweenItsMilestones) {
  pack::Indicator of = indicator(Comparator::at_least, 100);
  of.baselines = {{.year = 2020, .value = 0.0}};
  of.pace = pack::Pace::path;
  of.path = {{20221231, 20}, {20241231, 90}};
  EXPECT_NEAR(*expected_on(goal(of), 20211231), 10, 1e-9);
  EXPECT_NEAR(*expected_on(goal(of), 20221231), 20, 1e-9);
  EXPECT_NEAR(*expected_on(goal(of), 20231231), 55, 0.1);
  EXPECT_NEAR(*expected_on(goal(of), 20250701), 95, 0.1);
  EXPECT_NEAR(*expected_on(goal(of), 20300101), 100, 1e-9);
}

TEST(Paces, ASeasonSaysHowMuchOfAYearIsUsuallyDone) {
  std::vector<double> months(24, 0);
  months[11] = 10;  // all of 2021 in December
  months[12] = 10;  // all of 2022 in January
  const auto season = season_of(months);
  ASSERT_TRUE(season.has_value());
  EXPECT_NEAR(season->at(0), 0.5, 1e-12);
  EXPECT_NEAR(season->at(10), 0.5, 1e-12);
  EXPECT_EQ(season->at(11), 1);
  EXPECT_FALSE(season_of(std::vector<double>(11, 1)).has_value());
  EXPECT_FALSE(season_of(std::vector<double>(12, 0)).has_value());
  pack::Indicator of = indicator(Comparator::at_least, 100);
  of.targets[0].repeat = "yearly";
  of.pace = pack::Pace::seasonal;
  EXPECT_NEAR(*expected_on(goal(of), 20230630, season), 50, 1e-9);
  EXPECT_NEAR(*expected_on(goal(of), 20231231, season), 100, 1e-9);
  EXPECT_NEAR(*expected_on(goal(of), 20230630), 49.5, 0.1) << "without a season, a straight line";
}

Judgement judged(double value, std::optional<Forecast::Step> at_due, time::Date day = 20230630) {
  pack::Indicator of = indicator(Comparator::at_least, 80);
  of.baselines = {{.year = 2020, .value = 50.0}};  // 65 is expected on the day
  return judge(goal(of, day), value, day, at_due);
}

TEST(Lights, SayWhyTheyShowWhatTheyShow) {
  using Reasons = std::vector<Reason>;
  EXPECT_EQ(judged(80, {}).light, Light::green);
  EXPECT_EQ(judged(80, {}).reasons, Reasons{Reason::met});
  EXPECT_EQ(judged(70, Forecast::Step{85, 80, 90}).light, Light::green);
  EXPECT_EQ(judged(70, Forecast::Step{70, 65, 75}).light, Light::amber);
  EXPECT_EQ(judged(70, Forecast::Step{70, 65, 75}).reasons,
            (Reasons{Reason::on_pace, Reason::forecast_misses}));
  EXPECT_EQ(judged(60, Forecast::Step{75, 65, 85}).light, Light::amber);
  EXPECT_EQ(judged(60, Forecast::Step{75, 65, 85}).reasons,
            (Reasons{Reason::behind_pace, Reason::forecast_may_reach}));
  EXPECT_EQ(judged(60, Forecast::Step{70, 65, 75}).light, Light::red);
  EXPECT_EQ(judged(63, {}).light, Light::amber) << "within a tenth of the way";
  EXPECT_EQ(judged(60, {}).light, Light::red);
  EXPECT_EQ(judged(79, {}, 20251231).reasons, Reasons{Reason::overdue});
  EXPECT_EQ(judge(goal(indicator(Comparator::at_least, 1)), {}, 20230630, {}).light, Light::none);
}

}  // namespace
}  // namespace linli::indicator
