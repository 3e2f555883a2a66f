// Random expressions over random records: SQLite and PostgreSQL answer as evaluate() does.
#include <cmath>

#include <gtest/gtest.h>

#include "core/expr/sql.h"
#include "core/expr/testing.h"
#include "db/testing.h"

namespace linli::host {
namespace {

constexpr time::Date kToday = 20250301;
constexpr size_t kRecords = 40;

constexpr const char* kSchema = R"(
  CREATE TABLE sample (
    id BIGINT PRIMARY KEY, flag BIGINT, other_flag BIGINT, whole BIGINT, small BIGINT,
    amount DOUBLE PRECISION, ratio DOUBLE PRECISION, title TEXT, part TEXT, kind TEXT, groups TEXT,
    born BIGINT, seen BIGINT, made_at BIGINT, home BIGINT, origin BIGINT);
  CREATE TABLE sample_label (id BIGINT, label TEXT);
)";

class ExpressionSql : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    expr::testing::Generator generator(7);
    for (size_t i = 0; i < kRecords; ++i) records_.push_back(generator.record());
    MUST(fresh_.database().transact([&](db::Tx& tx) -> Done {
      tx.script(kSchema);
      for (size_t i = 0; i < kRecords; ++i) insert(tx, static_cast<int64_t>(i), records_[i]);
      return {};
    }));
  }

  static void insert(db::Tx& tx, int64_t id, const expr::testing::Sample& record) {
    std::string places = "$1";
    db::Params params = {id};
    for (const Value& value : record.values) {
      params.push_back(value);
      places += ", $" + std::to_string(params.size());
    }
    tx.run("INSERT INTO sample VALUES (" + places + ")", params);
    for (const std::string& label : record.labels) {
      tx.run("INSERT INTO sample_label VALUES ($1, $2)", {id, label});
    }
  }

  // The value of each record, by id; booleans as 0 and 1.
  std::vector<Value> answers(const expr::Expression& expression) {
    const expr::SqlNames names = {
        .column = [](size_t variable) { return expr::testing::scope().variables[variable].name; },
        .label =
            [](std::string_view label, std::vector<Value>& params) {
              params.emplace_back(std::string(label));
              return "EXISTS (SELECT 1 FROM sample_label l WHERE l.id = sample.id AND l.label = "
                     "CAST($" +
                     std::to_string(params.size()) + " AS TEXT))";
            }};
    std::vector<Value> params;
    std::string value = to_sql(expression, names, kToday, params);
    if (expression.type == expr::Type::boolean) {
      value = "CASE " + value + " WHEN (1 = 1) THEN 1 WHEN (1 = 0) THEN 0 END";
    }
    std::vector<Value> values;
    MUST(fresh_.database().read([&](db::Tx& tx) -> Done {
      tx.each("SELECT " + value + " FROM sample ORDER BY id", params, [&](const db::Row& row) {
        values.push_back(row.value(0));
        return true;
      });
      return {};
    }));
    return values;
  }

  db::testing::Fresh fresh_{GetParam()};
  std::vector<expr::testing::Sample> records_;
};

// Equal as values; numbers by value, since SQL may answer a whole decimal as an integer.
bool same(const Value& a, const Value& b) {
  const auto number = [](const Value& value) {
    const auto* whole = std::get_if<int64_t>(&value);
    return whole ? static_cast<double>(*whole) : std::get<double>(value);
  };
  if (is_null(a) || is_null(b)) return is_null(a) && is_null(b);
  if (std::holds_alternative<std::string>(a) || std::holds_alternative<std::string>(b))
    return a == b;
  return number(a) == number(b);
}

TEST_P(ExpressionSql, AnswersAsTheProgramDoes) {
  for (uint64_t seed = 0; seed < 600; ++seed) {
    expr::testing::Generator generator(seed);
    const int depth = static_cast<int>(seed % 4) + 1;
    const std::string text = seed % 4 == 0   ? generator.number(depth)
                             : seed % 4 == 1 ? generator.text(depth)
                                             : generator.condition(depth);
    expr::Mistake mistake;
    const auto expression = expr::compile(text, {.scope = &expr::testing::scope()}, &mistake);
    ASSERT_TRUE(expression.has_value()) << text << "\n" << mistake.offset << mistake.what;
    const std::vector<Value> found = answers(*expression);
    ASSERT_EQ(found.size(), records_.size());
    for (size_t i = 0; i < records_.size(); ++i) {
      const Value wanted = expr::evaluate(*expression, {.record = &records_[i], .today = kToday});
      ASSERT_TRUE(same(found[i], wanted)) << text << "\nof record " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, ExpressionSql, db::testing::engines(), db::testing::engine_name);

}  // namespace
}  // namespace linli::host
