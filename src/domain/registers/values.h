// One value of one field: from the wire or a spreadsheet's cell into what is kept, and back.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"
#include "core/time.h"
#include "core/value.h"
#include "engine/pack/types.h"

namespace linli::registers {

// Why a value does not fit: field.type, field.format, field.too_long, field.too_small,
// field.too_large, field.not_a_choice, field.check_digit; and what would be right.
struct Misfit {
  std::string code;
  std::string expected;
};

// Reads a value as on the wire (JSON): text is trimmed, null and empty text are null, a number is
// normalised. Returns true and sets `value`, or false and sets `misfit`.
bool read_value(const pack::Field& field, const pack::Content& content, const json::Value& wire,
                time::Date today, Value& value, Misfit& misfit);

// A cell of a spreadsheet as it would stand on the wire: choices by key or name in any language,
// 是/否, dates in the usual spellings, numbers with separators. What it cannot read stays text, so
// that read_value says what is wrong.
json::Value wire_of_cell(const pack::Field& field, const pack::Content& content,
                         std::string_view cell);

json::Value to_wire(const pack::Field& field, const Value& value);
// For a spreadsheet: choices by their names in the language (zh or en).
std::string to_cell(const pack::Field& field, const pack::Content& content, const Value& value,
                    std::string_view language);

// 138****1234, 6208**************; other fields stay.
Value masked(const pack::Field& field, const Value& value);

inline bool is_sensitive(const pack::Field& field) {
  return field.sensitive != pack::Sensitivity::open;
}

// "|a|b|" and back.
std::string join_words(const std::vector<std::string>& words);
std::vector<std::string> split_words(std::string_view joined);

}  // namespace linli::registers
