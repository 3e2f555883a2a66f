// CSV (RFC 4180): read as a stream whatever its encoding and delimiter, written as UTF-8.
#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace linli::csv {

using Row = std::vector<std::string>;

struct Format {
  std::string encoding = "UTF-8";  // or GB18030, UTF-16LE, UTF-16BE
  char delimiter = ',';            // or ; tab |
};

// Guesses from the first bytes of a file (a few KiB suffice).
Format detect(std::string_view head);

// Calls `row(line, fields)` for each record until it returns false; `line` is the 1-based line on
// which the record starts. A BOM and blank lines are dropped. Refuses `csv.invalid` (detail
// "line N: …") for a bad quote, bad encoding, or a record beyond 1 MiB.
Done read(std::istream& in, const Format& format,
          const std::function<bool(int64_t line, const Row& fields)>& row);

// One record with its line end; fields that a spreadsheet would run as a formula (=, +, -, @ in
// front of something that is not a number) get a leading apostrophe.
std::string write(const Row& fields);

}  // namespace linli::csv
