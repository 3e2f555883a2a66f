#include "domain/plans/exchange.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace linli::plans {
namespace {

using region::Code;

Code code(const char* text) {
  return MUST(Code::parse(text));
}

std::vector<ExchangedValue> some() {
  return {{"pingliang", "pingliang.1", code("620802"), "2025", 100.0 / 3, 1, 3, "computed", ""},
          {"pingliang",
           "pingliang.7",
           code("620802"),
           "2025",
           18,
           {},
           {},
           "reported",
           "台账,第“3”页\n附件 <a> & b"},
          {"statistics",
           "resident_population",
           code("6208"),
           "2024",
           0.1 + 0.2,
           {},
           {},
           "statistic",
           "年鉴"}};
}

TEST(Exchange, CsvAndAdxReadBackAsTheyWereWritten) {
  EXPECT_EQ(MUST(from_csv(to_csv(some()))).values, some());
  EXPECT_EQ(MUST(from_adx(to_adx(some(), 0))).values, some());
}

TEST(Exchange, AdxIsOfItsNamespaceAndIsoPeriods) {
  const std::string text = to_adx(some(), 0);
  EXPECT_NE(text.find("xmlns=\"urn:ihe:qrph:adx:2015\""), std::string::npos);
  EXPECT_NE(text.find("orgUnit=\"620802\" period=\"2025-01-01/P1Y\""), std::string::npos);
  EXPECT_EQ(from_adx("<adx/>").error().code, "exchange.not_adx");
  EXPECT_EQ(from_adx("nothing").error().code, "xml.invalid");
}

TEST(Exchange, EachBadRowIsNamedByItsLine) {
  const std::string head = to_csv({});
  EXPECT_EQ(from_csv("a,b\n").error().code, "exchange.bad_header");
  EXPECT_EQ(from_csv("").error().code, "exchange.bad_header");
  const Exchanged found = MUST(from_csv(head + "p,p.1,62080,2025,1,,,reported,\n"
                                               "p,p.1,620802,now,1,,,reported,\n"
                                               "p,p.1,620802,2025,one,,,reported,\n"
                                               "p,p.1,620802,2025,1,,,guessed,\n"
                                               "p,p.1,620802,2025,1\n"
                                               "p,p.1,620802,2025,1,,,reported,\n"));
  EXPECT_EQ(found.values.size(), 1U);
  EXPECT_EQ(found.lines, std::vector<int64_t>{7});
  ASSERT_EQ(found.errors.size(), 5U);
  EXPECT_EQ(found.errors[0].code, "place.bad_code");
  EXPECT_EQ(found.errors[1].code, "period.bad");
  EXPECT_EQ(found.errors[2].code, "exchange.bad_row");
  EXPECT_EQ(found.errors[4].line, 6);
}

TEST(Exchange, AnotherSystemsAdxNeedNotSayTheKind) {
  const auto found = MUST(
      from_adx("<adx xmlns=\"urn:ihe:qrph:adx:2015\" exported=\"2025-01-01T00:00:00Z\">"
               "<group orgUnit=\"620802\" period=\"2025-03-01/P1M\" dataSet=\"p\" comment=\"x\">"
               "<dataValue dataElement=\"p.1\" value=\"3\" sex=\"M\"/></group></adx>"));
  ASSERT_EQ(found.values.size(), 1U);
  EXPECT_EQ(found.values[0].kind, "reported");
  EXPECT_EQ(found.values[0].period, "2025-03");
}

RC_GTEST_PROP(Exchange, LosesNoNumberAndNoText, ()) {
  const auto text =
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc <>&\"',\n\t;|")));
  ExchangedValue value = some()[0];
  value.value = *rc::gen::arbitrary<double>();
  RC_PRE(std::isfinite(value.value));
  value.kind = "reported";
  value.evidence = "依据" + *text;
  RC_ASSERT(MUST(from_adx(to_adx({value}, 0))).values == std::vector{value});
  RC_ASSERT(MUST(from_csv(to_csv({value}))).values == std::vector{value});
}

}  // namespace
}  // namespace linli::plans
