#include "domain/reports/document.h"

#include <gtest/gtest.h>

namespace linli::reports {
namespace {

Document sample(int rows = 60) {
  Document made{.title = "平凉市规划实施监测月报",
                .subtitle = "2025年2月",
                .issuer = "崆峒区",
                .date = 20250228,
                .blocks = {heading("一、总体情况"), paragraph("共 7 项指标，已达标 <3> 项。")}};
  std::vector<std::vector<std::string>> all;
  for (int i = 0; i < rows; ++i) all.push_back({"指标" + std::to_string(i), "12.5"});
  made.blocks.push_back(table("主要指标", {{"指标", 3}, {"当前值", 1, true}}, all));
  made.blocks.push_back(bars("完成进度", {{"1 覆盖率", 0.25, "25%"}, {"2 面积", 1, "100%"}}));
  return made;
}

size_t occurrences(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Reports, AreTheSameToTheByteForTheSameDocument) {
  EXPECT_EQ(to_html(sample()), to_html(sample()));
  EXPECT_EQ(to_pdf(sample()), to_pdf(sample()));
  EXPECT_EQ(to_xlsx(sample()), to_xlsx(sample()));
  Document other = sample();
  other.date = 20250301;
  EXPECT_NE(to_pdf(sample()), to_pdf(other));
}

TEST(Reports, AsPagesSayTheirLanguageAndEscape) {
  const std::string page = to_html(sample());
  EXPECT_NE(page.find("lang=\"zh-CN\""), std::string::npos);
  EXPECT_NE(page.find("已达标 &lt;3&gt; 项"), std::string::npos);
  EXPECT_NE(page.find("<th scope=\"col\">当前值"), std::string::npos);
  EXPECT_NE(page.find("2025年2月28日"), std::string::npos);
}

TEST(Reports, AsPagesDrawBarsWithTheirNumbersBeside) {
  const std::string page = to_html(sample());
  EXPECT_NE(page.find("<th scope=\"row\">1 覆盖率</th>"), std::string::npos);
  EXPECT_NE(page.find("<rect width=\"250\" height=\"10\"/>"), std::string::npos);
  EXPECT_NE(page.find("<td class=\"number\">25%</td>"), std::string::npos);
}

TEST(Reports, AsPrintHavePagesAndEmbeddedFonts) {
  const std::string print = to_pdf(sample());
  EXPECT_EQ(print.rfind("%PDF-1.", 0), 0U);
  EXPECT_GE(occurrences(print, "/Type /Page "), 2U);
  EXPECT_NE(print.find("NotoSerifCJK"), std::string::npos) << "fonts-noto-cjk is installed";
  EXPECT_NE(print.find("CreationDate (20250228"), std::string::npos);
  EXPECT_LT(print.size(), 400'000U) << "fonts are embedded as subsets";
}

TEST(Reports, AsWorkbooksAreZipFiles) {
  EXPECT_EQ(to_xlsx(sample()).rfind("PK\x03\x04", 0), 0U);
}

}  // namespace
}  // namespace linli::reports
