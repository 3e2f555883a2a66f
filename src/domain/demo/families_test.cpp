#include "domain/demo/families.h"

#include <gtest/gtest.h>

namespace linli::demo {
namespace {

const Content& content() {
  static const Content read = MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo"));
  return read;
}

int64_t count(const std::vector<Household>& households) {
  int64_t persons = 0;
  for (const Household& household : households) persons += std::ssize(household);
  return persons;
}

TEST(Families, HouseEverybodyExactlyOnce) {
  const Families families(content().people);
  for (const int64_t persons : {1, 2, 3, 17, 250, 4001}) {
    Random random(7, static_cast<uint64_t>(persons));
    EXPECT_EQ(count(families.make(random, persons, persons % 2 == 0)), persons);
  }
}

TEST(Families, AreNeverImpossible) {
  const Families families(content().people);
  Random random(3);
  for (const Household& household : families.make(random, 5000, false)) {
    const Member& head = household.front();
    EXPECT_EQ(head.relation, Relation::head);
    int spouses = 0;
    for (const Member& member : household) {
      if (member.relation == Relation::spouse) {
        ++spouses;
        EXPECT_NE(member.male, head.male);
        EXPECT_GE(member.age, 18);
      }
      if (member.relation == Relation::child) {
        EXPECT_GE(head.age - member.age, 15);
      }
      if (member.relation == Relation::parent) {
        EXPECT_GE(member.age - head.age, 15);
      }
    }
    EXPECT_LE(spouses, 1);
  }
}

TEST(Families, AreAboutAsLargeAsTheCensusFound) {
  const Families families(content().people);
  Random random(5);
  const auto households = families.make(random, 20'000, true);
  const double size = 20'000.0 / static_cast<double>(households.size());
  EXPECT_GT(size, 2.3);
  EXPECT_LT(size, 2.95);
  int64_t alone = 0;
  for (const Household& household : households) alone += household.size() == 1 ? 1 : 0;
  const double share = static_cast<double>(alone) / static_cast<double>(households.size());
  EXPECT_GT(share, 0.12);
  EXPECT_LT(share, 0.32);
}

TEST(Random, GivesTheSameNumbersEverywhere) {
  Random random(1234567);  // the reference sequence of SplitMix64
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
}

TEST(Mix, PicksByWeightAndNeverWhatWeighsNothing) {
  const Mix mix(json::Object{{"never", 0}, {"always", 3}});
  Random random(1);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(mix.pick(random), "always");
}

}  // namespace
}  // namespace linli::demo
