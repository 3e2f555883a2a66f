// What other modules may ask of the accounts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/json.h"
#include "domain/accounts/types.h"
#include "host/actor.h"
#include "host/services.h"
#include "net/http.h"

namespace linli::accounts {

// Who asks, by the session cookie or by `authorization: Bearer <key>`; an anonymous actor without
// live credentials. Refuses `access.bad_key`, and `access.csrf` when an unsafe request by cookie
// lacks its token. The routes that sign in look at no credentials.
Result<host::Actor> identify(host::Services& services, const net::Request& request,
                             time::Instant now);

// The command line and background jobs; may give every role.
host::Actor system_actor();

struct NewAccount {
  std::string id;  // made when empty
  Kind kind = Kind::staff;
  std::string name;
  std::string display_name;
  std::string password;       // empty: none yet
  std::string password_hash;  // instead of a password: what hash_password gave
  std::string phone;
  Code place;  // the first grant's when it is the nation
  std::string unit;
  std::string language = "zh";
  std::vector<GivenRole> grants;
};
// Gives only roles that `by` holds himself there. Refuses `account.bad_name`, `account.name_taken`,
// `account.phone_taken`, `phone.bad`, `password.too_short`, `grant.unknown_role`,
// `grant.bad_level`, `grant.not_yours`. Argon2 takes a while: where others wait for the writer,
// hash before the transaction.
Result<Account> create_account(db::Tx& tx, host::Services& services, const host::Actor& by,
                               const NewAccount& wanted, time::Instant now);
// A service account with one key; returns the key, which is not kept.
Result<std::string> create_key(db::Tx& tx, host::Services& services, const host::Actor& by,
                               std::string_view name, const std::vector<GivenRole>& grants,
                               time::Instant now);
// Checks and hashes, outside any transaction; a few at a time. Refuses `password.too_short`,
// `password.too_long`, `password.is_name`, `sign_in.busy`.
Result<std::string> hash_password(std::string_view password, std::string_view name);
// `password_hash` as above. Ends the account's other sessions.
Done set_password_hash(db::Tx& tx, host::Services& services, const host::Actor& by,
                       std::string_view account_id, const std::string& password_hash,
                       time::Instant now);
// Both at once, where nobody waits.
Done set_password(db::Tx& tx, host::Services& services, const host::Actor& by,
                  std::string_view account_id, std::string_view password, time::Instant now);

// Ends its sessions and keys as well. Refuses `account.not_found`, `access.denied`,
// `account.is_yours`.
Done disable(db::Tx& tx, host::Services& services, const host::Actor& by, std::string_view id,
             time::Instant now);
Done enable(db::Tx& tx, host::Services& services, const host::Actor& by, std::string_view id,
            time::Instant now);

// What a change sets; what is empty stays.
struct Edit {
  std::optional<std::string> display_name;
  std::optional<std::string> unit;
  std::optional<std::vector<GivenRole>> grants;
};
// Grants that are new or gone must be ones that `by` may give. Refuses what create_account and
// find refuse, `access.denied`, and `record.changed_meanwhile`.
Result<Account> change_account(db::Tx& tx, host::Services& services, const host::Actor& by,
                               std::string_view id, int64_t version, const Edit& edit,
                               time::Instant now);

// Every account that signs in with a name or a key, by name; for the command line.
std::vector<Account> staff(db::Tx& tx, const host::Services& services);
// Refuses `account.not_found`.
Result<Account> find(db::Tx& tx, const host::Services& services, std::string_view id);
std::optional<Account> find_by_name(db::Tx& tx, const host::Services& services,
                                    std::string_view name);
std::optional<Account> find_by_phone(db::Tx& tx, const host::Services& services,
                                     std::string_view phone);
// The resident with that phone, made with name and place when unknown. Refuses `phone.bad`.
Result<Account> resident(db::Tx& tx, host::Services& services, const host::Actor& by,
                         std::string_view phone, std::string_view display_name, Code place,
                         time::Instant now);

// Names for lists, many at once; unknown ids are left out.
std::unordered_map<std::string, Reference> names(db::Tx& tx, const std::vector<std::string>& ids);
// Active accounts whose grants hold the permission over the place, the nearest territory first;
// of one unit only unless it is empty.
std::vector<Reference> holders(db::Tx& tx, const host::Services& services,
                               std::string_view permission, Code place, std::string_view unit,
                               int64_t limit);

// Active accounts with a role over a place strictly below this one, by that place.
struct Held {
  Reference account;
  GivenRole role;
};
std::vector<Held> roles_below(db::Tx& tx, Code above);

// Adds one entry to the trail in this transaction. `detail` holds ids, codes and reasons, no
// sensitive value.
void audit(db::Tx& tx, const host::Services& services, const host::Actor& actor,
           std::string_view action, std::string_view subject, Code place, const json::Value& detail,
           time::Instant now);

// The pack's text in the language, else in Chinese; a key without a text stands for itself.
std::string text_of(const pack::Content& content, const std::string& language,
                    const std::string& key);

// A short message to a phone, kept until a sender (module notices) has taken it. The text is the
// pack's text `key` in the language with {name} replaced.
struct Message {
  std::string phone;
  std::string language = "zh";
  std::string key;  // message.code
  std::vector<std::pair<std::string, std::string>> values;
};
void send(db::Tx& tx, const host::Services& services, const Message& message, time::Instant now);

struct Outgoing {
  std::string id;
  std::string phone;
  std::string text;
  time::Instant at = 0;
};
// What waits to be sent now, oldest first.
std::vector<Outgoing> unsent(db::Tx& tx, const host::Services& services, time::Instant now,
                             int64_t limit);
// The newest, for the demo's screen.
std::vector<Outgoing> outbox(db::Tx& tx, const host::Services& services, int64_t limit);
void mark_sent(db::Tx& tx, std::string_view id, time::Instant now);
// Tried again later, with growing pauses; given up after a day.
void mark_failed(db::Tx& tx, std::string_view id, time::Instant now);

}  // namespace linli::accounts
