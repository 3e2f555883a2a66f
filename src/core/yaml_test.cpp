#include "core/yaml.h"

#include <gtest/gtest.h>

namespace linli::yaml {
namespace {

std::string as_json(std::string_view text) {
  std::string out;
  for (const json::Value& document : MUST(parse(text))) out += json::write(document) + ";";
  return out;
}

std::string mistake(std::string_view text) {
  const auto result = parse(text);
  if (result) return "none";
  EXPECT_EQ(result.error().code, "yaml.invalid");
  return result.error().detail;
}

TEST(Yaml, ScalarsFollowJsonSpellingOnly) {
  EXPECT_EQ(as_json("[true, false, null, ~, 12, -3.5, 1e3, NO, yes, 1.10.1, 007, .5, 0x10]"),
            R"([true,false,null,null,12,-3.5,1000,"NO","yes","1.10.1","007",".5","0x10"];)");
  EXPECT_EQ(as_json("{a: \"12\", b: 'true', c: , d: \"\"}"),
            R"({"a":"12","b":"true","c":null,"d":""};)");
}

TEST(Yaml, AMistakeSaysWhatWouldBeRight) {
  EXPECT_EQ(mistake("a: 1\nunit: %\n").substr(0, 8), "line 2: ");
  EXPECT_NE(mistake("unit: %\n").find("in quotes, as \"%\""), std::string::npos);
}

TEST(Yaml, AStreamHoldsSeveralDocuments) {
  EXPECT_EQ(as_json("a: 1\n---\nb: [x, {c: 2}]\n"), R"({"a":1};{"b":["x",{"c":2}]};)");
  EXPECT_EQ(as_json("---\n---\n"), "null;null;");
  EXPECT_EQ(as_json(""), "");
}

TEST(Yaml, EveryValueKnowsItsLine) {
  const json::Value document = MUST(parse("a: 1\nb:\n  - x\n  - {c: 2}\n"))[0];
  EXPECT_EQ(document.line, 1);
  EXPECT_EQ(document.find("a")->line, 1);
  EXPECT_EQ(document.find("b")->line, 2);
  EXPECT_EQ(document.find("b")->as_array()[1].line, 4);
}

TEST(Yaml, FoldedAndLiteralTextStayText) {
  EXPECT_EQ(as_json("a: |\n  1\n  2\n"), "{\"a\":\"1\\n2\\n\"};");
}

TEST(Yaml, MistakesNameTheirLine) {
  EXPECT_EQ(mistake("a: 1\nb: 2\na: 3\n"), "line 3: duplicate key `a`");
  EXPECT_EQ(mistake("a: &x 1\n"), "line 1: anchors are not allowed");
  EXPECT_EQ(mistake("a: 1\nb: *x\n").substr(0, 7), "line 2:");
  EXPECT_EQ(mistake("a: !!str 1\n"), "line 1: tags are not allowed");
  EXPECT_EQ(mistake("? [a]\n: 1\n"), "line 1: a key must be text");
  EXPECT_EQ(mistake("a: 99999999999999999999"), "line 1: number out of range");
  EXPECT_EQ(mistake("a: [1\nb: 2").substr(0, 7), "line 2:");
  EXPECT_EQ(mistake("\"a\",b"), "line 1: text after the document");
  EXPECT_EQ(mistake("a: \xff"), "line 1: not UTF-8");
  EXPECT_EQ(mistake(std::string("a\0b\0", 4)), "line 1: not UTF-8");
  EXPECT_NE(mistake("\"\\0\""), "none");
  EXPECT_NE(mistake("\"\\ud800\""), "none");
  EXPECT_EQ(mistake(std::string(65, '[') + std::string(65, ']')), "line 1: nested too deep");
  EXPECT_EQ(mistake(std::string(64, '[') + std::string(64, ']')), "none");
}

}  // namespace
}  // namespace linli::yaml
