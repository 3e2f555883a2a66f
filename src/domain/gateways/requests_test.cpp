#include "domain/gateways/requests.h"

#include <gtest/gtest.h>

#include "domain/cases/testing.h"

namespace linli::gateways {
namespace {

const time::Instant kNow = cases::testing::kMonday;

Catalogue catalogue() {
  return Catalogue(*cases::testing::content());
}

Parameters form(const std::string& body) {
  return MUST(read_parameters(net::Request{.method = "POST", .body = body}));
}

std::vector<std::string> mistakes(const std::string& body) {
  std::vector<std::string> pointers;
  const auto report = read_report(form(body), catalogue());
  if (!report)
    for (const FieldError& field : report.error().fields) pointers.push_back(field.pointer);
  return pointers;
}

TEST(Services, AreTheSubjectsWithoutFinerOnes) {
  const Document document = catalogue().services(Language::en);
  const auto& services = document.value.as_array();
  const auto sewage = std::find_if(services.begin(), services.end(), [](const json::Value& one) {
    return one.text("service_code") == "sewage";
  });
  ASSERT_NE(sewage, services.end());
  EXPECT_EQ(sewage->text("service_name"), "Sewage overflow");
  EXPECT_EQ(sewage->text("group"), "Environment and cleanliness");
  EXPECT_EQ(sewage->text("keywords"), "污水外溢, Sewage overflow, Housing and construction");
  EXPECT_EQ(sewage->text("type"), "realtime");
  EXPECT_TRUE(sewage->flag("metadata"));
  for (const json::Value& one : services) EXPECT_NE(one.text("service_code"), "environment");
  EXPECT_EQ(catalogue().service("environment"), nullptr);
  EXPECT_EQ(catalogue().service(""), nullptr);
}

TEST(Services, AskForWhatTheStandardHasNoWordsFor) {
  const Document document = catalogue().definition(*catalogue().service("sewage"), Language::en);
  const auto& attributes = document.value.find("attributes")->as_array();
  ASSERT_EQ(attributes.size(), 1U);
  EXPECT_EQ(attributes[0].text("code"), "kind");
  EXPECT_EQ(attributes[0].text("datatype"), "singlevaluelist");
  EXPECT_FALSE(attributes[0].find("values")->as_array().empty());
}

TEST(Services, SpeakEnglishOnlyToWhomAsksForIt) {
  EXPECT_EQ(language_of("en-GB,zh;q=0.5"), Language::en);
  EXPECT_EQ(language_of("zh-CN,en"), Language::zh);
  EXPECT_EQ(language_of(""), Language::zh);
}

TEST(Selection, IsTheLastNinetyDaysUnlessToldOtherwise) {
  const auto span = [](const Parameters& parameters) {
    const Selection selection = MUST(read_selection(parameters, kNow));
    return std::pair(time::format(selection.from), time::format(selection.to - 1));
  };
  using Span = std::pair<std::string, std::string>;
  EXPECT_EQ(span({}).second, time::format(kNow));
  EXPECT_EQ(
      span({{"start_date", "2025-01-01T00:00:00Z"}, {"end_date", "2025-01-02T08:00:00+08:00"}}),
      Span("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"));
  EXPECT_EQ(
      span({{"start_date", "2024-01-01T00:00:00Z"}, {"end_date", "2025-01-01T00:00:00Z"}}).second,
      "2025-01-01T00:00:00Z");
  const Selection wide = MUST(read_selection(
      {{"start_date", "2024-01-01T00:00:00Z"}, {"end_date", "2025-01-01T00:00:00Z"}}, kNow));
  EXPECT_EQ(wide.to - wide.from, kMostDays * time::kDay);
  const Selection after = MUST(read_selection({{"start_date", "2024-01-01T00:00:00Z"}}, kNow));
  EXPECT_EQ(time::format(after.from), "2024-01-01T00:00:00Z");
}

TEST(Selection, WhatItDoesNotUnderstandIsRefused) {
  EXPECT_FALSE(read_selection({{"start_date", "yesterday"}}, kNow));
  EXPECT_FALSE(read_selection({{"status", "lost"}}, kNow));
  const Selection open = MUST(read_selection({{"status", "open"}}, kNow));
  EXPECT_TRUE(open.open);
  EXPECT_FALSE(open.closed);
  const Selection several = MUST(
      read_selection({{"service_code", "sewage, rubbish"}, {"service_request_id", "a,,b"}}, kNow));
  EXPECT_EQ(several.services, (std::vector<std::string>{"sewage", "rubbish"}));
  EXPECT_EQ(several.ids, (std::vector<std::string>{"a", "b"}));
}

TEST(Report, BecomesAnOpeningOfTheSameCase) {
  const Report report = MUST(read_report(
      form("service_code=sewage&description=%E6%BA%A2%E6%B5%81+now&lat=35.54&long=106.66"
           "&address_string=%E8%A7%A3%E6%94%BE&attribute%5Bkind%5D=complaint"
           "&first_name=%E5%B0%8F%E6%98%8E&last_name=%E7%8E%8B&phone=13900000001\n"),
      catalogue()));
  EXPECT_EQ(json::write(report.opening.form),
            R"({"subject":"sewage","description":"溢流 now","kind":"complaint"})");
  EXPECT_EQ(report.opening.channel, "open311");
  EXPECT_EQ(report.opening.contact.name, "王小明");
  EXPECT_EQ(report.opening.contact.phone, "13900000001");
  ASSERT_TRUE(report.location.point);
  EXPECT_EQ(report.location.point->lon, 106.66);
  EXPECT_EQ(report.location.address, "解放");
}

TEST(Report, NamesEveryMistake) {
  EXPECT_EQ(mistakes(""), (std::vector<std::string>{"/service_code", "/description"}));
  EXPECT_EQ(mistakes("service_code=environment&description=x&lat=91&long=1"),
            (std::vector<std::string>{"/service_code", "/lat"}));
  EXPECT_EQ(mistakes("service_code=sewage&description=x&lat=35"),
            (std::vector<std::string>{"/lat"}));
  EXPECT_FALSE(read_parameters(net::Request{.body = "a=%zz"}));
}

cases::Case sample(const std::string& channel) {
  cases::Case one;
  one.number = "2025-620802-000001";
  one.kind = "resident_request";
  one.place = cases::testing::at(cases::testing::kGrid);
  one.form = json::Object{{"subject", "sewage"}, {"description", "call 13900000001"}};
  one.address = "4-302";
  one.point = places::Point{106.66, 35.54};
  one.channel = channel;
  one.reporter = "resident";
  one.state.stage = "handling";
  one.state.unit = "housing@620802";
  one.state.opened_at = kNow;
  one.due_at = kNow + time::kDay;
  return one;
}

json::Value view(const cases::Case& shown) {
  const Names names = {{cases::testing::at("620802"), "崆峒区"},
                       {cases::testing::at(cases::testing::kVillage), "解放中路社区居委会"}};
  return public_view(shown, catalogue(), names, *cases::testing::content(), Language::zh);
}

TEST(View, OfWhatCameThroughTheStandardIsAsItWasFiled) {
  const json::Value shown = view(sample("open311"));
  EXPECT_EQ(shown.text("service_request_id"), "2025-620802-000001");
  EXPECT_EQ(shown.text("status"), "open");
  EXPECT_EQ(shown.text("status_notes"), "正在办理");
  EXPECT_EQ(shown.text("agency_responsible"), "崆峒区 住房和城乡建设");
  EXPECT_EQ(shown.text("description"), "call 13900000001");
  EXPECT_EQ(shown.text("address"), "4-302");
  EXPECT_EQ(shown.number("lat"), 35.54);
  EXPECT_EQ(shown.text("expected_datetime"), time::format(kNow + time::kDay));
}

TEST(View, OfOthersSaysNeitherWordsNorPointNorPerson) {
  const json::Value shown = view(sample("web"));
  EXPECT_TRUE(shown.find("description")->is_null());
  EXPECT_TRUE(shown.find("lat")->is_null());
  EXPECT_EQ(shown.text("address"), "解放中路社区居委会");
  EXPECT_EQ(shown.text("address_id"), cases::testing::kVillage);
  const std::string all = json::write(shown);
  for (const auto* secret : {"13900000001", "4-302", "resident\"", "106.66"})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST(View, OfAClosedOneIsClosedAndExpectsNothing) {
  cases::Case one = sample("web");
  one.state.stage = "closed";
  one.state.closed_at = kNow + time::kHour;
  EXPECT_EQ(view(one).text("status"), "closed");
  EXPECT_EQ(view(one).text("updated_datetime"), time::format(kNow + time::kHour));
  EXPECT_TRUE(view(one).find("expected_datetime")->is_null());
}

}  // namespace
}  // namespace linli::gateways
