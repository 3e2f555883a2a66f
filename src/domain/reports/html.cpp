#include <array>

#include "core/xml.h"
#include "domain/reports/document.h"

namespace linli::reports {
namespace {

constexpr std::string_view kStyle =
    "body{font-family:'Noto Serif CJK SC','Songti SC',serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;line-height:1.7}h1,.subtitle{text-align:center}h2{font-family:"
    "'Noto Sans CJK SC',sans-serif;font-size:1.2rem}.wide{overflow-x:auto}table{border-collapse:"
    "collapse;width:100%}th,td{border:1px solid #555;padding:.3rem .5rem;text-align:left}"
    ".number{text-align:right}.issuer{text-align:right}";

void write_table(std::string& out, const Block& block) {
  out += "<div class=\"wide\" tabindex=\"0\"><table><caption>" + xml::escape(block.text) +
         "</caption><thead><tr>";
  for (const Column& column : block.columns) {
    out += "<th scope=\"col\">" + xml::escape(column.name) + "</th>";
  }
  out += "</tr></thead><tbody>\n";
  for (const auto& row : block.rows) {
    out += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) {
      out += block.columns[i].number ? "<td class=\"number\">" : "<td>";
      out += xml::escape(row[i]) + "</td>";
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
}

}  // namespace

std::string date_text(const Document& document) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const time::CivilDate date = time::civil(document.date);
  if (document.language == "zh") {
    return std::to_string(date.year) + "年" + std::to_string(date.month) + "月" +
           std::to_string(date.day) + "日";
  }
  return std::to_string(date.day) + " " +
         std::string(kMonths.at(static_cast<size_t>(date.month - 1))) + " " +
         std::to_string(date.year);
}

std::string to_html(const Document& document) {
  const std::string title = xml::escape(document.title);
  std::string out =
      "<!doctype html>\n<html lang=\"" + std::string(document.language == "zh" ? "zh-CN" : "en") +
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><title>" +
      title + "</title><style>" + std::string(kStyle) + "</style></head><body><main>\n<h1>" +
      title + "</h1>\n<p class=\"subtitle\">" + xml::escape(document.subtitle) + "</p>\n";
  for (const Block& block : document.blocks) {
    switch (block.kind) {
      case Block::Kind::heading:
        out += "<h2>" + xml::escape(block.text) + "</h2>\n";
        break;
      case Block::Kind::paragraph:
        out += "<p>" + xml::escape(block.text) + "</p>\n";
        break;
      case Block::Kind::table:
        write_table(out, block);
        break;
    }
  }
  return out + "<p class=\"issuer\">" + xml::escape(document.issuer) + "<br>" +
         date_text(document) + "</p>\n</main></body></html>\n";
}

}  // namespace linli::reports
