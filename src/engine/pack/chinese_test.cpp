// What is said of broken packs, in Chinese: whole sentences, with nothing of the English left.
#include "engine/pack/chinese.h"

#include <cctype>
#include <set>

#include <gtest/gtest.h>

#include "core/expr/expression.h"
#include "engine/pack/examples.h"
#include "engine/pack/load.h"

namespace linli::pack {
namespace {

const std::string kBroken = std::string(LINLI_SOURCE_DIR) + "/tests/packs/broken";

// English words outside of what packs say themselves: `quoted`, keys with their colon, and words
// that stand in packs as they are.
std::vector<std::string> english_in(const std::string& line) {
  static const std::set<std::string> kOfPacks = {
      "choice", "choices", "path",    "pace",    "list",      "type",     "to",
      "pack",   "by",      "minimum", "maximum", "community", "township", "county",
      "when",   "where",   "working", "minutes", "hours",     "days"};
  std::vector<std::string> left;
  std::string word;
  bool quoted = false;
  for (const char c : line.substr(line.find(": ") + 2) + " ") {
    if (c == '`') quoted = !quoted;
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_') {
      if (!quoted) word += c;
      continue;
    }
    if (word.size() > 1 && kOfPacks.count(word) == 0 && c != '_' && c != ':' && c != '(' &&
        c != '/' && c != '.') {
      left.push_back(word);
    }
    word.clear();
  }
  return left;
}

TEST(Chinese, SaysWhatIsWrongInEveryBrokenPack) {
  for (const std::string& pack : packs_in(kBroken)) {
    std::vector<Mistake> mistakes;
    load(kBroken, {pack}, mistakes);
    for (const Mistake& mistake : mistakes) {
      const std::string said = mistakes_in_chinese(to_text(mistake));
      if (said.find("可选：") != std::string::npos) continue;  // keys of packs
      EXPECT_TRUE(english_in(said).empty()) << said << "\n" << english_in(said).front();
    }
  }
}

TEST(Chinese, KeepsFileLineAndTheWordsOfThePack) {
  EXPECT_EQ(mistakes_in_chinese("a/b.yaml:4: there is no name `aera`; expected perhaps `area`"),
            "a/b.yaml:4: 没有名称 `aera`；是不是 `area`？");
  EXPECT_EQ(mistakes_in_chinese("a.yaml:7: `town.1` is 100; expected 80\n"
                                "a.yaml:9: `name` does not fit; expected a text in quotes\n"),
            "a.yaml:7: `town.1` 得 100；应为：80\n"
            "a.yaml:9: `name` 的内容不合要求；应为：加引号的文字\n");
  EXPECT_EQ(
      mistakes_in_chinese("a.yaml:15: `count(persn)`, character 7: `persn` cannot be counted; "
                          "expected a register, a case kind, or community, township, county"),
      "a.yaml:15: `count(persn)` 第 7 个字符处：`persn` 不能计数；应为：登记、事项，或 "
      "community、township、county");
  EXPECT_EQ(in_chinese("nobody wrote this sentence"), "nobody wrote this sentence");
}

// Each sentence is found as itself: none before it is so loose that it takes its words.
TEST(Chinese, NoSentenceHidesAnother) {
  for (const auto& catalogue : {sentences_of_languages(), sentences_of_packs()}) {
    for (const Sentence& known : catalogue) {
      std::string example;
      for (size_t at = 0; at < known.en.size(); ++at) {
        if (known.en.substr(at, 2) == "{}") {
          example += "7";
          at += 1;
        } else if (known.en.substr(at, 3) == "{t}") {
          example += "name";
          at += 2;
        } else {
          example += known.en[at];
        }
      }
      const std::string said = in_chinese(example);
      for (const char* digit : {"{1}", "{2}", "{3}"}) {
        EXPECT_EQ(said.find(digit), std::string::npos) << example << " → " << said;
      }
      const size_t hole = known.zh.find('{');
      EXPECT_TRUE(said.starts_with(known.zh.substr(0, hole))) << example << " → " << said;
    }
  }
}

TEST(Chinese, SaysWhatIsWrongInExpressions) {
  const expr::Scope scope = {
      .name = "thing",
      .variables = {{.name = "area", .type = expr::Type::decimal},
                    {.name = "born", .type = expr::Type::date},
                    {.name = "kind", .type = expr::Type::choice, .choices = {"park", "road"}}}};
  for (const char* text : {"",
                           "area +",
                           "aera > 1",
                           "area = = 1",
                           "area > born",
                           "kind = rode",
                           "kind > park",
                           "area == 1",
                           "not area",
                           "1 < 2 < 3",
                           "born + 1",
                           "sum(thing.area)",
                           "label(x)",
                           "[1, 2]",
                           "area in 3",
                           "area in [born]",
                           "kind has park",
                           "frob(area)",
                           "abs(1, 2)",
                           "if(true, 1)",
                           "min(1)",
                           "round(1, 2)",
                           "date(1)",
                           "date(\"x\")",
                           "statistic(x)",
                           "coalesce(1)",
                           "\"open",
                           "3area",
                           "area is here",
                           "1234567890123456",
                           "born = \"x\"",
                           "area ? 1"}) {
    expr::Mistake mistake;
    ASSERT_FALSE(expr::compile(text, {.scope = &scope}, expr::Type::boolean, &mistake)) << text;
    EXPECT_NE(in_chinese(mistake.what), mistake.what) << text;
    // What is expected may be nothing but an example: `[`, abs(number).
    const std::string& expected = mistake.expected;
    if (expected.empty() || expected[0] == '`' || expected.find('(') != std::string::npos) continue;
    EXPECT_NE(in_chinese(expected), expected) << text;
  }
}

}  // namespace
}  // namespace linli::pack
