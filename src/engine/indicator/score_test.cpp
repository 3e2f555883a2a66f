#include "engine/indicator/score.h"

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

Goal goal(double target, bool higher = true,
          pack::Comparator comparator = pack::Comparator::equal) {
  Goal made;
  made.target = {.comparator = comparator, .value = target};
  made.higher_is_better = higher;
  return made;
}

TEST(Degrees, AreTheWayToTheTargetAndNoMore) {
  EXPECT_EQ(degree_of(goal(80), 40), 0.5);
  EXPECT_EQ(degree_of(goal(80), 90), 1);
  EXPECT_EQ(degree_of(goal(80), 0), 0);
  EXPECT_EQ(degree_of(goal(10, false), 20), 0.5);
  EXPECT_EQ(degree_of(goal(0, false), 5), 0);
  EXPECT_EQ(degree_of(goal(80), std::nullopt), std::nullopt);
  Goal range = goal(3, true, pack::Comparator::between);
  range.target.upper = 5;
  EXPECT_EQ(degree_of(range, 4), 1);
  EXPECT_EQ(degree_of(range, 6), 0);
}

TEST(Composites, LeaveOutWhatHasNoDataAndSayHowMuchThatIs) {
  const Composite made = composite_of({{20, 1.0}, {20, 0.5}, {60, std::nullopt}});
  EXPECT_EQ(made.score, 75);
  EXPECT_EQ(made.weight, 40);
  EXPECT_EQ(made.whole, 100);
  EXPECT_FALSE(composite_of({{10, std::nullopt}}).score.has_value());
}

TEST(Shares, HaveWilsonsInterval) {
  const Share95 one = wilson(1, 1);
  EXPECT_NEAR(one.low, 0.2065, 1e-4) << "one of one says little";
  EXPECT_NEAR(one.high, 1, 1e-9);
  const Share95 some = wilson(15, 50);
  EXPECT_NEAR(some.low, 0.1910, 1e-4);
  EXPECT_NEAR(some.high, 0.4375, 1e-4);
}

TEST(Ranks, NeedEnoughTrialsAndIntervalsThatLieApart) {
  const auto ranks = ranks_of({{1, 1}, {95, 100}, {90, 100}, {20, 100}}, true);
  EXPECT_FALSE(ranks[0].has_value()) << "a unit with one solved case never leads";
  EXPECT_EQ(ranks[1]->best, 1);
  EXPECT_EQ(ranks[1]->worst, 2);
  EXPECT_EQ(ranks[2]->best, 1);
  EXPECT_EQ(ranks[2]->worst, 2);
  EXPECT_EQ(ranks[3]->best, 3);
  EXPECT_EQ(ranks[3]->worst, 3);
  EXPECT_EQ(ranks_of({{95, 100}, {20, 100}}, false)[1]->best, 1);
}

}  // namespace
}  // namespace linli::indicator
