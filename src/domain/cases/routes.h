// The routes of the module, by file.
#pragma once

#include <vector>

#include "domain/cases/types.h"
#include "host/context.h"
#include "host/module.h"

namespace linli::cases {

std::vector<host::Route> case_routes();    // reports, lists and pages of those who handle
std::vector<host::Route> action_routes();  // what can be done to a case
std::vector<host::Route> own_routes();     // what residents see
std::vector<host::Route> picture_routes();

// The case as the actor may see it, for the answer to whatever he just did.
Result<net::Response> answer(host::Context& call, const Case& shown, bool made = false);
shape::Shape row_shape();
shape::Shape case_shape();

}  // namespace linli::cases
