// What a page is told of whoever is signed in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/shape.h"
#include "domain/accounts/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::accounts {

struct Shown {
  Account account;
  std::vector<host::Grant> grants;
  std::vector<std::string> place_names;  // of the grants
  std::string place_name;
  std::optional<Account> acts_for;
  std::string csrf_token;
};
Shown show(db::Tx& tx, const host::Services& services, Account account, std::string_view acts_for,
           std::string_view token_hash);
void write(json::Writer& out, const Shown& shown);
shape::Shape session_shape();

}  // namespace linli::accounts
