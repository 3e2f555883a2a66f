// Values between us and libpq, by PostgreSQL's types.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "db/database.h"

namespace linli::db {

// Refuses what is no number, by an exception.
int64_t whole_number(std::string_view text);
Row row_of(PGresult* result, int row);

// The type that a parameter is sent as; 0 where it is null.
Oid type_of(const Value& value);
// Whether a statement that was prepared with this type takes the value.
bool fits(Oid declared, const Value& value);

// Parameters in text form, alive as long as the call that sends them.
class Bound {
 public:
  explicit Bound(const Params& params);
  int size() const { return static_cast<int>(values_.size()); }
  const char* const* data() const { return values_.data(); }

 private:
  std::vector<std::array<char, 32>> numbers_;
  std::vector<const char*> values_;
};

}  // namespace linli::db
