// The routes of this module by file, and what they share.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "host/context.h"
#include "host/module.h"

namespace linli::accounts {

std::vector<host::Route> session_routes();  // http_session.cpp
std::vector<host::Route> account_routes();  // http_account.cpp

std::vector<host::Route> audit_routes();  // http_audit.cpp

// A page cursor made of one id: of `after`, or empty.
Result<std::string> cursor_id(host::Context& call);
// Ends a page: `next` when there are more items than the limit.
void end_page(json::Writer& out, bool more, const std::string& last_id);

}  // namespace linli::accounts
