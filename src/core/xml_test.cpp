#include "core/xml.h"

#include <gtest/gtest.h>

namespace linli::xml {
namespace {

TEST(Xml, IsReadWithNamespacesAttributesAndText) {
  const Element root = MUST(
      parse("<?xml version=\"1.0\"?><a:x xmlns:a=\"urn:t\" k=\"1 &lt; 2\"><y>邻<z/>里</y></a:x>"));
  EXPECT_EQ(root.space, "urn:t");
  EXPECT_EQ(root.name, "x");
  EXPECT_EQ(root.attribute("k"), "1 < 2");
  EXPECT_EQ(root.attribute("none"), "");
  ASSERT_EQ(root.children.size(), 1U);
  EXPECT_EQ(root.children[0].text, "邻里");
  EXPECT_EQ(root.children[0].children.size(), 1U);
}

TEST(Xml, DocumentTypesDepthAndBadSyntaxAreRefused) {
  std::string deep;
  for (size_t i = 0; i <= kMaxDepth; ++i) deep += "<a>";
  for (const std::string& text : {std::string("<!DOCTYPE x [<!ENTITY e \"boom\">]><x>&e;</x>"),
                                  std::string("<x>"), std::string("<x></y>"), std::string(""),
                                  std::string("<x a=1/>"), std::string("<x>\xff</x>"), deep}) {
    EXPECT_EQ(parse(text).error().code, "xml.invalid") << text;
  }
}

TEST(Xml, ElementsOfANameAreHandedOverOneByOne) {
  const std::string text =
      "<t><head><r>no</r></head><r k=\"1\"><c>a</c><r>in</r></r><r/><r>z</r></t>";
  std::vector<std::string> seen;
  MUST(each(text, "r", [&](const Element& row) {
    seen.push_back(row.text + std::string(row.attribute("k")) +
                   std::to_string(row.children.size()));
    return seen.size() < 3;
  }));
  EXPECT_EQ(seen, (std::vector<std::string>{"no0", "12", "0"}));
  EXPECT_EQ(each("<t><r></t>", "r", [](const Element&) { return true; }).error().code,
            "xml.invalid");
}

TEST(Xml, WhatIsEscapedIsReadBack) {
  const std::string text = "a<b>&\"c'\n\t\r d";
  EXPECT_EQ(MUST(parse("<x k=\"" + escape(text) + "\"/>")).attribute("k"), text);
  EXPECT_EQ(MUST(parse("<x>" + escape(text) + "</x>")).text, text);
  EXPECT_EQ(escape(std::string_view("a\0b", 3)), "ab");
}

}  // namespace
}  // namespace linli::xml
