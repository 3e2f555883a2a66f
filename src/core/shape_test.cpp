#include "core/shape.h"

#include <gtest/gtest.h>

namespace linli::shape {
namespace {

Shape request() {
  return object(
      {required("kind", choice({"noise", "heating"})), required("place", place()),
       optional("text", text(3)), optional("count", integer(1, 5)), optional("on", date()),
       optional("at", instant()), optional("id", id()), optional("share", number(0)),
       optional("open", boolean()), optional("tags", array(object({required("a/b", text())}), 2))},
      "Request");
}

std::vector<std::string> mistakes(std::string_view json) {
  std::vector<std::string> out;
  for (const FieldError& error : check(request(), MUST(json::parse(json)))) {
    out.push_back(error.pointer + " " + error.code);
  }
  return out;
}

using Mistakes = std::vector<std::string>;

TEST(Shape, AValueThatFitsHasNoMistakes) {
  EXPECT_EQ(mistakes(R"({"kind":"noise","place":"620802","text":"三个字","count":5,
    "on":"2025-03-01","at":"2025-03-01T00:00:00Z","share":0.5,"open":true,
    "id":"018bcfe5-6800-7000-8000-000000000000","tags":[{"a/b":"x"}]})"),
            Mistakes());
  EXPECT_EQ(mistakes(R"({"kind":"noise","place":"","text":null,"tags":null})"), Mistakes());
}

TEST(Shape, EveryMistakeIsToldAtOnceWithItsPointer) {
  EXPECT_EQ(
      mistakes(R"({"kind":"war","text":"四个字了","count":9,"share":-1,"on":"today",
    "at":"now","id":"7","open":1,"tags":[{"a/b":null},{}],"more":1})"),
      (Mistakes{"/kind field.not_a_choice", "/place field.required", "/text field.too_long",
                "/count field.too_large", "/on field.format", "/at field.format",
                "/id field.format", "/share field.too_small", "/open field.type",
                "/tags/0/a~1b field.type", "/tags/1/a~1b field.required", "/more field.unknown"}));
  EXPECT_EQ(mistakes("[]"), Mistakes{" field.type"});
  EXPECT_EQ(mistakes(R"({"kind":null,"place":7,"count":1.5,"share":"1","tags":[1,2,3]})"),
            (Mistakes{"/kind field.type", "/place field.type", "/count field.type",
                      "/share field.type", "/tags field.too_long"}));
}

TEST(Shape, WhatIsMissingSaysWhatItMustBe) {
  const auto asked = [](Shape shape) {
    const auto errors = check(object({required("it", std::move(shape))}), json::Object{});
    return errors.size() == 1 && errors[0].code == "field.required" ? errors[0].expected : "";
  };
  EXPECT_EQ(asked(text()), "text");
  EXPECT_EQ(asked(boolean()), "true or false");
  EXPECT_EQ(asked(integer(1, 5)), "an integer from 1 to 5");
  EXPECT_EQ(asked(number({}, 3)), "a number up to 3");
  EXPECT_EQ(asked(number(0)), "a number from 0");
  EXPECT_EQ(asked(date()), "a date YYYY-MM-DD");
  EXPECT_EQ(asked(instant()), "a time as in RFC 3339");
  EXPECT_EQ(asked(place()), "a region code");
  EXPECT_EQ(asked(id()), "a UUID in lower case");
  EXPECT_EQ(asked(choice({"a", "b"})), "one of: a, b");
  EXPECT_EQ(asked(array(text())), "an array");
  EXPECT_EQ(asked(object({})), "an object");
  EXPECT_EQ(asked(any()), "a value");
}

TEST(Shape, AnOpenObjectTakesMoreMembers) {
  EXPECT_TRUE(
      check(open_object({required("a", any())}), MUST(json::parse(R"({"a":1,"b":2})"))).empty());
}

TEST(Shape, ANamedObjectBecomesAComponent) {
  std::map<std::string, json::Value> components;
  const json::Value page_schema = schema(page(request()), components);
  EXPECT_EQ(json::write(*page_schema.find("properties")->find("items")),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Request"},"maxItems":1000})");
  const json::Value& component = components.at("Request");
  EXPECT_EQ(json::write(*component.find("required")), R"(["kind","place"])");
  EXPECT_EQ(json::write(*component.find("properties")->find("count")),
            R"({"type":["integer","null"],"minimum":1,"maximum":5})");
  EXPECT_EQ(json::write(*component.find("properties")->find("kind")),
            R"({"type":"string","enum":["noise","heating"]})");
  EXPECT_FALSE(component.flag("additionalProperties", true));
}

}  // namespace
}  // namespace linli::shape
