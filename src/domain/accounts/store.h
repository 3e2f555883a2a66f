// All SQL of the accounts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.h"
#include "db/database.h"
#include "domain/accounts/api.h"
#include "domain/accounts/types.h"

namespace linli::accounts::store {

// Accounts (store_account.cpp). Phones are sealed with the keyring.
void insert(db::Tx& tx, const crypto::Keyring& keyring, const Account& account,
            const std::optional<std::string>& password_hash);
// Refuses `record.changed_meanwhile` for another version than the stored one.
Done update(db::Tx& tx, const Account& account);
void set_password_hash(db::Tx& tx, std::string_view id, const std::string& hash);
void set_grants(db::Tx& tx, std::string_view id, const std::vector<GivenRole>& grants,
                std::string_view given_by, time::Instant now);
std::optional<Account> load(db::Tx& tx, const crypto::Keyring& keyring, std::string_view id);
std::optional<Account> load_by_name(db::Tx& tx, const crypto::Keyring& keyring,
                                    std::string_view name);
std::optional<Account> load_by_phone(db::Tx& tx, const crypto::Keyring& keyring,
                                     std::string_view phone);
std::optional<std::string> password_hash(db::Tx& tx, std::string_view id);

struct Asked {
  std::vector<Code> territories;
  Code place;
  std::string text;   // folded; empty: all
  std::string after;  // id; empty: from the first
  int64_t limit = 50;
};
std::vector<Account> list(db::Tx& tx, const crypto::Keyring& keyring, const Asked& asked);
std::vector<Account> list_staff(db::Tx& tx, const crypto::Keyring& keyring);
std::vector<Reference> references(db::Tx& tx, const std::vector<std::string>& ids);
// Active accounts with one of the roles for one of the places.
std::vector<Reference> holders(db::Tx& tx, const std::vector<std::string>& roles,
                               const std::vector<Code>& places, std::string_view unit,
                               int64_t limit);
// Active accounts with the roles that they hold strictly below a place.
std::vector<std::pair<Reference, GivenRole>> roles_below(db::Tx& tx, Code above);

// Sessions and keys (store_session.cpp).
struct Session {
  std::string token_hash;
  std::string account_id;
  std::string acts_for;
  time::Instant acts_until = 0;
  time::Instant created_at = 0;
  time::Instant idle_until = 0;
  time::Instant expires_at = 0;
};
void insert_session(db::Tx& tx, const Session& session);
// A session that lasts, of an active account.
struct LiveSession {
  Session session;
  Account account;
};
std::optional<LiveSession> live_session(db::Tx& tx, const crypto::Keyring& keyring,
                                        std::string_view token_hash, time::Instant now);
void prolong_session(db::Tx& tx, std::string_view token_hash, time::Instant idle_until);
void set_acts_for(db::Tx& tx, std::string_view token_hash, std::string_view account_id,
                  time::Instant until);
void delete_session(db::Tx& tx, std::string_view token_hash);
void delete_sessions(db::Tx& tx, std::string_view account_id, std::string_view except_token_hash);
void insert_key(db::Tx& tx, std::string_view key_hash, std::string_view account_id,
                time::Instant now);
void delete_keys(db::Tx& tx, std::string_view account_id);
// The active account behind a key.
std::optional<Account> load_by_key(db::Tx& tx, const crypto::Keyring& keyring,
                                   std::string_view key_hash);

// Counts one more try of the subject; the number of tries in the running window.
int64_t count_attempt(db::Tx& tx, std::string_view subject, time::Instant window,
                      time::Instant now);
void forget_attempts(db::Tx& tx, std::string_view subject);

void put_code(db::Tx& tx, std::string_view phone_lookup, std::string_view code_hash,
              time::Instant now, time::Instant expires_at);
// Uses up one try; the hash to compare with, or none.
std::optional<std::string> try_code(db::Tx& tx, std::string_view phone_lookup, int64_t most_tries,
                                    time::Instant now);
bool delete_code(db::Tx& tx, std::string_view phone_lookup, std::string_view code_hash);

// Drops what is over: sessions, codes, attempts, messages sent or given up a week ago.
void tidy(db::Tx& tx, time::Instant now);

// The audit trail (store_trail.cpp).
struct ChainEnd {
  int64_t position = 0;
  std::string hash;
};
// The chain's end, held for this transaction; a new chain begins at 0.
ChainEnd hold_chain(db::Tx& tx, int64_t chain);
void append(db::Tx& tx, const AuditEntry& entry);
struct AskedTrail {
  std::vector<Code> territories;
  std::string actor_id;  // empty: all
  std::string subject;
  std::string before;  // id; empty: from the newest
  int64_t limit = 50;
};
std::vector<AuditEntry> trail(db::Tx& tx, const AskedTrail& asked);
void each_entry(db::Tx& tx, const std::function<bool(const AuditEntry&)>& entry);
void each_chain(db::Tx& tx, const std::function<void(int64_t chain, const ChainEnd&)>& chain);

// Messages (store_outbox.cpp); sealed with the keyring.
void insert(db::Tx& tx, const crypto::Keyring& keyring, const Outgoing& message);
std::vector<Outgoing> due(db::Tx& tx, const crypto::Keyring& keyring, time::Instant now,
                          int64_t limit);
std::vector<Outgoing> newest(db::Tx& tx, const crypto::Keyring& keyring, int64_t limit);
void set_sent(db::Tx& tx, std::string_view id, time::Instant now);
struct Tried {
  int64_t tries = 0;
  time::Instant at = 0;
};
std::optional<Tried> tried(db::Tx& tx, std::string_view id);
void set_due(db::Tx& tx, std::string_view id, int64_t tries, std::optional<time::Instant> due_at);

}  // namespace linli::accounts::store
