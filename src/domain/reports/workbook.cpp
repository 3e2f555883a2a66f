// libxlsxwriter writes a workbook to a file; it is read back and removed. Its parts carry the
// report's date, so that the same report is the same file.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <xlsxwriter.h>

#include "core/crypto.h"
#include "core/text.h"
#include "domain/reports/document.h"

namespace linli::reports {
namespace {

namespace fs = std::filesystem;

constexpr double kCharacters = 90;  // of the columns together
constexpr const char* kSheet = "Sheet1";

struct Styles {
  lxw_format* title = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* head = nullptr;
  lxw_format* cell = nullptr;
  lxw_format* share = nullptr;
  lxw_format* plain = nullptr;
};

lxw_format* bordered(lxw_workbook* book) {
  lxw_format* made = workbook_add_format(book);
  format_set_border(made, LXW_BORDER_THIN);
  format_set_text_wrap(made);
  format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
  return made;
}

Styles styles_of(lxw_workbook* book) {
  Styles styles;
  styles.title = workbook_add_format(book);
  format_set_bold(styles.title);
  format_set_font_size(styles.title, 16);
  styles.heading = workbook_add_format(book);
  format_set_bold(styles.heading);
  styles.head = bordered(book);
  format_set_bold(styles.head);
  styles.cell = bordered(book);
  styles.share = bordered(book);
  format_set_num_format(styles.share, "0%");
  styles.plain = workbook_add_format(book);
  return styles;
}

bool is_number(const std::string& text, double& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text,
                bool number, lxw_format* style) {
  double value = 0;
  if (number && is_number(text, value)) {
    worksheet_write_number(sheet, row, column, value, style);
  } else {
    worksheet_write_string(sheet, row, column, text.c_str(), style);
  }
}

void write_table(lxw_worksheet* sheet, const Block& block, const Styles& styles, lxw_row_t& row) {
  for (size_t i = 0; i < block.columns.size(); ++i) {
    write_cell(sheet, row, static_cast<lxw_col_t>(i), block.columns[i].name, false, styles.head);
  }
  ++row;
  for (const auto& cells : block.rows) {
    for (size_t i = 0; i < cells.size(); ++i) {
      write_cell(sheet, row, static_cast<lxw_col_t>(i), cells[i], block.columns[i].number,
                 styles.cell);
    }
    ++row;
  }
}

// The numbers as cells, and a chart of the workbook's own over them.
void write_bars(lxw_workbook* book, lxw_worksheet* sheet, const Block& block, const Styles& styles,
                lxw_row_t& row) {
  constexpr lxw_row_t kRowsOfChart = 16;
  if (block.bars.empty()) return;
  const lxw_row_t first = row;
  for (const Bar& bar : block.bars) {
    worksheet_write_string(sheet, row, 1, bar.name.c_str(), styles.cell);
    worksheet_write_number(sheet, row++, 2, bar.share, styles.share);
  }
  lxw_chart* chart = workbook_add_chart(book, LXW_CHART_BAR);
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  chart_series_set_categories(series, kSheet, first, 1, row - 1, 1);
  chart_series_set_values(series, kSheet, first, 2, row - 1, 2);
  chart_axis_set_reverse(chart->y_axis);
  chart_axis_set_min(chart->x_axis, 0);
  chart_axis_set_max(chart->x_axis, 1);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_title_off(chart);
  worksheet_insert_chart(sheet, first, 3, chart);
  row = std::max(row, first + kRowsOfChart);
}

void set_widths(lxw_worksheet* sheet, const Document& document) {
  const Block* widest = nullptr;
  for (const Block& block : document.blocks) {
    if (block.kind != Block::Kind::table) continue;
    if (widest == nullptr || block.columns.size() > widest->columns.size()) widest = &block;
  }
  if (widest == nullptr) return;
  double whole = 0;
  for (const Column& column : widest->columns) whole += column.width;
  for (size_t i = 0; i < widest->columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, at, at, widest->columns[i].width / whole * kCharacters, nullptr);
  }
}

void fill(lxw_workbook* book, const Document& document) {
  lxw_doc_properties properties = {};
  std::string title = document.title;
  properties.title = title.data();
  properties.created = static_cast<time_t>(time::start_of(document.date) / time::kSecond);
  workbook_set_properties(book, &properties);
  lxw_worksheet* sheet = workbook_add_worksheet(book, kSheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  set_widths(sheet, document);
  const Styles styles = styles_of(book);
  lxw_row_t row = 0;
  worksheet_write_string(sheet, row++, 0, document.title.c_str(), styles.title);
  worksheet_write_string(sheet, row++, 0, document.subtitle.c_str(), styles.plain);
  for (const Block& block : document.blocks) {
    ++row;
    worksheet_write_string(sheet, row++, 0, block.text.c_str(),
                           block.kind == Block::Kind::paragraph ? styles.plain : styles.heading);
    if (block.kind == Block::Kind::table) write_table(sheet, block, styles, row);
    if (block.kind == Block::Kind::bars) write_bars(book, sheet, block, styles, row);
  }
  ++row;
  worksheet_write_string(sheet, row, 0, (document.issuer + "  " + date_text(document)).c_str(),
                         styles.plain);
}

}  // namespace

std::string to_xlsx(const Document& document) {
  const fs::path path = fs::temp_directory_path() / ("linli-" + crypto::random_token(12) + ".xlsx");
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) throw std::runtime_error("cannot begin a workbook");
  fill(book, document);
  const lxw_error error = workbook_close(book);
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  std::error_code gone;
  fs::remove(path, gone);
  if (error != LXW_NO_ERROR) throw std::runtime_error("cannot write a workbook");
  return bytes.str();
}

}  // namespace linli::reports
