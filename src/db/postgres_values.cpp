#include "db/postgres_values.h"

#include <charconv>
#include <stdexcept>
#include <string>
#include <utility>

namespace linli::db {
namespace {

// pg_type's numbers, fixed by the protocol.
constexpr Oid kUnknown = 0;
constexpr Oid kBool = 16;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kOid = 26;
constexpr Oid kFloat4 = 700;
constexpr Oid kFloat8 = 701;
constexpr Oid kNumeric = 1700;

template <class Number>
Number number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error("postgres: not a number: " + std::string(text));
  }
  return value;
}

Value decode(Oid type, std::string_view text) {
  switch (type) {
    case kBool:
      return int64_t{text == "t"};
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
      return number<int64_t>(text);
    case kFloat4:
    case kFloat8:
      return number<double>(text);
    case kNumeric:  // what SUM over BIGINT answers
      if (text.find('.') == std::string_view::npos) return number<int64_t>(text);
      return number<double>(text);
    default:
      return std::string(text);
  }
}

template <class Number>
const char* print(std::array<char, 32>& buffer, Number value) {
  *std::to_chars(buffer.data(), buffer.data() + buffer.size() - 1, value).ptr = '\0';
  return buffer.data();
}

}  // namespace

int64_t whole_number(std::string_view text) {
  return number<int64_t>(text);
}

Row row_of(PGresult* result, int row) {
  const int columns = PQnfields(result);
  std::vector<Value> values(static_cast<size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    if (PQgetisnull(result, row, column) != 0) continue;
    values[static_cast<size_t>(column)] = decode(
        PQftype(result, column),
        {PQgetvalue(result, row, column), static_cast<size_t>(PQgetlength(result, row, column))});
  }
  return Row(std::move(values));
}

Oid type_of(const Value& value) {
  if (std::holds_alternative<int64_t>(value)) return kInt8;
  if (std::holds_alternative<double>(value)) return kFloat8;
  return std::holds_alternative<std::string>(value) ? kText : kUnknown;
}

bool fits(Oid declared, const Value& value) {
  const Oid type = type_of(value);
  return type == kUnknown || type == declared || (type == kInt8 && declared == kFloat8);
}

Bound::Bound(const Params& params) : numbers_(params.size()), values_(params.size()) {
  for (size_t i = 0; i < params.size(); ++i) {
    if (const auto* text = std::get_if<std::string>(&params[i])) {
      if (text->find('\0') != std::string::npos) {
        throw ConstraintViolation("db.check", "a text holds the character NUL");
      }
      values_[i] = text->c_str();
    } else if (const auto* whole = std::get_if<int64_t>(&params[i])) {
      values_[i] = print(numbers_[i], *whole);
    } else if (const auto* real = std::get_if<double>(&params[i])) {
      values_[i] = print(numbers_[i], *real);
    }
  }
}

}  // namespace linli::db
