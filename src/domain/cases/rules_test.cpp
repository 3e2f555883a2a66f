#include "domain/cases/rules.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "domain/cases/testing.h"

namespace linli::cases::testing {
namespace {

Case about(const std::string& subject, const std::string& kind = {}) {
  Case made;
  made.kind = "resident_request";
  made.place = at(kGrid);
  made.form = json::Object{{"subject", subject}, {"description", "words"}};
  if (!kind.empty()) made.form.set("kind", kind);
  return made;
}

std::string routed(const Case& opened) {
  const auto loaded = content();
  return route(*loaded->case_kind("resident_request"), *loaded, opened, 20250303);
}

TEST(CaseRules, TheLinkageListDecidesWhoAnswers) {
  EXPECT_EQ(routed(about("rubbish")), kGrid);
  EXPECT_EQ(routed(about("property_service")), kVillage);
  EXPECT_EQ(routed(about("street_lamp")), kTownship);
  EXPECT_EQ(routed(about("construction_noise")), "ecology@620802");
  EXPECT_EQ(routed(about("gas_leak")), kCounty);
  EXPECT_EQ(routed(about("rubbish", "emergency")), kCounty);
  EXPECT_EQ(routed(about("other")), kGrid);
}

TEST(CaseRules, EverySubjectHasItsDepartmentAndFindsAUnit) {
  const auto loaded = content();
  const pack::ChoiceList* departments = loaded->list("department");
  ASSERT_NE(departments, nullptr);
  for (const pack::Choice& subject : loaded->list("request_subject")->choices) {
    EXPECT_FALSE(routed(about(subject.key)).empty()) << subject.key;
    const auto named = subject.attributes.find("department");
    if (named != subject.attributes.end()) {
      EXPECT_NE(departments->find(named->second.as_string()), nullptr) << subject.key;
    }
  }
}

TEST(CaseRules, WorkersAnswerForPlacesUnderThemAndDepartmentsForThemselves) {
  EXPECT_TRUE(works_for(community_worker(), kVillage));
  EXPECT_TRUE(works_for(community_worker(), kGrid));
  EXPECT_FALSE(works_for(community_worker(), kTownship));
  EXPECT_FALSE(works_for(dispatcher(), "ecology@620802"));
  EXPECT_TRUE(works_for(expert(), "ecology@620802"));
  EXPECT_FALSE(works_for(expert(), "water@620802"));
  EXPECT_FALSE(works_for(expert(), kVillage));
}

TEST(CaseRules, ADepartmentReadsItsOwnCasesAndTheReporterHisOwn) {
  Case shown = about("construction_noise");
  shown.state.unit = "ecology@620802";
  shown.reporter = "resident";
  EXPECT_TRUE(may_read(expert(), shown));
  EXPECT_FALSE(may_read(expert("water"), shown));
  EXPECT_TRUE(may_read(dispatcher(), shown));
  EXPECT_FALSE(may_read(resident(), shown));
  EXPECT_TRUE(is_reporter(resident(), shown));
  EXPECT_FALSE(is_reporter(resident("another"), shown));
}

TEST(CaseRules, FiguresSeeWhatTheCaseIs) {
  const auto loaded = content();
  const pack::CaseKind& kind = *loaded->case_kind("resident_request");
  Case shown = about("gas_leak", "hazard");
  shown.channel = "grid";
  shown.attributes.urban = false;
  shown.state.opened_at = kMonday;
  shown.state.rating = 3;
  const std::vector<Value> values = values_of(kind, *loaded, shown);
  ASSERT_EQ(values.size(), kind.scope.variables.size());
  const auto value = [&](std::string_view name) {
    const expr::Variable* found = kind.scope.find(name);
    return values.at(static_cast<size_t>(found - kind.scope.variables.data()));
  };
  EXPECT_EQ(value("subject"), Value("gas_leak"));
  EXPECT_EQ(value("subject_emergency"), Value(int64_t{1}));
  EXPECT_EQ(value("opened_on"), Value(int64_t{20250303}));
  EXPECT_EQ(value("closed_on"), Value());
  EXPECT_EQ(value("rural"), Value(int64_t{1}));
  EXPECT_EQ(value("satisfied"), Value(int64_t{0}));
}

TEST(CaseRules, AnExcerptShowsNoLongNumbers) {
  Case shown = about("rubbish");
  shown.form.set("description", "3号楼2单元，电话13812345678，急");
  EXPECT_EQ(excerpt(shown), "3号楼2单元，电话…，急");
}

TEST(CaseRules, TextsAreAlikeByTheirPairsOfSigns) {
  EXPECT_EQ(shared_pairs("路灯不亮", "门口路灯 不亮了"), 3);
  EXPECT_EQ(shared_pairs("路灯", "垃圾"), 0);
  EXPECT_EQ(shared_pairs("", "路灯"), 0);
}

TEST(CaseRules, NamesAndPhonesAreMasked) {
  EXPECT_EQ(masked_name("王小明"), "王**");
  EXPECT_EQ(masked_phone("13812345678"), "138****5678");
  EXPECT_EQ(masked_name(""), "");
  EXPECT_EQ(masked_phone("110"), "****");
}

TEST(CaseRules, ACircleTouchesTheCellsOfItsPoints) {
  const places::Point centre{106.6653, 35.5427};
  const std::vector<int64_t> cells = cells_around(centre, 200);
  for (int angle = 0; angle < 360; angle += 10) {
    const double turn = angle * M_PI / 180;
    const places::Point edge{
        centre.lon + 200 / 111'195.0 * std::cos(turn) / std::cos(centre.lat * M_PI / 180),
        centre.lat + 200 / 111'195.0 * std::sin(turn)};
    EXPECT_NEAR(distance_m(centre, edge), 200, 1);
    EXPECT_NE(std::find(cells.begin(), cells.end(), cell_of(edge)), cells.end()) << angle;
  }
  EXPECT_LE(cells.size(), 4U);
}

}  // namespace
}  // namespace linli::cases::testing
