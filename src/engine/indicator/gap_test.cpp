#include "engine/indicator/gap.h"

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

// 60 of 100 communities have a centre; 80 % are wanted.
const std::vector<Part> kParts = {{20, 40}, {30, 40}, {10, 20}};
const Part kWhole = {60, 100};

TEST(Gaps, PullsSumToTheDistanceFromTheTarget) {
  const auto gap = gap_of(kWhole, kParts, 100, 80, false, true);
  ASSERT_TRUE(gap.has_value());
  EXPECT_EQ(gap->value, 60);
  EXPECT_EQ(gap->lack, 20);
  double sum = 0;
  for (const Pull& pull : gap->pulls) sum += pull.pull;
  EXPECT_NEAR(sum, 60 - 80, 1e-9);
  EXPECT_EQ(gap->pulls[0].value, 50);
  EXPECT_EQ(gap->pulls[0].lack, 12);
}

TEST(Gaps, TheFewestPlacesThatCarryTheWholeComeByEffort) {
  const auto gap = gap_of(kWhole, kParts, 100, 80, false, true);
  ASSERT_EQ(gap->carriers.size(), 3U);
  EXPECT_EQ(gap->carriers[0].part, 0U);
  EXPECT_EQ(gap->carriers[0].effort, 12);
  EXPECT_EQ(gap->carriers[1].part, 2U);
  EXPECT_EQ(gap->carriers[1].together, 18);
  EXPECT_FALSE(gap->carriers[1].enough);
  EXPECT_TRUE(gap->carriers[2].enough);
  const auto easier = gap_of(kWhole, kParts, 100, 65, false, true);
  ASSERT_EQ(easier->carriers.size(), 1U) << "26 of 40 are enough";
  EXPECT_TRUE(easier->carriers[0].enough);
}

TEST(Gaps, WholeThingsAreRoundedUpButNotForAHair) {
  EXPECT_EQ(gap_of({1, 3}, {}, 100, 50, false, true)->lack, 1);
  EXPECT_EQ(gap_of({1, 3}, {}, 100, 100.0 / 3, false, true)->lack, 0);
  EXPECT_NEAR(gap_of({1, 3}, {}, 100, 50, false, false)->lack, 0.5, 1e-12);
}

TEST(Gaps, LessMayBeBetter) {
  const auto gap = gap_of({30, 100}, {{20, 50}, {10, 50}}, 100, 25, true, true);
  EXPECT_EQ(gap->lack, 5);
  ASSERT_EQ(gap->carriers.size(), 1U);
  EXPECT_EQ(gap->carriers[0].part, 0U);
}

TEST(Gaps, AMetTargetNeedsNobody) {
  const auto gap = gap_of(kWhole, kParts, 100, 50, false, true);
  EXPECT_EQ(gap->lack, 0);
  EXPECT_TRUE(gap->carriers.empty());
  EXPECT_FALSE(gap_of({0, 0}, {}, 100, 50, false, true).has_value());
}

}  // namespace
}  // namespace linli::indicator
