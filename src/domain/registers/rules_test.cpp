#include "domain/registers/rules.h"

#include <gtest/gtest.h>

#include "domain/registers/testing.h"
#include "domain/registers/values.h"

namespace linli::registers {
namespace {

using testing::id_number;
using testing::kToday;

class Laying : public ::testing::Test {
 protected:
  Result<Values> lay(std::string_view given, const Values& current = {}) {
    return lay_over(kind, {*content, testing::kCity, {}, labels, kToday}, current,
                    MUST(json::parse(given)));
  }
  std::vector<std::string> mistakes(std::string_view given, const Values& current = {}) {
    const Result<Values> laid = lay(given, current);
    std::vector<std::string> all;
    if (laid) return all;
    for (const FieldError& error : laid.error().fields) {
      all.push_back(error.pointer + " " + error.code);
    }
    return all;
  }
  Value value(const Values& values, std::string_view field) {
    return values[static_cast<size_t>(kind.field(field) - kind.fields.data())];
  }
  using Mistakes = std::vector<std::string>;

  std::shared_ptr<const pack::Content> content = testing::content_of(testing::kPack);
  const pack::Register& kind = *content->find_register("resident");
  std::vector<std::string> labels;
};

TEST_F(Laying, EveryMistakeIsToldAtOnce) {
  EXPECT_EQ(mistakes(R"({"age": 3, "income": -1, "hobbies": ["golf"], "phone": "123"})"),
            (Mistakes{"/values/age field.unknown", "/values/income field.too_small",
                      "/values/hobbies field.not_a_choice", "/values/phone field.format",
                      "/values/name field.required"}));
}

TEST_F(Laying, TypesAreChecked) {
  EXPECT_EQ(mistakes(R"({"name": 5, "income": "12", "working": 1, "birth_date": "2025-02-30",
                         "seat": {"lon": 400, "lat": 0}, "home": "not-an-id"})"),
            (Mistakes{"/values/name field.type", "/values/income field.type",
                      "/values/working field.type", "/values/birth_date field.format",
                      "/values/seat field.format", "/values/home field.format"}));
}

TEST_F(Laying, NumbersStayWithinWhatExpressionsCanCompute) {
  EXPECT_EQ(mistakes(R"({"name": "张三", "savings": 1e16})"),
            (Mistakes{"/values/savings field.too_large"}));
  EXPECT_EQ(mistakes(R"({"name": "张三", "savings": -1e16})"),
            (Mistakes{"/values/savings field.too_large"}));
  EXPECT_EQ(mistakes(R"({"name": "张三", "savings": 1e-16})"),
            (Mistakes{"/values/savings field.too_small"}));
  for (const char* fits : {"0", "1e15", "-1e15", "1e-15"}) {
    EXPECT_EQ(mistakes(R"({"name": "张三", "savings": )" + std::string(fits) + "}"), Mistakes{});
  }
}

TEST_F(Laying, AnIdentityNumberTellsBirthDateAndSex) {
  const Values values =
      MUST(lay(R"({"name": "张三", "id_number": ")" + id_number(19500102, 13) + R"("})"));
  EXPECT_EQ(value(values, "birth_date"), Value(int64_t{19500102}));
  EXPECT_EQ(value(values, "gender"), Value("male"));
}

TEST_F(Laying, WhatContradictsTheIdentityNumberIsRefused) {
  const std::string number = id_number(19500102, 12);
  EXPECT_EQ(mistakes(R"({"name": "张三", "gender": "male", "birth_date": "1950-01-03",
                         "id_number": ")" +
                     number + R"("})"),
            (Mistakes{"/values/gender field.contradicts", "/values/birth_date field.contradicts"}));
  EXPECT_TRUE(mistakes(R"({"name": "张三", "gender": "female", "id_number": ")" + number + R"("})")
                  .empty());
}

TEST_F(Laying, WithoutIdentityNumberTheBirthDateIsAsked) {
  const Values values = MUST(lay(R"({"name": "张三", "birth_date": "1950-01-02"})"));
  EXPECT_EQ(value(values, "birth_date"), Value(int64_t{19500102}));
}

TEST_F(Laying, AFieldIsAskedOnlyWhenItsConditionHolds) {
  EXPECT_EQ(mistakes(R"({"name": "张三", "workplace": "学校"})"),
            (Mistakes{"/values/workplace field.not_asked"}));
  const Values working = MUST(lay(R"({"name": "张三", "working": true, "workplace": "学校"})"));
  EXPECT_EQ(value(working, "workplace"), Value("学校"));
  const Values retired = MUST(lay(R"({"working": false})", working));
  EXPECT_TRUE(is_null(value(retired, "workplace")));
}

TEST_F(Laying, NullClearsAndRequiredFieldsStay) {
  const Values values = MUST(lay(R"({"name": "张三", "income": 10})"));
  EXPECT_TRUE(is_null(value(MUST(lay(R"({"income": null})", values)), "income")));
  EXPECT_EQ(mistakes(R"({"name": "  "})", values), (Mistakes{"/values/name field.required"}));
}

TEST_F(Laying, LengthCountsCharactersNotBytes) {
  EXPECT_TRUE(mistakes(R"({"name": "张三", "working": true, "workplace": "一二三四五六七八九十"})")
                  .empty());
  EXPECT_EQ(mistakes(R"({"name": "张", "working": true, "workplace": "一二三四五六七八九十百"})"),
            (Mistakes{"/values/workplace field.too_long"}));
}

