// A report as what it says, before it has a form: headings, paragraphs, tables and bars. Written as
// a web page, a workbook or a page to print, each the same to the byte for the same document.
#pragma once

#include <string>
#include <vector>

#include "core/time.h"

namespace linli::reports {

struct Column {
  std::string name;
  double width = 1;  // beside the other columns
  bool number = false;
};

// A bar of a chart: how much of the way is filled, and the number in words.
struct Bar {
  std::string name;
  double share = 0;  // 0 to 1
  std::string says;
};

struct Block {
  enum class Kind { heading, paragraph, table, bars };
  Kind kind = Kind::paragraph;
  std::string text;  // of headings and paragraphs; of tables and bars their caption
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<Bar> bars;  // drawn in black: they are told apart by their length alone
};

struct Document {
  std::string language = "zh";
  std::string title;
  std::string subtitle;  // the place and the period
  std::string issuer;    // below, at the right
  time::Date date = 0;   // of the figures: never the day on which it was made
  std::vector<Block> blocks;
};

inline Block heading(std::string text) {
  return {Block::Kind::heading, std::move(text), {}, {}, {}};
}
inline Block paragraph(std::string text) {
  return {Block::Kind::paragraph, std::move(text), {}, {}, {}};
}
inline Block table(std::string caption, std::vector<Column> columns,
                   std::vector<std::vector<std::string>> rows) {
  return {Block::Kind::table, std::move(caption), std::move(columns), std::move(rows), {}};
}
inline Block bars(std::string caption, std::vector<Bar> all) {
  return {Block::Kind::bars, std::move(caption), {}, {}, std::move(all)};
}

std::string date_text(const Document& document);  // 2025年3月31日; 31 March 2025

std::string to_html(const Document& document);
// Cells that hold a number are numbers.
std::string to_xlsx(const Document& document);
// A4, after the layout of official documents (GB/T 9704-2012): margins 37, 35, 28 and 26 mm, title
// 22 pt, text 16 pt, first-level headings in the sans face, page numbers — 1 — at the outer edge.
std::string to_pdf(const Document& document);

}  // namespace linli::reports
