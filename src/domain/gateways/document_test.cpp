#include "domain/gateways/document.h"

#include <gtest/gtest.h>

namespace linli::gateways {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

std::string xml(const std::string& root, json::Value value) {
  const std::string text = write_xml({root, std::move(value)});
  EXPECT_EQ(text.substr(0, kHead.size()), kHead);
  return text.substr(kHead.size(), text.size() - kHead.size() - 1);
}

TEST(Document, ItemsOfAnArrayAreElementsOfTheSingular) {
  EXPECT_EQ(xml("services", json::Array{json::Object{{"a", 1}, {"b", true}, {"c", nullptr}},
                                        json::Object{{"values", json::Array{}}}}),
            "<services><service><a>1</a><b>true</b><c></c></service>"
            "<service><values></values></service></services>");
  EXPECT_THROW(xml("things", json::Array{1}), std::logic_error);
}

TEST(Document, TextCannotBecomeMarkup) {
  EXPECT_EQ(xml("a", "<b>&\"邻里\"</b>"), "<a>&lt;b&gt;&amp;&quot;邻里&quot;&lt;/b&gt;</a>");
  EXPECT_EQ(xml("a", std::string_view("x\0\x01\x1f\ty\n\r", 8)), "<a>x\ty\n&#13;</a>");
  EXPECT_EQ(xml("a", "x\xEF\xBF\xBE\xEF\xBF\xBFy\xEF\xBF\xBD"), "<a>xy\xEF\xBF\xBD</a>");
}

TEST(Document, ARefusalIsAListOfErrorsWithTheStatus) {
  Refusal refusal{ErrorKind::invalid, "input.invalid", "secret", {}};
  refusal.fields.push_back({"/lat", "field.format", "degrees"});
  const net::Response xml = answer(refusal, Format::xml);
  EXPECT_EQ(xml.status, 400);
  EXPECT_NE(xml.body.find("<errors><error><code>400</code><description>lat: field.format, expected "
                          "degrees</description></error></errors>"),
            std::string::npos);
  const net::Response json =
      answer(Refusal{ErrorKind::forbidden, "open311.api_key_required", "secret", {}}, Format::json);
  EXPECT_EQ(json.status, 403);
  EXPECT_EQ(json.body, R"([{"code":403,"description":"open311.api_key_required"}])");
}

}  // namespace
}  // namespace linli::gateways
