#include <stdexcept>
#include <utility>

#include <xlsxwriter.h>

#include "core/workbook.h"

namespace linli::workbook {

struct Writer::Parts {
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  uint32_t rows_a_sheet = 0;
  lxw_row_t row = 0;
  csv::Row first;

  void write(const csv::Row& fields) {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].empty()) continue;
      const lxw_error error =
          worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), fields[i].c_str(), nullptr);
      if (error != LXW_NO_ERROR) throw std::runtime_error(lxw_strerror(error));
    }
    ++row;
  }
};

Writer::Writer(const std::string& path, uint32_t rows_a_sheet) : parts_(std::make_unique<Parts>()) {
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  parts_->rows_a_sheet = rows_a_sheet;
  parts_->book = workbook_new_opt(path.c_str(), &options);
  if (parts_->book == nullptr) throw std::runtime_error("cannot begin a workbook");
}

Writer::~Writer() {
  if (parts_->book != nullptr) workbook_close(parts_->book);
}

void Writer::write(const csv::Row& fields) {
  if (parts_->sheet == nullptr || parts_->row == parts_->rows_a_sheet) {
    const bool first = parts_->sheet == nullptr;
    parts_->sheet = workbook_add_worksheet(parts_->book, nullptr);
    parts_->row = 0;
    if (first)
      parts_->first = fields;
    else
      parts_->write(parts_->first);
  }
  parts_->write(fields);
}

void Writer::close() {
  const lxw_error error = workbook_close(std::exchange(parts_->book, nullptr));
  if (error != LXW_NO_ERROR) throw std::runtime_error(lxw_strerror(error));
}

}  // namespace linli::workbook
