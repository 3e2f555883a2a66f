#include "core/json.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace linli::json {
namespace {

std::string again(std::string_view text) {
  return write(MUST(parse(text)));
}

std::string nested(size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

std::string any_text() {
  std::string text = *rc::gen::string<std::string>();
  for (char& c : text) c = (c & 0x7f) == 0 ? ' ' : static_cast<char>(c & 0x7f);
  return text;
}

// To be called within a property.
Value any_value(int depth) {
  switch (*rc::gen::inRange(0, depth == 0 ? 4 : 6)) {
    case 0:
      return Value();
    case 1:
      return Value(*rc::gen::arbitrary<bool>());
    case 2:
      return Value(*rc::gen::arbitrary<int64_t>());
    case 3:
      return Value(any_text());
    case 4: {
      Array items(*rc::gen::inRange<size_t>(0, 4));
      for (Value& item : items) item = any_value(depth - 1);
      return Value(std::move(items));
    }
    default:
      break;
  }
  Value object{Object()};
  for (int members = *rc::gen::inRange(0, 4); members > 0; --members) {
    object.set(any_text(), any_value(depth - 1));
  }
  return object;
}

TEST(Json, WhatIsWrittenReadsBackEqual) {
  EXPECT_TRUE(rc::check([] {
    const Value value = any_value(3);
    RC_ASSERT(MUST(parse(write(value))) == value);
  }));
}

TEST(Json, DecimalsReadBackBitByBit) {
  EXPECT_TRUE(rc::check([](double number) {
    RC_PRE(std::isfinite(number));
    const std::string text = write(Value(number));
    RC_ASSERT(text.find_first_of("eE") == std::string::npos);
    RC_ASSERT(MUST(parse(text)).as_number() == number);
  }));
  for (const double number : {std::numeric_limits<double>::denorm_min(),
                              -std::numeric_limits<double>::max(), 1e22, 0.1}) {
    EXPECT_EQ(MUST(parse("[" + write(Value(number)) + "]")).as_array()[0].as_number(), number);
  }
}

TEST(Json, CoordinatesStayAsTheyAre) {
  EXPECT_EQ(again("116.397428"), "116.397428");
}

TEST(Json, NonFiniteNumbersAreNullAndZeroHasNoSign) {
  EXPECT_EQ(write(Value(std::nan(""))), "null");
  EXPECT_EQ(again("-0.0"), "0");
}

TEST(Json, KeepsTheOrderOfMembers) {
  EXPECT_EQ(again(R"({ "b" : 1, "a": [true, null, "x\n\u4e2d"] })"),
            "{\"b\":1,\"a\":[true,null,\"x\\n中\"]}");
}

TEST(Json, RefusesWhatIsNoDocument) {
  for (const std::string_view text :
       {"", " ", "{", "[1,]", "nul", "1 2", "{\"a\":1,\"a\":2}", "\"\xff\"", "\"\\u0000\"",
        "\"\\udc00\"", "9223372036854775808", "123456789012345678901234567890", "1e999", "'a'"}) {
    const Result<Value> value = parse(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, "json.invalid");
  }
}

TEST(Json, ReadsAsDeepAsItSaysAndNoDeeper) {
  EXPECT_TRUE(parse(nested(kMaxDepth)));
  EXPECT_FALSE(parse(nested(kMaxDepth + 1)));
  EXPECT_FALSE(parse(std::string(200'000, '[')));
}

TEST(Json, ShorthandsFallBackOnAnotherType) {
  const Value value = MUST(parse(R"({"n": 3, "t": "x", "f": true, "d": 0.5, "z": null})"));
  EXPECT_EQ(value.integer("n"), 3);
  EXPECT_EQ(value.integer("d", 7), 7);
  EXPECT_EQ(value.number("n"), 3.0);
  EXPECT_EQ(value.text("z", "none"), "none");
  EXPECT_TRUE(value.flag("f"));
  EXPECT_EQ(Value(1).find("n"), nullptr);
}

TEST(Json, WriterSetsCommasWhereTheyBelong) {
  Writer out;
  out.begin_object().member("items", 1).key("list").begin_array();
  out.value("a").begin_object().end_object().value(false).null().end_array();
  out.member("next", std::optional<std::string>()).end_object();
  EXPECT_EQ(out.text(), R"({"items":1,"list":["a",{},false,null],"next":null})");
}

}  // namespace
}  // namespace linli::json
