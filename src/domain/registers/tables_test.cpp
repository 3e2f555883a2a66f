#include "domain/registers/tables.h"

#include <gtest/gtest.h>

namespace linli::registers {
namespace {

pack::Register kind_of(std::vector<pack::Field> fields) {
  pack::Register kind;
  kind.key = "thing";
  kind.title = fields.front().name;
  kind.fields = std::move(fields);
  return kind;
}

pack::Field field(std::string name, pack::FieldType type = pack::FieldType::text) {
  pack::Field made;
  made.name = std::move(name);
  made.type = type;
  return made;
}

Table table(const std::vector<pack::Field>& fields) {
  return MUST(table_of(kind_of(fields)));
}

std::vector<std::string> steps(const Table& from, const Table& to, bool destructive = false) {
  return MUST(evolve("thing", from, to, destructive)).statements;
}

TEST(Tables, AFieldMayNotTakeTheNameOfAColumnOfTheTablesOwn) {
  EXPECT_EQ(table_of(kind_of({field("name"), field("place")})).error().code,
            "register.reserved_field");
  EXPECT_EQ(table_of(kind_of({field("phone_lookup")})).error().code, "register.reserved_field");
}

TEST(Tables, TheSameDeclarationNeedsNothing) {
  const Table made = table({field("name"), field("area", pack::FieldType::decimal)});
  EXPECT_TRUE(steps(made, made).empty());
  EXPECT_EQ(table_from_json(to_json(made)), made);
}

TEST(Tables, ANewFieldIsANewColumn) {
  const Table before = table({field("name")});
  const Table after = table({field("name"), field("area", pack::FieldType::decimal)});
  EXPECT_EQ(
      steps(before, after),
      (std::vector<std::string>{"ALTER TABLE reg_thing ADD COLUMN \"area\" DOUBLE PRECISION"}));
}

TEST(Tables, ADroppedFieldKeepsItsColumnUntilItsDestructionIsAsked) {
  const Table before = table({field("name"), field("old")});
  const Table after = table({field("name")});
  const Evolution kept = MUST(evolve("thing", before, after, false));
  EXPECT_TRUE(kept.statements.empty());
  EXPECT_EQ(kept.result.columns.size(), 2u);
  EXPECT_TRUE(steps(kept.result, before).empty());  // it comes back with its values
  EXPECT_EQ(steps(kept.result, after, true),
            (std::vector<std::string>{"ALTER TABLE reg_thing DROP COLUMN \"old\""}));
}

TEST(Tables, AnotherTypeLosesValuesOnlyWhenTold) {
  const Table before = table({field("name"), field("size")});
  const Table after = table({field("name"), field("size", pack::FieldType::integer)});
  const auto refused = evolve("thing", before, after, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "register.destructive_change");
  EXPECT_NE(refused.error().detail.find("reg_thing.size"), std::string::npos);
  EXPECT_EQ(steps(before, after, true),
            (std::vector<std::string>{"ALTER TABLE reg_thing DROP COLUMN \"size\"",
                                      "ALTER TABLE reg_thing ADD COLUMN \"size\" BIGINT"}));
}

TEST(Tables, AFieldThatBecomesSensitiveIsAnotherColumn) {
  pack::Field open = field("phone");
  pack::Field sealed = open;
  sealed.sensitive = pack::Sensitivity::contact;
  EXPECT_EQ(evolve("thing", table({field("name"), open}), table({field("name"), sealed}), false)
                .error()
                .code,
            "register.destructive_change");
}

TEST(Tables, AUniqueFieldGetsAUniqueIndex) {
  pack::Field code = field("code");
  const Table before = table({field("name"), code});
  code.unique = true;
  EXPECT_EQ(
      steps(before, table({field("name"), code})),
      (std::vector<std::string>{"CREATE UNIQUE INDEX reg_thing_code_uq ON reg_thing (\"code\")"}));
}

}  // namespace
}  // namespace linli::registers
