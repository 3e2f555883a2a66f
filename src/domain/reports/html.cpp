#include <array>
#include <cmath>

#include "core/xml.h"
#include "domain/reports/document.h"

namespace linli::reports {
namespace {

constexpr std::string_view kStyle =
    "body{font-family:'Noto Serif CJK SC','Songti SC',serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;line-height:1.7}h1,.subtitle{text-align:center}h2{font-family:"
    "'Noto Sans CJK SC',sans-serif;font-size:1.2rem}.wide{overflow-x:auto}table{border-collapse:"
    "collapse;width:100%}th,td{border:1px solid #555;padding:.3rem .5rem;text-align:left}"
    ".number{text-align:right}.issuer{text-align:right}.bars th{width:40%;font-weight:400}"
    ".bars .number{width:5rem}.bars svg{display:block;width:100%;height:.9rem}"
    ".bars .way{fill:none;stroke:#555}@page{size:A4;margin:20mm 18mm}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:10.5pt}.wide{overflow:visible}"
    "thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}";

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

// The picture repeats the number beside it.
void write_bars(std::string& out, const Block& block) {
  out += "<table class=\"bars\"><caption>" + xml::escape(block.text) + "</caption><tbody>\n";
  for (const Bar& bar : block.bars) {
    const std::string filled = std::to_string(std::lround(bar.share * 1000));
    out +=
        "<tr><th scope=\"row\">" + xml::escape(bar.name) +
        "</th><td><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        "<rect class=\"way\" width=\"1000\" height=\"10\"/><rect width=\"" +
        filled + "\" height=\"10\"/></svg></td><td class=\"number\">" + xml::escape(bar.says) +
        "</td></tr>\n";
  }
  out += "</tbody></table>\n";
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
      case Block::Kind::bars:
        write_bars(out, block);
        break;
    }
  }
  return out + "<p class=\"issuer\">" + xml::escape(document.issuer) + "<br>" +
         date_text(document) + "</p>\n</main></body></html>\n";
}

}  // namespace linli::reports
