#include "engine/indicator/share_out.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace linli::indicator {
namespace {

using Numbers = std::vector<double>;

double sum(const Numbers& all) {
  return std::accumulate(all.begin(), all.end(), 0.0);
}

TEST(SharingOut, RemaindersGoToTheLargestAndAmongEqualsToTheEarlier) {
  EXPECT_EQ(share_out(10, {1, 1, 1}, 0), (Numbers{4, 3, 3}));
  EXPECT_EQ(share_out(100, {5, 3, 1}, 0), (Numbers{56, 33, 11}));
  EXPECT_EQ(share_out(1, {1, 1, 1}, 2), (Numbers{0.34, 0.33, 0.33}));
  EXPECT_EQ(share_out(3, {0, 0}, 0), (Numbers{2, 1})) << "nobody weighs anything: all alike";
  EXPECT_EQ(share_out(3, {0, 5}, 0), (Numbers{0, 3}));
  EXPECT_EQ(share_out(-10, {1, 1, 1}, 0), (Numbers{-4, -3, -3}));
  EXPECT_TRUE(share_out(3, {}, 0).empty());
}

TEST(SharingOut, ByGapWhoHasLessGetsMore) {
  EXPECT_EQ(share_gap(30, {10, 2, 3}, {1, 1, 1}, 0), (Numbers{10, 10, 10}));
  EXPECT_EQ(share_gap(30, {16, 2, 2}, {1, 1, 1}, 0), (Numbers{16, 7, 7})) << "nobody gives back";
  EXPECT_EQ(share_gap(10, {10, 10}, {1, 1}, 0), (Numbers{5, 5}));
}

RC_GTEST_PROP(SharingOut, PartsSumToTheTotalAndAreAtMostAStepFromTheirShare, ()) {
  const auto weights =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100'000)));
  const int decimals = *rc::gen::inRange(0, 4);
  const double total = *rc::gen::inRange(0, 1'000'000) / std::pow(10, decimals);
  const Numbers used(weights.begin(), weights.end());
  const Numbers parts = share_out(total, used, decimals);
  RC_ASSERT(std::abs(sum(parts) - total) < 1e-6);
  if (sum(used) == 0) return;
  for (size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(std::abs(parts[i] - total * used[i] / sum(used)) < 1 / std::pow(10, decimals) + 1e-6);
  }
}

TEST(Approaching, ThoseBehindGoTheSamePartOfTheirWay) {
  // 40 of 100, 90 of 100; 75 is wanted: 20 are lacking, the first has 35 to go.
  const Numbers targets = approach(75, {40, 90}, {100, 100}, false, 2);
  EXPECT_EQ(targets[1], 90);
  EXPECT_NEAR(targets[0], 60, 0.01);
  EXPECT_GE(*weighed(targets, {100, 100}), 75);
  EXPECT_EQ(approach(75, {80, 90}, {1, 1}, false, 0), (Numbers{80, 90}));
  EXPECT_EQ(approach(10, {14, 12}, {1, 1}, true, 0), (Numbers{10, 10}));
}

RC_GTEST_PROP(Approaching, TheWholeReachesTheTarget, ()) {
  const auto values =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 101)));
  const double target = *rc::gen::inRange(0, 101);
  Numbers used(values.begin(), values.end());
  Numbers denominators;
  for (size_t i = 0; i < used.size(); ++i) denominators.push_back(*rc::gen::inRange(1, 1000));
  const Numbers targets = approach(target, used, denominators, false, 1);
  RC_ASSERT(*weighed(targets, denominators) >= target - 1e-9);
  for (size_t i = 0; i < used.size(); ++i) RC_ASSERT(targets[i] >= used[i]);
}

TEST(Weighing, NeedsADenominator) {
  EXPECT_FALSE(weighed({5}, {0}).has_value());
  EXPECT_EQ(weighed({10, 20}, {3, 1}), 12.5);
}

}  // namespace
}  // namespace linli::indicator
