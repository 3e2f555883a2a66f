// Who asks, with which rights over which territory, and the one permission predicate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/region.h"
#include "db/database.h"

namespace linli::host {

// A right over a territory: all permissions of the role, for places under `place`.
struct Grant {
  std::string role;
  region::Code place;
  std::vector<std::string> permissions;  // sorted; filled from the pack's role
};

struct Actor {
  std::string account_id;  // empty: not signed in
  std::string name;
  std::string acts_for;   // the account of the resident on whose behalf a helper acts, or empty
  std::string person_id;  // the register's person behind a resident's account, or empty
  std::string unit;       // the department or organisation that a worker belongs to, or empty
  std::string session_id;
  std::string channel = "web";  // web, counter, api, open311, import, system
  std::vector<Grant> grants;
};

// THE permission predicate: every path asks this one. `place` must lie under a grant whose role
// holds the permission (exactly, or by a pattern that ends in ".*").
bool may(const Actor& actor, std::string_view permission, region::Code place);
// The territories in which the actor holds the permission: what lists, counts, search and exports
// are cut to. Empty: nowhere. Not overlapping, ascending.
std::vector<region::Code> territories(const Actor& actor, std::string_view permission);

// SQL for "place lies in one of the territories", appending its parameters: "(place BETWEEN $3
// AND $4 OR …)"; "1 = 0" for none.
std::string scope_sql(std::string_view column, const std::vector<region::Code>& territories,
                      db::Params& params);

}  // namespace linli::host
