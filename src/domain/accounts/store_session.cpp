#include "domain/accounts/store.h"

namespace linli::accounts::store {

namespace {

constexpr time::Instant kKeptMessages = 7 * time::kDay;

}  // namespace

void insert_session(db::Tx& tx, const Session& session) {
  tx.run(
      "INSERT INTO account_session (token_hash, account_id, acts_for, acts_until, created_at,"
      " idle_until, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {session.token_hash, session.account_id, session.acts_for, session.acts_until,
       session.created_at, session.idle_until, session.expires_at});
}

void prolong_session(db::Tx& tx, std::string_view token_hash, time::Instant idle_until) {
  tx.run("UPDATE account_session SET idle_until = $2 WHERE token_hash = $1 AND idle_until < $2",
         {std::string(token_hash), idle_until});
}

void set_acts_for(db::Tx& tx, std::string_view token_hash, std::string_view account_id,
                  time::Instant until) {
  tx.run("UPDATE account_session SET acts_for = $2, acts_until = $3 WHERE token_hash = $1",
         {std::string(token_hash), std::string(account_id), until});
}

void delete_session(db::Tx& tx, std::string_view token_hash) {
  tx.run("DELETE FROM account_session WHERE token_hash = $1", {std::string(token_hash)});
}

void delete_sessions(db::Tx& tx, std::string_view account_id, std::string_view except_token_hash) {
  tx.run("DELETE FROM account_session WHERE account_id = $1 AND token_hash <> $2",
         {std::string(account_id), std::string(except_token_hash)});
}

void insert_key(db::Tx& tx, std::string_view key_hash, std::string_view account_id,
                time::Instant now) {
  tx.run("INSERT INTO account_key (key_hash, account_id, created_at) VALUES ($1, $2, $3)",
         {std::string(key_hash), std::string(account_id), now});
}

void delete_keys(db::Tx& tx, std::string_view account_id) {
  tx.run("DELETE FROM account_key WHERE account_id = $1", {std::string(account_id)});
}

int64_t count_attempt(db::Tx& tx, std::string_view subject, time::Instant window,
                      time::Instant now) {
  const auto row = tx.one(
      "INSERT INTO attempt (subject, since, count) VALUES ($1, $2, 1)"
      " ON CONFLICT (subject) DO UPDATE SET"
      " count = CASE WHEN attempt.since > $3 THEN attempt.count + 1 ELSE 1 END,"
      " since = CASE WHEN attempt.since > $3 THEN attempt.since ELSE excluded.since END"
      " RETURNING count",
      {std::string(subject), now, now - window});
  return row->integer(0);
}

void forget_attempts(db::Tx& tx, std::string_view subject) {
  tx.run("DELETE FROM attempt WHERE subject = $1", {std::string(subject)});
}

void put_code(db::Tx& tx, std::string_view phone_lookup, std::string_view code_hash,
              time::Instant now, time::Instant expires_at) {
  tx.run(
      "INSERT INTO one_time_code (phone_lookup, code_hash, tries, sent_at, expires_at)"
      " VALUES ($1, $2, 0, $3, $4) ON CONFLICT (phone_lookup) DO UPDATE SET"
      " code_hash = excluded.code_hash, tries = 0, sent_at = excluded.sent_at,"
      " expires_at = excluded.expires_at",
      {std::string(phone_lookup), std::string(code_hash), now, expires_at});
}

std::optional<std::string> try_code(db::Tx& tx, std::string_view phone_lookup, int64_t most_tries,
                                    time::Instant now) {
  const auto row = tx.one(
      "UPDATE one_time_code SET tries = tries + 1"
      " WHERE phone_lookup = $1 AND tries < $2 AND expires_at > $3 RETURNING code_hash",
      {std::string(phone_lookup), most_tries, now});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

bool delete_code(db::Tx& tx, std::string_view phone_lookup, std::string_view code_hash) {
  return tx.affected("DELETE FROM one_time_code WHERE phone_lookup = $1 AND code_hash = $2",
                     {std::string(phone_lookup), std::string(code_hash)}) == 1;
}

void tidy(db::Tx& tx, time::Instant now) {
  tx.run("DELETE FROM account_session WHERE idle_until <= $1 OR expires_at <= $1", {now});
  tx.run("DELETE FROM one_time_code WHERE expires_at <= $1", {now});
  tx.run("DELETE FROM attempt WHERE since <= $1", {now - time::kDay});
  tx.run("DELETE FROM outbox WHERE due_at IS NULL AND at <= $1", {now - kKeptMessages});
}

}  // namespace linli::accounts::store
