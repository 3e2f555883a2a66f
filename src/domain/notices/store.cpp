#include "domain/notices/store.h"

#include "core/text.h"
#include "domain/notices/rules.h"
#include "host/actor.h"

namespace linli::notices::store {

namespace {

std::string secret_context(std::string_view id) {
  return "web_hook.secret." + std::string(id);
}

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

constexpr std::string_view kWaiting =
    "(SELECT COUNT(d.position) FROM web_hook_delivery d WHERE d.hook_id = h.id)";

std::vector<WebHook> hooks(db::Tx& tx, const crypto::Keyring& keyring, const std::string& condition,
                           const db::Params& params, std::string_view waiting = kWaiting) {
  std::vector<WebHook> found;
  tx.each(
      "SELECT h.id, h.place, h.url, h.secret_sealed, h.events, h.created_by, h.created_at,"
      " h.failures, h.last_error, h.due_at, h.delivered_at, " +
          std::string(waiting) + " FROM web_hook h WHERE " + condition + " ORDER BY h.id",
      params, [&](const db::Row& row) {
        WebHook hook;
        hook.id = row.text(0);
        hook.place = Code(row.integer(1));
        hook.url = row.text(2);
        hook.secret = MUST(keyring.unseal(row.text(3), secret_context(hook.id)));
        if (!row.text(4).empty()) hook.events = text::split(row.text(4), ',');
        hook.created_by = row.text(5);
        hook.created_at = row.integer(6);
        hook.failures = row.integer(7);
        hook.last_error = row.text(8);
        hook.due_at = row.integer(9);
        hook.delivered_at = row.maybe_integer(10);
        hook.waiting = row.integer(11);
        found.push_back(std::move(hook));
        return true;
      });
  return found;
}

}  // namespace

void insert(db::Tx& tx, const Notice& notice) {
  tx.run(
      "INSERT INTO notice (account_id, id, key, detail, subject_id, at)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {notice.account_id, notice.id, notice.key, write_values(notice.values), notice.subject_id,
       notice.at});
}

std::vector<Notice> list(db::Tx& tx, std::string_view account_id, std::string_view before,
                         int64_t limit) {
  std::vector<Notice> notices;
  // "~" sorts after every id.
  tx.each(
      "SELECT account_id, id, key, detail, subject_id, at, read_at FROM notice"
      " WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
      {std::string(account_id), before.empty() ? std::string("~") : std::string(before), limit},
      [&](const db::Row& row) {
        notices.push_back({row.text(1), row.text(0), row.text(2), read_values(row.text(3)),
                           row.text(4), row.integer(5), row.maybe_integer(6)});
        return true;
      });
  return notices;
}

int64_t count_unread(db::Tx& tx, std::string_view account_id) {
  return tx
      .one("SELECT COUNT(id) FROM notice WHERE account_id = $1 AND read_at IS NULL",
           {std::string(account_id)})
      ->integer(0);
}

bool mark_read(db::Tx& tx, std::string_view account_id, std::string_view id, time::Instant now) {
  return tx.affected(
             "UPDATE notice SET read_at = COALESCE(read_at, $3) WHERE account_id = $1 AND id = $2",
             {std::string(account_id), std::string(id), now}) == 1;
}

void mark_all_read(db::Tx& tx, std::string_view account_id, time::Instant now) {
  tx.run("UPDATE notice SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL",
         {std::string(account_id), now});
}

void delete_before(db::Tx& tx, time::Instant at) {
  tx.run("DELETE FROM notice WHERE at < $1", {at});
}

void insert(db::Tx& tx, const crypto::Keyring& keyring, const WebHook& hook) {
  tx.run(
      "INSERT INTO web_hook (id, place, url, secret_sealed, events, created_by, created_at,"
      " failures, last_error, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', 0)",
      {hook.id, hook.place.padded(), hook.url, keyring.seal(hook.secret, secret_context(hook.id)),
       join(hook.events), hook.created_by, hook.created_at});
}

std::optional<WebHook> load_hook(db::Tx& tx, const crypto::Keyring& keyring, std::string_view id) {
  std::vector<WebHook> found = hooks(tx, keyring, "h.id = $1", {std::string(id)});
  return found.empty() ? std::nullopt : std::optional(std::move(found[0]));
}

std::vector<WebHook> list_hooks(db::Tx& tx, const crypto::Keyring& keyring,
                                const std::vector<Code>& territories) {
  db::Params params;
  const std::string condition = host::scope_sql("h.place", territories, params);
  return hooks(tx, keyring, condition, params);
}

std::vector<WebHook> all_hooks(db::Tx& tx, const crypto::Keyring& keyring) {
  return hooks(tx, keyring, "1 = 1", {}, "0");
}

void delete_hook(db::Tx& tx, std::string_view id) {
  tx.run("DELETE FROM web_hook_delivery WHERE hook_id = $1", {std::string(id)});
  tx.run("DELETE FROM web_hook WHERE id = $1", {std::string(id)});
}

std::vector<WebHook> due_hooks(db::Tx& tx, const crypto::Keyring& keyring, time::Instant now) {
  return hooks(tx, keyring,
               "h.due_at <= $1 AND EXISTS"
               " (SELECT 1 FROM web_hook_delivery d WHERE d.hook_id = h.id)",
               {now});
}

void set_outcome(db::Tx& tx, const WebHook& hook) {
  tx.run(
      "UPDATE web_hook SET failures = $2, last_error = $3, due_at = $4, delivered_at = $5"
      " WHERE id = $1",
      {hook.id, hook.failures, hook.last_error, hook.due_at,
       hook.delivered_at ? Value(*hook.delivered_at) : Value()});
}

void insert(db::Tx& tx, const Delivery& delivery) {
  tx.run(
      "INSERT INTO web_hook_delivery (hook_id, position, event, body, at)"
      " VALUES ($1, $2, $3, $4, $5)",
      {delivery.hook_id, delivery.position, delivery.event, delivery.body, delivery.at});
}

std::vector<Delivery> waiting(db::Tx& tx, std::string_view hook_id, int64_t limit) {
  std::vector<Delivery> deliveries;
  tx.each(
      "SELECT hook_id, position, event, body, at FROM web_hook_delivery WHERE hook_id = $1"
      " ORDER BY position LIMIT $2",
      {std::string(hook_id), limit}, [&](const db::Row& row) {
        deliveries.push_back(
            {row.text(0), row.integer(1), row.text(2), row.text(3), row.integer(4)});
        return true;
      });
  return deliveries;
}

void delete_delivery(db::Tx& tx, std::string_view hook_id, int64_t position) {
  tx.run("DELETE FROM web_hook_delivery WHERE hook_id = $1 AND position = $2",
         {std::string(hook_id), position});
}

}  // namespace linli::notices::store
