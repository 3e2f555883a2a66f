#include "core/expr/expression.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/expr/sql.h"
#include "core/expr/tree.h"

namespace linli::expr {
namespace {

Scope person() {
  return {.name = "person",
          .variables = {{.name = "place", .type = Type::place},
                        {.name = "name", .type = Type::text},
                        {.name = "birth_date", .type = Type::date},
                        {.name = "kind", .type = Type::choice, .choices = {"party", "other"}},
                        {.name = "groups", .type = Type::choices, .choices = {"old", "young"}},
                        {.name = "area", .type = Type::decimal},
                        {.name = "rooms", .type = Type::integer},
                        {.name = "urban", .type = Type::boolean},
                        {.name = "phone", .type = Type::text, .opaque = true},
                        {.name = "age", .derived = "years_between(birth_date, today)"},
                        {.name = "special", .derived = "age >= 60 and label(living_alone)"},
                        {.name = "chicken", .derived = "egg + 1"},
                        {.name = "egg", .derived = "chicken - 1"},
                        {.name = "broken", .derived = "birth_date + 1"}},
          .labels = {"living_alone", "disabled"}};
}

class Someone : public Record {
 public:
  Value get(size_t variable) const override {
    const auto found = values.find(variable);
    return found == values.end() ? Value() : found->second;
  }
  bool has_label(std::string_view label, time::Date) const override {
    return labels.count(std::string(label)) > 0;
  }
  std::map<size_t, Value> values;
  std::set<std::string> labels;
};

Someone wang() {
  Someone someone;
  someone.values = {{1, std::string("王芳")},
                    {2, int64_t{19600301}},
                    {3, std::string("party")},
                    {4, std::string("|old|")},
                    {5, 80.5},
                    {6, int64_t{3}},
                    {7, int64_t{1}}};
  someone.labels = {"living_alone"};
  return someone;
}

class Expressions : public ::testing::Test {
 protected:
  Value value(const std::string& text, time::Date today = 20250301) {
    const Scope scope = person();
    Mistake mistake;
    const Result<Expression> compiled = compile(text, {.scope = &scope}, &mistake);
    EXPECT_TRUE(compiled.has_value()) << text << ": " << mistake.what << "; " << mistake.expected;
    if (!compiled) return {};
    const Someone someone = wang();
    return evaluate(*compiled, {.record = &someone, .today = today});
  }
  bool truth(const std::string& text) { return value(text) == Value(int64_t{1}); }

