// What may be done with accounts, decided without a database or a clock.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "domain/accounts/types.h"
#include "engine/pack/types.h"
#include "host/actor.h"

namespace linli::accounts {

// Names: folded to lower case, 2 to 40 letters, digits, dots, dashes. Refuses `account.bad_name`.
Result<std::string> check_name(std::string_view name);
// Trims; refuses `account.bad_display_name` when empty, too long or not text.
Result<std::string> check_display_name(std::string_view name);
// Refuses `password.too_short` below 10 characters, `password.too_long` above 200, and
// `password.is_name`.
Done check_password(std::string_view password, std::string_view name);
// A mobile number of the mainland in eleven digits, whatever spaces, dashes or +86 it came with.
// Refuses `phone.bad`.
Result<std::string> check_phone(std::string_view phone);
std::string mask_phone(std::string_view phone);  // 138****1234

// The rights of a given role as its pack declares them; none for a role that is no longer declared.
std::optional<host::Grant> grant_of(const pack::Content& content, const GivenRole& given);
std::vector<host::Grant> grants_of(const pack::Content& content,
                                   const std::vector<GivenRole>& given);

// May `actor` give the role there? Only what he holds himself, there. Refuses `grant.unknown_role`,
// `grant.bad_level`, `grant.not_yours`.
Done may_give(const pack::Content& content, const host::Actor& actor, const GivenRole& given);
// May `actor` change the account: its password, its name, whether it is enabled? He must be able
// to write accounts where it belongs, and to give everything it holds. Refuses `access.denied`.
Done may_manage(const pack::Content& content, const host::Actor& actor, const Account& account);

// How long a session lives unused, and in all.
struct Lifetime {
  time::Instant idle = 0;
  time::Instant whole = 0;
};
Lifetime lifetime_of(Kind kind);
inline constexpr time::Instant kActsForTime = 30 * time::kMinute;

// One-time codes.
inline constexpr time::Instant kCodeTime = 5 * time::kMinute;
inline constexpr int64_t kCodeTries = 5;
inline constexpr size_t kCodeDigits = 6;

// At most `count` tries of one subject in `window`.
struct Limit {
  time::Instant window = 0;
  int64_t count = 0;
};
inline constexpr Limit kSignInByName{15 * time::kMinute, 10};
inline constexpr Limit kSignInByPeer{15 * time::kMinute, 60};
inline constexpr Limit kCodeByPhoneSoon{time::kMinute, 1};
inline constexpr Limit kCodeByPhone{time::kHour, 6};
inline constexpr Limit kCodeByPeer{time::kHour, 60};

// When a message that failed for the nth time is tried again; none: given up.
std::optional<time::Instant> retry_at(int64_t tries, time::Instant created_at, time::Instant now);

// What the hash of an audit entry covers, beside the hash of the entry before.
std::string canonical(const AuditEntry& entry);

}  // namespace linli::accounts
