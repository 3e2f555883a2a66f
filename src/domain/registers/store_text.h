// SQL text shared by the files of the store: names come from the declaration, values never.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/registers/store.h"

namespace linli::registers::store {

// village, id, … and the fields' columns, each with the alias in front.
std::string column_list(const pack::Register& kind, std::string_view alias);
// A row of column_list().
Row read_row(const db::Row& row);
// "$7", having appended the value.
std::string parameter(db::Params& params, Value value);
// Conditions for the table's rows as `t`, joined by AND; never empty.
std::string conditions(const pack::Register& kind, const Filter& filter, db::Params& params);
// "t lies in one of the territories", with the range of villages that an index can use.
std::string territory_condition(const std::vector<region::Code>& territories, db::Params& params);

}  // namespace linli::registers::store