  // "offset: what; expected"
  std::string mistake(const std::string& text, std::optional<Type> expected = std::nullopt) {
    const Scope scope = person();
    const Environment environment = {.scope = &scope};
    Mistake found;
    const Result<Expression> compiled = expected ? compile(text, environment, *expected, &found)
                                                 : compile(text, environment, &found);
    if (compiled) return "";
    EXPECT_EQ(compiled.error().code, "expression.invalid");
    return std::to_string(found.offset) + ": " + found.what + "; " + found.expected;
  }
};

TEST_F(Expressions, ComputeOverARecord) {
  EXPECT_EQ(value("age"), Value(int64_t{65}));
  EXPECT_EQ(value("age", 20250228), Value(int64_t{64}));
  EXPECT_EQ(value("area / rooms * 2"), Value(80.5 / 3 * 2));
  EXPECT_EQ(value("1 + 2 * 3 - -4"), Value(11.0));
  EXPECT_EQ(value("min(rooms, 2)"), Value(int64_t{2}));
  EXPECT_EQ(value("max(area, rooms)"), Value(80.5));
  EXPECT_EQ(value("round(-2.5)"), Value(-2.0));
  EXPECT_EQ(value("days_between(date(\"2024-02-28\"), date(\"2025-03-01\"))"), Value(int64_t{367}));
  EXPECT_EQ(value("month_of(birth_date)"), Value(int64_t{196003}));
  EXPECT_EQ(value("if(urban, name, \"nobody\")"), Value(std::string("王芳")));
  EXPECT_EQ(value("rooms / 0"), Value());
}

TEST_F(Expressions, HoldForConditions) {
  EXPECT_TRUE(truth("special and kind in [party, other] and urban"));
  EXPECT_TRUE(truth("kind = \"party\" and party = kind"));
  EXPECT_TRUE(truth("groups has old and not groups has young"));
  EXPECT_TRUE(truth("birth_date < date(\"1960-03-02\")"));
  EXPECT_TRUE(truth("rooms in [1, 3] and rooms not in [-1, 2.5]"));
  EXPECT_TRUE(truth("contains(name, \"芳\") and starts_with(name, \"王\")"));
  EXPECT_TRUE(truth("phone is unknown and name is known"));
  EXPECT_FALSE(truth("label(disabled)"));
}

TEST_F(Expressions, KnowNothingOfNull) {
  EXPECT_EQ(value("place = place"), Value());
  EXPECT_EQ(value("place = place and urban"), Value());
  EXPECT_EQ(value("place = place and not urban"), Value(int64_t{0}));
  EXPECT_EQ(value("place = place or urban"), Value(int64_t{1}));
  EXPECT_EQ(value("not place = place"), Value());
}

TEST_F(Expressions, SayWhereTheMistakeIsAndWhatWouldBeRight) {
  EXPECT_EQ(mistake("agee >= 60"), "0: unknown name `agee`; perhaps `age`");
  EXPECT_EQ(mistake("age >= 60 and kind = partty"), "21: unknown choice `partty`; perhaps `party`");
  EXPECT_EQ(mistake("label(alone)"), "6: unknown label `alone`; one of: living_alone, disabled");
  EXPECT_EQ(mistake("year_between(birth_date, today)"),
            "0: unknown function `year_between`; perhaps `years_between`");
  EXPECT_EQ(mistake("age and urban"),
            "0: `and` joins conditions, this is of type integer; a condition: a comparison, "
            "label(…) or a yes-or-no name");
  EXPECT_EQ(mistake("name = 3"),
            "7: a value of type integer cannot be compared with one of type text; a value of type "
            "text");
  EXPECT_EQ(mistake("rooms = \"3\""),
            "8: a value of type text cannot be compared with one of type integer; a value of type "
            "integer");
  EXPECT_EQ(mistake("name < \"x\""), "0: values of type text have no order; `=`, `!=` or `in`");
  EXPECT_EQ(mistake("groups = old"), "0: several choices cannot be compared; `has` and a word");
  EXPECT_EQ(mistake("phone = \"1\""),
            "0: `phone` is sealed or no plain value; only `is known` or `is unknown` after it");
  EXPECT_EQ(mistake("area", Type::boolean), "0: this is of type decimal; a value of type boolean");
  EXPECT_EQ(mistake("today - birth_date"),
            "0: this is of type date; a number; between dates: days_between or years_between");
  EXPECT_EQ(mistake("urban and chicken > 1"),
            "10: `chicken` is defined by itself; no circle; this is chicken → egg → chicken");
  EXPECT_EQ(mistake("urban and broken > 1"),
            "10: in `broken`: this is of type date; a number; between dates: days_between or "
            "years_between");
  EXPECT_EQ(mistake("count(person)"),
            "0: `count` does not fit here; a condition over one record; figures count and sum");
}

TEST_F(Expressions, SayWhatIsWrongWithTheSpelling) {
  EXPECT_EQ(mistake(""), "0: the expression ends too early; a name, a number or a \"text\"");
  EXPECT_EQ(mistake("age == 3"), "4: unknown operator `==`; `=`");
  EXPECT_EQ(mistake("urban && urban"), "6: unknown operator `&&`; `and`");
  EXPECT_EQ(mistake("!urban"), "0: unknown operator `!`; `not`");
  EXPECT_EQ(mistake("name = \"x"), "7: the text has no end; a closing quote \"");
  EXPECT_EQ(mistake("age = 3）"),
            "7: `）` has no meaning here; a name, a number, a \"text\" or an operator");
  EXPECT_EQ(mistake("1 < age < 3"),
            "8: comparisons cannot be chained; `and` between two comparisons");
  EXPECT_EQ(mistake("(age = 3"), "8: the expression ends too early; `)`");
  EXPECT_EQ(mistake("age is null"), "7: `null` does not fit here; `known` or `unknown`");
  EXPECT_EQ(mistake("age in 3"), "7: `3` does not fit here; `[`");
  EXPECT_EQ(mistake("rooms in [age]"),
            "10: a list holds only fixed values; a number, a text or a word");
  EXPECT_EQ(mistake("age = 1234567890123456"),
            "6: the number `1234567890123456` is too long; at most 15 digits");
  EXPECT_EQ(mistake("birth_date = date(\"2025-02-30\")"),
            "18: `2025-02-30` is no date; date(\"2025-01-31\")");
}

TEST_F(Expressions, AreBounded) {
  EXPECT_EQ(mistake(std::string(5000, ' ')),
            "4096: the expression is too long; at most 4096 bytes");
  EXPECT_NE(mistake(std::string(70, '(') + "age = 1" + std::string(70, ')')), "");
  EXPECT_EQ(mistake(std::string(60, '(') + "age = 1" + std::string(60, ')')), "");
  std::string sum = "1";
  for (int i = 0; i < 100; ++i) sum += "+1";
  EXPECT_NE(mistake(sum).find("nested too deeply"), std::string::npos);
  std::string many = "urban";
  for (int i = 0; i < 500; ++i) many += " or urban";
  EXPECT_NE(mistake(many).find("too long"), std::string::npos);
  std::string deep = "area";
  for (int i = 0; i < 12; ++i) deep = "min(" + deep + ", rooms)";
  EXPECT_NE(mistake(deep).find("costs too much"), std::string::npos);
  std::string large = "area";
  for (int i = 0; i < 12; ++i) large += " * area";
  EXPECT_NE(mistake(large).find("too large or too small"), std::string::npos);
}

TEST_F(Expressions, TellWhatTheyRead) {
  const Scope scope = person();
  const Expression special = MUST(compile("special and area > 3", {.scope = &scope}));
  EXPECT_EQ(special.variables, (std::vector<std::string>{"birth_date", "area"}));
  EXPECT_EQ(special.labels, (std::vector<std::string>{"living_alone"}));
  EXPECT_TRUE(special.uses_today);
  EXPECT_EQ(to_text(special),
            "(years_between(birth_date, today) >= 60 and label(living_alone)) and area > 3");
}

TEST_F(Expressions, CarryTheSignsOfTheirNumbers) {
  const Scope scope = person();
  const auto canonical = [&](const char* text) {
    return to_text(MUST(compile(text, {.scope = &scope})));
  };
  EXPECT_EQ(canonical("--0"), "0");
  EXPECT_EQ(canonical("-0"), "0");
  EXPECT_EQ(canonical("---2.5"), "-2.5");
  EXPECT_EQ(canonical("-(area)"), "-area");
}

TEST(Figures, HoldAggregates) {
  const Scope people = person();
  const Scope community = {.name = "community",
                           .variables = {{.name = "urban", .type = Type::boolean}},
                           .of_places = true};
  const Environment environment = {.kind_scope = [&](std::string_view kind) -> const Scope* {
                                     if (kind == "person") return &people;
                                     return kind == "community" ? &community : nullptr;
                                   },
                                   .statistics = {"population"}};
  Mistake mistake;
  const Result<Expression> figure = compile(
      "100 * count(community where urban and count(person where age>60) > 0) / count(community) + "
      "sum(person.area where kind = party) / statistic(population)",
      environment, Type::decimal, &mistake);
  ASSERT_TRUE(figure.has_value()) << mistake.what << mistake.offset;
  const auto found = aggregates(*figure);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]->text,
            "count(community where urban and count(person where years_between(birth_date, today) > "
            "60) > 0)");
  ASSERT_EQ(found[0]->nested.size(), 1U);
  EXPECT_TRUE(found[0]->uses_today);
  EXPECT_EQ(found[2]->text, "sum(person.area where kind = \"party\")");
  EXPECT_EQ(statistics(*figure), (std::vector<std::string>{"population"}));

