// Random expressions: their canonical text means the same, and the TypeScript back end is held to
// the same answers by tests/golden/expressions.json (web/src/core/expression.test.ts reads it).
// LINLI_UPDATE_GOLDEN=1 writes the file anew.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/expr/testing.h"
#include "core/expr/tree.h"

namespace linli::expr {
namespace {

constexpr time::Date kToday = 20250301;

Expression compiled(const std::string& text) {
  Mistake mistake;
  Result<Expression> expression = compile(text, {.scope = &testing::scope()}, &mistake);
  EXPECT_TRUE(expression.has_value()) << text << "\n" << mistake.offset << mistake.what;
  return expression ? *expression : MUST(compile("true", {.scope = &testing::scope()}));
}

// A value as forms and answers carry it on the wire.
json::Value on_the_wire(Type type, const Value& value) {
  if (is_null(value)) return nullptr;
  switch (type) {
    case Type::boolean:
      return std::get<int64_t>(value) != 0;
    case Type::date:
      return time::format_date(std::get<int64_t>(value));
    case Type::instant:
      return time::format(std::get<int64_t>(value));
    case Type::choices: {
      json::Array words;
      std::stringstream list(std::get<std::string>(value).substr(1));
      for (std::string word; std::getline(list, word, '|');) words.emplace_back(word);
      return words;
    }
    default:
      break;
  }
  if (const auto* whole = std::get_if<int64_t>(&value)) {
    return type == Type::place ? json::Value(std::to_string(*whole)) : json::Value(*whole);
  }
  if (const auto* decimal = std::get_if<double>(&value)) return *decimal;
  return std::get<std::string>(value);
}

std::string golden() {
  json::Writer out;
  out.begin_object().member("today", time::format_date(kToday)).key("cases").begin_array();
  for (uint64_t seed = 0; seed < 400; ++seed) {
    testing::Generator generator(seed);
    const std::string text = seed % 3 == 0   ? generator.number(3)
                             : seed % 7 == 1 ? generator.day(3)
                                             : generator.condition(3);
    const Expression expression = compiled(text);
    const testing::Sample record = generator.record();
    out.begin_object().member("text", text).member("tree", to_json(expression));
    out.key("record").begin_object();
    for (size_t i = 0; i < testing::kStored; ++i) {
      const Variable& variable = testing::scope().variables[i];
      out.member(variable.name, on_the_wire(variable.type, record.values.at(i)));
    }
    out.end_object().key("labels").begin_array();
    for (const std::string& label : record.labels) out.value(label);
    out.end_array();
    out.member("value", on_the_wire(expression.type,
                                    evaluate(expression, {.record = &record, .today = kToday})));
    out.end_object();
  }
  out.end_array().end_object();
  std::string text = out.take();
  // One case a line, so that a difference can be read.
  for (size_t at = 0; (at = text.find("{\"text\":", at)) != std::string::npos; at += 2) {
    text.insert(at, "\n");
  }
  return text + "\n";
}

TEST(RandomExpressions, KeepTheirMeaningInCanonicalText) {
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    testing::Generator generator(seed);
    const Expression expression = compiled(generator.condition(4));
    const std::string canonical = to_text(expression);
    const Expression again = compiled(canonical);
    EXPECT_EQ(to_text(again), canonical) << expression.source;
    const testing::Sample record = generator.record();
    const expr::Run run = {.record = &record, .today = kToday};
    EXPECT_EQ(evaluate(expression, run), evaluate(again, run)) << expression.source;
  }
}

TEST(RandomExpressions, AnswerAsTheGoldenFileSays) {
  const std::string path = LINLI_SOURCE_DIR "/tests/golden/expressions.json";
  const std::string now = golden();
  if (std::getenv("LINLI_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << now;
  std::ifstream in(path);
  std::stringstream kept;
  kept << in.rdbuf();
  EXPECT_EQ(kept.str(), now) << "LINLI_UPDATE_GOLDEN=1 writes " << path;
}

}  // namespace
}  // namespace linli::expr
