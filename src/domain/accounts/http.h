// The routes of this module, by file.
#pragma once

#include <vector>

#include "host/module.h"

namespace linli::accounts {

std::vector<host::Route> session_routes();  // http_session.cpp
std::vector<host::Route> account_routes();  // http_account.cpp

}  // namespace linli::accounts
