#include "domain/notices/api.h"

#include "core/id.h"
#include "domain/accounts/api.h"
#include "domain/notices/store.h"

namespace linli::notices {

void notify(db::Tx& tx, const host::Services& services, const News& news, time::Instant now) {
  const Notice notice{id::make(now), news.account_id, news.key, news.values, news.subject_id,
                      now,           std::nullopt};
  store::insert(tx, notice);
  json::Value live;
  live.set("id", notice.id);
  live.set("subject_id", notice.subject_id);
  tx.on_commit([hub = services.hub, topic = "account:" + news.account_id,
                data = json::write(live)] { hub->publish(topic, "notice", data); });
  if (!news.by_phone) return;
  const auto account = accounts::find(tx, services, news.account_id);
  if (!account || account->phone.empty()) return;
  accounts::send(tx, services,
                 {account->phone, account->language, news.key + ".phone", news.values}, now);
}

}  // namespace linli::notices
