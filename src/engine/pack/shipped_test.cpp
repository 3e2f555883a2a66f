// The four plans are whole: as many rows as their tables, texts and boxes have, each with all that
// a reader needs to check it against the plan.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/expr/tree.h"
#include "engine/pack/load.h"
#include "engine/pack/plan_content.h"

namespace linli::pack {
namespace {

const Content& shipped() {
  static const std::shared_ptr<const Content> content = [] {
    const std::string folder = std::string(LINLI_SOURCE_DIR) + "/packs";
    std::vector<Mistake> mistakes;
    auto all = load(folder, packs_in(folder), mistakes);
    for (const Mistake& mistake : mistakes) ADD_FAILURE() << to_text(mistake);
    return all;
  }();
  return *content;
}

// The rows of a plan, `17` and `17 (2)` being one: {of the main table, of text and boxes}.
std::pair<size_t, size_t> rows(std::string_view plan) {
  std::set<std::string> main;
  std::set<std::string> further;
  for (const Indicator& indicator : shipped().indicators) {
    if (indicator.plan != plan) continue;
    const std::string row = indicator.number.substr(0, indicator.number.find(' '));
    (indicator.main ? main : further).insert(row);
  }
  return {main.size(), further.size()};
}

using Rows = std::pair<size_t, size_t>;

TEST(ShippedPlans, HaveEveryRow) {
  EXPECT_EQ(rows("ningbo"), Rows(37, 48));
  EXPECT_EQ(rows("zhejiang"), Rows(13, 50));
  EXPECT_EQ(rows("zhejiang_13"), Rows(7, 0));
  EXPECT_EQ(rows("ningxia"), Rows(0, 44));
  EXPECT_EQ(rows("pingliang"), Rows(7, 30));
  EXPECT_EQ(rows("national"), Rows(7, 0));
}

bool is_whole(const Text& text) {
  return !text.zh.empty() && !text.en.empty();
}

TEST(ShippedPlans, SayEverythingOfEachRow) {
  for (const Indicator& one : shipped().indicators) {
    EXPECT_TRUE(is_whole(one.name)) << one.key;
    EXPECT_TRUE(is_whole(one.scope)) << one.key;
    EXPECT_TRUE(is_whole(one.numerator)) << one.key;
    EXPECT_FALSE(one.unit.empty()) << one.key;
    EXPECT_FALSE(one.capabilities.empty()) << one.key;
    EXPECT_FALSE(one.source.empty()) << one.key;
    ASSERT_FALSE(one.targets.empty()) << one.key;
    for (const Target& target : one.targets) EXPECT_FALSE(target.printed.empty()) << one.key;
    EXPECT_TRUE(!one.main || !one.baselines.empty()) << one.key;
    const bool rate = one.unit == "%" || one.unit.rfind("per ", 0) == 0;
    EXPECT_TRUE(!rate || is_whole(one.denominator)) << one.key;
    EXPECT_EQ(one.name.zh.find("box"), std::string::npos) << one.key;
    // An attribute is what a table prints; texts and boxes print none.
    EXPECT_TRUE(one.main || !one.attribute_printed.has_value()) << one.key;
  }
}

TEST(ShippedPlans, AreAssessedMidTermAndAtTheEndWithEqualWeightsThatSaySo) {
  const std::map<std::string, size_t> counted = {
      {"ningbo", 37}, {"zhejiang", 13}, {"ningxia", 48}, {"pingliang", 7}};
  for (const auto& [plan, rows] : counted) {
    for (const char* kind : {"mid_term", "final"}) {
      const Evaluation* found = shipped().evaluation(plan + "." + kind);
      ASSERT_NE(found, nullptr) << plan << kind;
      EXPECT_EQ(found->kind, kind);
      EXPECT_EQ(found->weights.size(), rows) << plan;
      for (const auto& [indicator, weight] : found->weights) EXPECT_EQ(weight, 1) << indicator;
      EXPECT_NE(found->description.zh.find("未公布"), std::string::npos) << plan;
    }
  }
}

TEST(ShippedPlans, KeepWhatIsPrinted) {
  const Content& content = shipped();
  int binding = 0;
  for (const Indicator& one : content.indicators) binding += one.plan == "ningbo" && one.binding;
  EXPECT_EQ(binding, 10);
  // 16 in the table, 18 in the text; 1 per mille; a base of more than 10 000.
  EXPECT_EQ(content.indicator("zhejiang.5")->targets[0].value, 16);
  EXPECT_EQ(content.indicator("zhejiang.a2")->targets[0].value, 18);
  EXPECT_EQ(content.indicator("ningbo.e3")->unit, "per mille");
  EXPECT_EQ(content.indicator("ningbo.5")->baselines[0].comparator, Comparator::more_than);
  EXPECT_EQ(content.indicator("pingliang.a3")->targets[0].due, 20221231);
  EXPECT_EQ(content.indicator("zhejiang_13.6")->results[0].value, 1.7);
  EXPECT_FALSE(content.indicator("ningxia.38")->attribute_printed.has_value());
  EXPECT_EQ(content.plan("zhejiang")->follows, "zhejiang_13");
}

// Where the plans mean different things by like words, the definitions differ.
TEST(ShippedPlans, CountWhatTheyMean) {
  const Content& content = shipped();
  const auto text = [&](std::string_view key) { return content.indicator(key)->value->source; };
  EXPECT_NE(text("ningbo.26").find("statistic(resident_population)"), std::string::npos);
  EXPECT_NE(text("zhejiang.6").find("statistic(urban_resident_population)"), std::string::npos);
  EXPECT_EQ(text("zhejiang.6"), text("pingliang.7"));
  EXPECT_NE(text("ningbo.25"), text("zhejiang.g3"));
  EXPECT_NE(text("ningbo.f3"), text("zhejiang.e9"));
}

TEST(ShippedPlans, HaveTheirStandardsAndCircles) {
  std::map<std::string, int> standards;
  for (const Standard& one : shipped().standards) {
    ++standards[one.plan];
    EXPECT_FALSE(one.source.empty()) << one.key;
    EXPECT_TRUE(is_whole(one.per)) << one.key;
  }
  EXPECT_EQ(standards, (std::map<std::string, int>{
                           {"ningbo", 7}, {"zhejiang", 4}, {"ningxia", 7}, {"pingliang", 7}}));
  std::map<std::string, std::pair<int, int>> life;
  for (const Circle& one : shipped().circles) {
    if (one.key == one.plan + ".life") {
      life[one.plan] = {one.minutes.urban.value_or(0), one.minutes.rural.value_or(0)};
    }
  }
  EXPECT_EQ(life, (std::map<std::string, std::pair<int, int>>{{"ningbo", {15, 20}},
                                                              {"zhejiang", {15, 30}},
                                                              {"ningxia", {15, 0}},
                                                              {"pingliang", {15, 0}}}));
}

TEST(ShippedPlans, AreWrittenWhole) {
  const Content& content = shipped();
  const json::Value written = plan_content(content, *content.plan("ningbo"));
  const json::Value& row = written.find("indicators")->as_array()[0];
  EXPECT_EQ(row.text("key"), "ningbo.1");
  EXPECT_EQ(row.find("target")->as_array()[0].number("value"), 50000);
  EXPECT_EQ(row.text("attribute"), "anticipatory");
  EXPECT_EQ(written.find("plan")->text("territory"), "3302");
}

}  // namespace
}  // namespace linli::pack
