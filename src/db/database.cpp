#include "db/database.h"

#include "db/engines.h"

namespace linli::db {
namespace {

template <class T>
const T& held(const Value& value, size_t column, const char* wanted) {
  if (const T* found = std::get_if<T>(&value)) return *found;
  throw std::logic_error("column " + std::to_string(column) + " holds no " + wanted);
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

int64_t Row::integer(size_t column) const {
  return held<int64_t>(values_.at(column), column, "integer");
}

double Row::real(size_t column) const {
  if (const auto* whole = std::get_if<int64_t>(&values_.at(column))) {
    return static_cast<double>(*whole);
  }
  return held<double>(values_[column], column, "number");
}

const std::string& Row::text(size_t column) const {
  return held<std::string>(values_.at(column), column, "text");
}

std::optional<int64_t> Row::maybe_integer(size_t column) const {
  if (null(column)) return std::nullopt;
  return integer(column);
}

std::optional<double> Row::maybe_real(size_t column) const {
  if (null(column)) return std::nullopt;
  return real(column);
}

std::optional<std::string> Row::maybe_text(size_t column) const {
  if (null(column)) return std::nullopt;
  return text(column);
}

std::vector<Row> Tx::query(std::string_view sql, const Params& params) {
  std::vector<Row> rows;
  each(sql, params, [&](const Row& row) {
    rows.push_back(row);
    return true;
  });
  return rows;
}

std::optional<Row> Tx::one(std::string_view sql, const Params& params) {
  std::optional<Row> found;
  each(sql, params, [&](const Row& row) {
    found = row;
    return false;
  });
  return found;
}

Result<std::unique_ptr<Database>> open(const std::string& url, const Options& options) {
  try {
    if (starts_with(url, "postgres://") || starts_with(url, "postgresql://")) {
      return open_postgres(url, options);
    }
    return open_sqlite(starts_with(url, "sqlite:") ? url.substr(7) : url, options);
  } catch (const std::runtime_error& error) {
    return refuse(ErrorKind::invalid, "db.cannot_open", error.what());
  }
}

}  // namespace linli::db
