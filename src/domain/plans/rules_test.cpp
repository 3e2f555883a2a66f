#include "domain/plans/rules.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace linli::plans {
namespace {

Code code(const char* text) {
  return MUST(Code::parse(text));
}

indicator::Counter counter(const char* key) {
  indicator::Counter made;
  made.key = key;
  auto aggregate = std::make_shared<expr::Aggregate>();
  aggregate->kind = "worker";
  aggregate->text = key;
  made.aggregate = aggregate;
  return made;
}

TEST(Folding, ADifferenceReachesEveryPlaceAboveAndIsOwnOnce) {
  const indicator::Counter workers = counter("count(worker)");
  Fold fold({{7, &workers, 0, true}});
  fold.add({7, code("620802001001"), "", 0}, 5);
  fold.add({7, code("620802"), "", 0}, 2);
  const Additions& found = fold.additions();
  EXPECT_EQ(found.size(), 6U);
  EXPECT_EQ(found.at({7, code("620802001001"), "", 0}).own, 5);
  EXPECT_EQ(found.at({7, code("620802001"), "", 0}).value, 5);
  EXPECT_EQ(found.at({7, code("620802001"), "", 0}).own, 0);
  EXPECT_EQ(found.at({7, code("620802"), "", 0}).value, 7);
  EXPECT_EQ(found.at({7, code("620802"), "", 0}).own, 2);
  EXPECT_EQ(found.at({7, code(""), "", 0}).value, 7);
}

TEST(Folding, WhatIsNoLongerKeptIsIgnored) {
  Fold fold({});
  fold.add({7, code("620802001001"), "", 0}, 5);
  EXPECT_TRUE(fold.additions().empty());
}

class Statistics : public ::testing::Test {
 protected:
  Statistics() {
    tree.own = [this](const std::vector<Code>& places) {
      std::map<Code, double> found;
      for (const Code place : places) {
        ++asked;
        if (values.contains(place)) found[place] = values[place];
      }
      return found;
    };
    tree.any_below = [this](Code place) {
      return std::any_of(values.begin(), values.end(), [&](const auto& value) {
        return value.first != place && place.contains(value.first);
      });
    };
    tree.children = [](Code parent) -> std::vector<Code> {
      if (parent == code("6208")) return {code("620802"), code("620821")};
      if (parent == code("620802")) return {code("620802001"), code("620802002")};
      return {};
    };
  }
  StatisticTree tree;
  std::map<Code, double> values;
  int asked = 0;
};

TEST_F(Statistics, AnOwnValueComesBeforeTheSumOfTheParts) {
  values = {{code("6208"), 100}, {code("620802"), 30}, {code("620821"), 40}};
  EXPECT_EQ(tree.at(code("6208")), 100);
  EXPECT_EQ(asked, 1) << "nothing below is read";
  values.erase(code("6208"));
  EXPECT_EQ(tree.at(code("6208")), 70);
}

TEST_F(Statistics, ASumNeedsEveryPart) {
  values = {{code("620802001"), 10}, {code("620821"), 40}};
  EXPECT_EQ(tree.at(code("6208")), std::nullopt);
  EXPECT_EQ(tree.at(code("620802")), std::nullopt);
  values[code("620802002")] = 20;
  EXPECT_EQ(tree.at(code("6208")), 70);
  EXPECT_EQ(tree.at(code("620802002001")), std::nullopt);
}

TEST(Labels, HoldFromTheirFirstDayToTheDayBeforeTheirEnd) {
  const std::vector<Value> none;
  const Seen record(none, {{"alone", 20250101, 20250201}});
  EXPECT_FALSE(record.has_label("alone", 20241231));
  EXPECT_TRUE(record.has_label("alone", 20250101));
  EXPECT_TRUE(record.has_label("alone", 20250131));
  EXPECT_FALSE(record.has_label("alone", 20250201));
  EXPECT_FALSE(record.has_label("other", 20250115));
}

}  // namespace
}  // namespace linli::plans
