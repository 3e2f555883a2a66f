#include "core/id.h"
#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/store.h"

namespace linli::accounts {

std::string text_of(const pack::Content& content, const std::string& language,
                    const std::string& key) {
  for (const std::string& wanted : {language, std::string("zh")}) {
    const auto texts = content.texts.find(wanted);
    if (texts == content.texts.end()) continue;
    const auto text = texts->second.find(key);
    if (text != texts->second.end()) return text->second;
  }
  return key;
}

void send(db::Tx& tx, const host::Services& services, const Message& message, time::Instant now) {
  const std::string words = text_of(*services.content, message.language, message.key);
  store::insert(tx, services.keyring,
                {id::make(now), message.phone, text::fill(words, message.values), now});
}

std::vector<Outgoing> unsent(db::Tx& tx, const host::Services& services, time::Instant now,
                             int64_t limit) {
  return store::due(tx, services.keyring, now, limit);
}

std::vector<Outgoing> outbox(db::Tx& tx, const host::Services& services, int64_t limit) {
  return store::newest(tx, services.keyring, limit);
}

void mark_sent(db::Tx& tx, std::string_view id, time::Instant now) {
  store::set_sent(tx, id, now);
}

void mark_failed(db::Tx& tx, std::string_view id, time::Instant now) {
  const auto tried = store::tried(tx, id);
  if (tried) store::set_due(tx, id, tried->tries + 1, retry_at(tried->tries, tried->at, now));
}

}  // namespace linli::accounts
