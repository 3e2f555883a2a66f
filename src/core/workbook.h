// Plain tables as Office Open XML workbooks (.xlsx; ECMA-376): read row by row, written row by row.
// The libraries behind them (libzip, libxlsxwriter) stay in workbook.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv.h"
#include "core/result.h"

namespace linli::workbook {

// By the first bytes: a workbook, or one of the binary format before it (.xls).
bool is_workbook(std::string_view head);

// Calls `row(line, fields)` for each row of the first sheet that has cells, until it returns false;
// `line` is the row's number in the sheet. Cells are what a person reads: numbers without exponent,
// dates as 2025-03-01 or 2025-03-01 08:30, truth as true and false, formulas as their last value.
// Refuses `workbook.old` (.xls) and `workbook.invalid` (no workbook, broken, or beyond 1,000
// columns or 256 MiB unpacked).
Done read(std::string_view file,
          const std::function<bool(int64_t line, const csv::Row& fields)>& row);

// Writes texts to a file, in little memory; beyond what a sheet holds the next one begins, with the
// first row again. A fault when the file cannot be written.
class Writer {
 public:
  explicit Writer(const std::string& path, uint32_t rows_a_sheet = 1'048'576);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  void write(const csv::Row& fields);
  void close();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace linli::workbook