TEST_F(Laying, ChoicesAreKeptOnceInTheirOrder) {
  const Values values = MUST(lay(R"({"name": "张三", "hobbies": ["dance", "chess", "dance"]})"));
  EXPECT_EQ(value(values, "hobbies"), Value("|dance|chess|"));
}

TEST_F(Laying, HistoryNeverShowsSensitiveValues) {
  const Values values = MUST(lay(R"({"name": "张三", "phone": "13812345678"})"));
  for (const FieldChange& change : differences(kind, {}, values)) {
    if (change.field == "phone") {
      EXPECT_EQ(change.after, json::Value("138****5678"));
    }
  }
  EXPECT_EQ(differences(kind, {}, values).size(), 2u);
}

TEST_F(Laying, FiguresSeeOnlyThatASensitiveValueIsKnown) {
  const Values values = MUST(lay(R"({"name": "张三", "phone": "13812345678"})"));
  const auto seen = scope_values(kind, origins(kind), values, testing::kCity, {true, {}});
  for (size_t i = 0; i < seen.size(); ++i) {
    const std::string& name = kind.scope.variables[i].name;
    if (name == "phone") {
      EXPECT_EQ(seen[i], Value("*"));
    }
    if (name == "id_number") {
      EXPECT_TRUE(is_null(seen[i]));
    }
    if (name == "urban") {
      EXPECT_EQ(seen[i], Value(int64_t{1}));
    }
    if (name == "rural") {
      EXPECT_EQ(seen[i], Value(int64_t{0}));
    }
    if (name == "place") {
      EXPECT_EQ(seen[i], Value(testing::kCity.padded()));
    }
  }
}

TEST_F(Laying, NamesAreFoundByPinyinAndInitials) {
  const std::string search = search_text(kind, MUST(lay(R"({"name": "张小明"})")));
  for (const char* word : {"张小明", "zhangxiaoming", "zxm"}) {
    EXPECT_NE(search.find(word), std::string::npos) << word;
  }
}

LabelPeriod period(std::string label, time::Date from, std::optional<time::Date> to = {}) {
  LabelPeriod made;
  made.label = std::move(label);
  made.from = from;
  made.to = to;
  return made;
}

std::string refusal(const Done& done) {
  return done ? "" : done.error().code;
}

TEST_F(Laying, LabelsNeedAKnownNameEvidenceAndAPeriod) {
  EXPECT_EQ(refusal(check_label(kind, {}, period("rich", 20250101))), "label.unknown");
  EXPECT_EQ(refusal(check_label(kind, {}, period("incapacitated", 20250101))),
            "label.evidence_required");
  EXPECT_EQ(refusal(check_label(kind, {}, period("living_alone", 20250101, 20250101))),
            "label.bad_period");
  EXPECT_EQ(refusal(check_label(kind, {}, period("living_alone", 20250101, 20250102))), "");
}

TEST_F(Laying, ALabelDoesNotHoldTwiceOnOneDay) {
  const std::vector<LabelPeriod> present = {period("living_alone", 20250101, 20250201)};
  EXPECT_EQ(refusal(check_label(kind, present, period("living_alone", 20250131))),
            "label.overlaps");
  EXPECT_EQ(refusal(check_label(kind, present, period("living_alone", 20241201))),
            "label.overlaps");
  EXPECT_EQ(refusal(check_label(kind, present, period("living_alone", 20250201))), "");
  EXPECT_EQ(held(present, 20250131), std::vector<std::string>{"living_alone"});
  EXPECT_TRUE(held(present, 20250201).empty());
}

class Cells : public Laying {
 protected:
  json::Value cell(std::string_view field, std::string_view text) {
    return wire_of_cell(*kind.field(field), *content, text);
  }
};

TEST_F(Cells, ArePeoplesSpellings) {
  EXPECT_EQ(cell("gender", "女"), json::Value("female"));
  EXPECT_EQ(cell("gender", "Female"), json::Value("female"));
  EXPECT_EQ(cell("working", "是"), json::Value(true));
  EXPECT_EQ(cell("working", "×"), json::Value(false));
  EXPECT_EQ(cell("income", "1,200.50"), json::Value(1200.5));
  EXPECT_EQ(cell("hobbies", "象棋、Dance"), json::Value(json::Array{"chess", "dance"}));
  for (const char* date : {"1950-1-2", "1950/01/02", "19500102", "1950年1月2日", "1950.1.2"}) {
    EXPECT_EQ(cell("birth_date", date), json::Value("1950-01-02")) << date;
  }
  EXPECT_TRUE(cell("name", "  ").is_null());
}

TEST_F(Cells, ComeBackAsTheyWereWritten) {
  const Values values = MUST(lay(R"({"name": "张三", "birth_date": "1950-01-02",
      "hobbies": ["chess", "dance"], "income": 12.5, "working": true, "workplace": "学校",
      "seat": {"lon": 106.6651234, "lat": 35.5428}})"));
  for (const char* language : {"zh", "en"}) {
    for (size_t i = 0; i < kind.fields.size(); ++i) {
      const std::string text = to_cell(kind.fields[i], *content, values[i], language);
      Value back;
      Misfit misfit;
      EXPECT_TRUE(read_value(kind.fields[i], *content, wire_of_cell(kind.fields[i], *content, text),
                             kToday, back, misfit));
      EXPECT_EQ(back, values[i]) << kind.fields[i].name;
    }
  }
}

}  // namespace
}  // namespace linli::registers