  const expr::Run run = {.figure = [](const Aggregate& aggregate) -> Value {
                           return aggregate.op == Aggregate::Op::sum ? Value(50.0)
                                                                     : Value(int64_t{4});
                         },
                         .statistic = [](std::string_view) -> Value { return int64_t{100}; }};
  EXPECT_EQ(evaluate(*figure, run), Value(100.5));

  EXPECT_FALSE(compile("count(peple)", environment, Type::decimal, &mistake).has_value());
  EXPECT_EQ(mistake.what, "`peple` cannot be counted");
  EXPECT_FALSE(compile("count(person where count(person) > 1)", environment, &mistake).has_value());
  EXPECT_EQ(mistake.offset, 19U);
  EXPECT_FALSE(compile("sum(person.name)", environment, &mistake).has_value());
  EXPECT_EQ(mistake.expected, "a number to sum");
  EXPECT_FALSE(compile("urban", environment, &mistake).has_value());
  EXPECT_EQ(mistake.what, "the name `urban` stands outside of any record");
}

TEST(Sql, HasParametersForEveryConstant) {
  const Scope scope = person();
  const Expression condition =
      MUST(compile("age >= 60 and (kind = party or label(disabled))", {.scope = &scope}));
  const SqlNames names = {
      .column = [&](size_t variable) { return "t." + scope.variables[variable].name; },
      .label =
          [](std::string_view label, std::vector<Value>& params) {
            params.emplace_back(std::string(label));
            return "EXISTS (SELECT 1 FROM label WHERE key = $" + std::to_string(params.size()) +
                   ")";
          }};
  std::vector<Value> params = {int64_t{1}};
  EXPECT_EQ(to_sql(condition, names, 20250301, params),
            "((((CAST($2 AS BIGINT) - t.birth_date) / 10000) >= CAST($3 AS BIGINT)) AND ((t.kind = "
            "CAST($4 AS TEXT)) OR EXISTS (SELECT 1 FROM label WHERE key = $5)))");
  EXPECT_EQ(params.size(), 5U);
}

TEST(Json, CarriesTheTree) {
  const Scope scope = person();
  const Expression condition = MUST(compile("rooms > 2", {.scope = &scope}));
  EXPECT_EQ(json::write(to_json(condition)),
            R"({"op":"greater","operands":[{"op":"variable","type":"integer","name":"rooms"},)"
            R"({"op":"literal","type":"integer","value":2}]})");
}

}  // namespace
}  // namespace linli::expr
