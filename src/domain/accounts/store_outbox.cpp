#include "domain/accounts/store.h"

namespace linli::accounts::store {

namespace {

std::string context(std::string_view column, std::string_view id) {
  return "outbox." + std::string(column) + "." + std::string(id);
}

std::vector<Outgoing> read(db::Tx& tx, const crypto::Keyring& keyring, std::string_view rest,
                           const db::Params& params) {
  std::vector<Outgoing> messages;
  tx.each("SELECT id, phone_sealed, text_sealed, at FROM outbox " + std::string(rest), params,
          [&](const db::Row& row) {
            const std::string& id = row.text(0);
            messages.push_back({id, MUST(keyring.unseal(row.text(1), context("phone", id))),
                                MUST(keyring.unseal(row.text(2), context("text", id))),
                                row.integer(3)});
            return true;
          });
  return messages;
}

}  // namespace

void insert(db::Tx& tx, const crypto::Keyring& keyring, const Outgoing& message) {
  tx.run(
      "INSERT INTO outbox (id, phone_sealed, text_sealed, at, tries, due_at)"
      " VALUES ($1, $2, $3, $4, 0, $4)",
      {message.id, keyring.seal(message.phone, context("phone", message.id)),
       keyring.seal(message.text, context("text", message.id)), message.at});
}

std::vector<Outgoing> due(db::Tx& tx, const crypto::Keyring& keyring, time::Instant now,
                          int64_t limit) {
  return read(tx, keyring, "WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2", {now, limit});
}

std::vector<Outgoing> newest(db::Tx& tx, const crypto::Keyring& keyring, int64_t limit) {
  return read(tx, keyring, "ORDER BY id DESC LIMIT $1", {limit});
}

void set_sent(db::Tx& tx, std::string_view id, time::Instant now) {
  tx.run("UPDATE outbox SET sent_at = $2, due_at = NULL WHERE id = $1", {std::string(id), now});
}

std::optional<Tried> tried(db::Tx& tx, std::string_view id) {
  const auto row = tx.one("SELECT tries, at FROM outbox WHERE id = $1", {std::string(id)});
  return row ? std::optional(Tried{row->integer(0), row->integer(1)}) : std::nullopt;
}

void set_due(db::Tx& tx, std::string_view id, int64_t tries, std::optional<time::Instant> due_at) {
  tx.run("UPDATE outbox SET tries = $2, due_at = $3 WHERE id = $1",
         {std::string(id), tries, due_at ? Value(*due_at) : Value()});
}

}  // namespace linli::accounts::store
