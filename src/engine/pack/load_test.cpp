// A sample pack as it should load, a folder of broken ones with what must be said of each, and the
// packs that are shipped. LINLI_UPDATE_GOLDEN=1 writes the expected texts anew.
#include "engine/pack/load.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/expr/tree.h"
#include "engine/pack/examples.h"
#include "engine/pack/facts.h"
#include "engine/pack/grammar.h"

namespace linli::pack {
namespace {

const std::string kRoot = LINLI_SOURCE_DIR;

std::string text_of_file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The file, or what it should be when it is written anew.
std::string golden(const std::string& path, const std::string& now) {
  if (std::getenv("LINLI_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << now;
  return text_of_file(path);
}

std::string lines_of(const std::vector<Mistake>& mistakes) {
  std::string lines;
  for (const Mistake& mistake : mistakes) lines += to_text(mistake) + "\n";
  return lines;
}

std::shared_ptr<const Content> loaded(const std::string& folder,
                                      const std::vector<std::string>& packs) {
  std::vector<Mistake> mistakes;
  auto content = load(folder, packs, mistakes);
  EXPECT_TRUE(content) << lines_of(mistakes);
  return content;
}

class Sample : public ::testing::Test {
 protected:
  std::shared_ptr<const Content> content = loaded(kRoot + "/tests/packs/sample", {"sample"});
};

TEST_F(Sample, RegistersKnowTheirFields) {
  const Register* person = content->find_register("person");
  ASSERT_NE(person, nullptr);
  EXPECT_EQ(person->name.en, "Resident");
  EXPECT_EQ(person->capabilities, (std::vector<std::string>{"REG-03"}));
  EXPECT_EQ(person->source.front(), (std::pair<std::string, std::string>{"town", "T1"}));
  EXPECT_EQ(person->at.file, "sample/records.yaml");
  EXPECT_EQ(person->at.line, 28);
  const Field* name = person->field("name");
  EXPECT_TRUE(name->required && name->listed && name->search_pinyin);
  EXPECT_EQ(person->field("id_number")->sensitive, Sensitivity::identity);
  EXPECT_EQ(person->field("birth_date")->from, "id_number");
  EXPECT_EQ(person->field("note")->max_length, 500);
  EXPECT_EQ(expr::to_text(*person->field("note")->when), "birth_date is known");
  EXPECT_TRUE(person->label("living_alone")->evidence_required);
}

TEST_F(Sample, ScopesHoldPlaceFieldsAttributesAndDerivedNames) {
  std::vector<std::string> names;
  for (const expr::Variable& v : content->find_register("person")->scope.variables) {
    names.push_back(v.name);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"place", "name", "id_number", "birth_date", "note", "urban",
                                      "rural", "community_types", "special_care", "age"}));
  const expr::Variable* emergency = content->case_kind("request")->scope.find("subject_urgent");
  ASSERT_NE(emergency, nullptr);
  EXPECT_EQ(emergency->type, expr::Type::boolean);
  EXPECT_EQ(expr::to_text(content->find_register("person")->derived[0].value),
            "years_between(birth_date, today) >= 60 and label(living_alone)");
}

TEST_F(Sample, CasesKnowTheirStages) {
  const CaseKind* kind = content->case_kind("request");
  ASSERT_NE(kind, nullptr);
  EXPECT_EQ(kind->subject_list, "subject");
  const Stage* received = kind->stage("received");
  EXPECT_EQ(received->within->count, 30);
  EXPECT_TRUE(received->within->working);
  EXPECT_EQ(received->resident_name.zh, "待分派");
  EXPECT_EQ(kind->stage("replied")->resident_name.en, "Please rate");
  EXPECT_EQ(kind->remind_percent, (std::vector<int>{50, 90}));
  EXPECT_EQ(kind->duplicate_radius_m, 200);
  EXPECT_EQ(kind->routes[1].to, "department");
  EXPECT_FALSE(kind->routes[2].when.has_value());
}

TEST_F(Sample, FiguresKeepThePlansWords) {
  const Indicator* coverage = content->indicator("town.1");
  ASSERT_NE(coverage, nullptr);
  EXPECT_TRUE(coverage->binding);
  EXPECT_EQ(expr::aggregates(*coverage->value).size(), 2U);
  EXPECT_FALSE(coverage->baselines[0].value.has_value());
  EXPECT_EQ(coverage->targets[0].printed, "≥ 80");
  EXPECT_EQ(coverage->targets[0].due, 20250630);
  EXPECT_EQ(content->standards[0].limit, 30);
  EXPECT_EQ(expr::to_text(*content->standards[0].when), "urban");
  EXPECT_TRUE(content->standards[0].minimum && !content->standards[0].maximum);
  EXPECT_EQ(content->circles[0].minutes.rural, 20);
  EXPECT_TRUE(content->calendar.workdays.count(20250126));
  EXPECT_EQ(content->texts.at("zh").at("app.name"), "邻里");
  EXPECT_EQ(content->plan("town")->territory.text(), "6208");
}

TEST_F(Sample, FactsCarryWhatFormsNeed) {
  const json::Value facts = content_facts(*content);
  const json::Value& person = facts.find("registers")->as_array()[0];
  const json::Value& note = person.find("fields")->as_array()[3];
  EXPECT_EQ(note.text("name"), "note");
  EXPECT_EQ(note.find("when")->text("op"), "known");
  EXPECT_EQ(facts.find("measures")->as_array()[0].text("unit"), "count");
  EXPECT_EQ(facts.find("circles")->as_array()[0].find("minutes")->number("rural"), 20);
}

TEST(BrokenPacks, AreRefusedWithWhatIsWrongAndWhatWouldBeRight) {
  const std::string folder = kRoot + "/tests/packs/broken";
  const std::vector<std::string> packs = packs_in(folder);
  EXPECT_GT(packs.size(), 20U);
  for (const std::string& pack : packs) {
    std::vector<Mistake> mistakes;
    EXPECT_EQ(load(folder, {pack}, mistakes), nullptr) << pack;
    const std::string said = lines_of(mistakes);
    EXPECT_EQ(said, golden(folder + "/" + pack + "/expected.txt", said)) << pack;
  }
}

TEST(BrokenPacks, LeaveNothingLoaded) {
  std::vector<Mistake> mistakes;
  EXPECT_EQ(load(kRoot + "/tests/packs/sample", {"sample", "absent"}, mistakes), nullptr);
  EXPECT_EQ(lines_of(mistakes),
            "absent/pack.yaml:1: there is no pack `absent`; expected one of: sample\n");
}

TEST(ShippedPacks, AreRight) {
  const std::string folder = kRoot + "/packs";
  const auto content = loaded(folder, packs_in(folder));
  ASSERT_TRUE(content);
  EXPECT_GE(content->plans.size(), 5U);
}

TEST(ShippedPacks, DoWhatTheirExamplesSay) {
  const std::string folder = kRoot + "/packs";
  const std::vector<std::string> packs = packs_in(folder);
  const auto content = loaded(folder, packs);
  ASSERT_TRUE(content);
  const Verdict verdict = check_examples(*content, read_examples(folder, packs));
  EXPECT_EQ(lines_of(verdict.mistakes), "");
  EXPECT_GE(verdict.expectations, 20);
}

TEST_F(Sample, ExamplesSayWhatDoesNotHold) {
  const Verdict verdict = check_examples(*content, {{"t.yaml", R"(example: wrong in every way
given:
  - {place: "620802001001", urban: true}
  - {facility: {kind: service, aera: 3}, at: "620802001001"}
  - {persn: {}, at: "620802001001"}
expect:
  - {figure: town.1, at: "620802001", value: 80}
  - {figure: town.2, at: "620802001", value: 80}
  - {person: {birth_date: 1950-01-01}, at: "620802001001", shows: {special_care: true}}
  - {request: {subject: noise}, at: "620802001001", goes_to: grid}
  - {person: {birth_date: yesterday}, at: "1"}
)"}});
  EXPECT_EQ(lines_of(verdict.mistakes),
            "t.yaml:4: there is no name `aera`; expected perhaps `area`\n"
            "t.yaml:5: `persn` is no record; expected perhaps `person`\n"
            "t.yaml:7: `town.1` is 100; expected 80\n"
            "t.yaml:8: `town.2` is no figure that is computed; expected perhaps `town.1`\n"
            "t.yaml:9: `special_care` is 0; expected 1\n"
            "t.yaml:10: `goes_to` is `county`; expected `grid`\n"
            "t.yaml:11: `at` is no place; expected a region code in quotes\n"
            "t.yaml:11: `birth_date` does not fit; expected a value of type date\n"
            "t.yaml:11: nothing is expected of it; expected figure, shows or goes_to\n");
}

TEST(Schema, IsTheOneThatEditorsUse) {
  const std::string path = kRoot + "/docs/formats/pack.schema.json";
  const json::Value schema = pack_schema();
  std::string now = json::write(schema) + "\n";
  // One definition a line, so that a difference can be read.
  for (const auto& [name, definition] : schema.find("$defs")->as_object()) {
    now.insert(now.find("\"" + name + "\":{", now.find("\"$defs\"")), "\n");
  }
  EXPECT_EQ(golden(path, now), now) << "LINLI_UPDATE_GOLDEN=1 writes " << path;
}

}  // namespace
}  // namespace linli::pack
