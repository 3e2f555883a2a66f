// A case's row as columns: one order for every statement that reads cases.
#pragma once

#include <string>
#include <string_view>

#include "db/database.h"
#include "domain/cases/types.h"

namespace linli::cases::store {

// "SELECT <columns of c> FROM <rest>": `rest` names service_case as c.
std::string select_case(std::string_view rest);
Case read_case(const db::Row& row);

Value urban_value(const places::Attributes& attributes);
Value community_value(const places::Attributes& attributes);

}  // namespace linli::cases::store
