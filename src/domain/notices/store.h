// All SQL of the notices.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.h"
#include "db/database.h"
#include "domain/notices/types.h"

namespace linli::notices::store {

void insert(db::Tx& tx, const Notice& notice);
// The newest before `before` (an id; empty: from the newest).
std::vector<Notice> list(db::Tx& tx, std::string_view account_id, std::string_view before,
                         int64_t limit);
int64_t count_unread(db::Tx& tx, std::string_view account_id);
bool mark_read(db::Tx& tx, std::string_view account_id, std::string_view id, time::Instant now);
void mark_all_read(db::Tx& tx, std::string_view account_id, time::Instant now);
void delete_before(db::Tx& tx, time::Instant at);

// Secrets are sealed with the keyring.
void insert(db::Tx& tx, const crypto::Keyring& keyring, const WebHook& hook);
std::optional<WebHook> load_hook(db::Tx& tx, const crypto::Keyring& keyring, std::string_view id);
std::vector<WebHook> list_hooks(db::Tx& tx, const crypto::Keyring& keyring,
                                const std::vector<Code>& territories);
// Every hook, without counting what waits.
std::vector<WebHook> all_hooks(db::Tx& tx, const crypto::Keyring& keyring);
void delete_hook(db::Tx& tx, std::string_view id);
// Hooks that have something waiting and are due.
std::vector<WebHook> due_hooks(db::Tx& tx, const crypto::Keyring& keyring, time::Instant now);
void set_outcome(db::Tx& tx, const WebHook& hook);

void insert(db::Tx& tx, const Delivery& delivery);
std::vector<Delivery> waiting(db::Tx& tx, std::string_view hook_id, int64_t limit);
void delete_delivery(db::Tx& tx, std::string_view hook_id, int64_t position);

}  // namespace linli::notices::store
