// Signing in and out, one-time codes, and acting for a resident.
#pragma once

#include <string>
#include <string_view>

#include "domain/accounts/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::accounts {

inline constexpr std::string_view kCookie = "linli_session";

// A session just begun: the token goes into the cookie and is kept nowhere.
struct Begun {
  std::string token;
  Account account;
  time::Instant lasts = 0;  // µs, at most
};

// Refuses `sign_in.wrong`, `sign_in.too_many_tries`, `sign_in.busy` (too many at once).
Result<Begun> sign_in(host::Services& services, std::string_view name, std::string_view password,
                      std::string_view peer, time::Instant now);
// Before one changes one's own password; refuses as sign_in.
Done check_own_password(host::Services& services, const host::Actor& actor,
                        std::string_view password, time::Instant now);
void sign_out(host::Services& services, const host::Actor& actor);

// Sends a one-time code to the phone. Refuses `phone.bad`, `code.too_many`.
Done send_code(host::Services& services, std::string_view phone, std::string_view language,
               std::string_view peer, time::Instant now);
// What is known of a resident who signs in for the first time; of others it changes nothing.
struct Newcomer {
  std::string name;
  Code place;
  std::string language = "zh";
  bool elder_view = false;
};
// Refuses `phone.bad`, `code.wrong` (also when too old or tried too often), and for a new resident
// `place.not_found`, `place.not_active`, `place.outside`.
Result<Begun> sign_in_resident(host::Services& services, std::string_view phone,
                               std::string_view code, const Newcomer& newcomer, time::Instant now);

std::string token_hash(std::string_view token);
// What an unsafe request by cookie must carry.
std::string csrf_token(const crypto::Keyring& keyring, std::string_view token_hash);

// The helper acts for the resident for kActsForTime, with a reason for the trail. Refuses
// `acts_for.not_resident` and `access.denied` when the resident lives outside the territories of
// `account.act_for`.
Done act_for(db::Tx& tx, host::Services& services, const host::Actor& actor,
             const Account& resident, std::string_view reason, time::Instant now);
void stop_acting(db::Tx& tx, host::Services& services, const host::Actor& actor, Code place,
                 time::Instant now);

}  // namespace linli::accounts
