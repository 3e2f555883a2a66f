#include "domain/notices/work.h"

#include "core/log.h"
#include "domain/notices/rules.h"
#include "domain/notices/store.h"
#include "net/client.h"

namespace linli::notices {

namespace {

constexpr int64_t kBatch = 50;

// The reason why the delivery failed; empty when it was taken.
std::string post(const WebHook& hook, const Delivery& delivery, bool private_addresses) {
  net::Call call;
  call.method = "POST";
  call.url = hook.url;
  call.headers = {{"content-type", "application/json"},
                  {"x-linli-event", delivery.event},
                  {"x-linli-delivery", hook.id + "." + std::to_string(delivery.position)},
                  {"x-linli-signature", signature(hook.secret, delivery.body)}};
  call.body = delivery.body;
  call.allow_private = private_addresses;
  const Result<net::Response> answer = net::send(call);
  if (!answer) return answer.error().code;
  if (answer->status < 200 || answer->status > 299) {
    return "status " + std::to_string(answer->status);
  }
  return {};
}

// Writes down how a delivery went.
void settle(host::Services& services, WebHook& hook, const Delivery& delivery,
            const std::string& error, time::Instant now) {
  hook.failures = error.empty() ? 0 : hook.failures + 1;
  hook.last_error = error;
  hook.due_at = error.empty() ? 0 : retry_at(hook.failures, now);
  if (error.empty()) hook.delivered_at = now;
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    if (error.empty()) store::delete_delivery(tx, hook.id, delivery.position);
    store::set_outcome(tx, hook);
    return {};
  }));
}

}  // namespace

Done take_event(db::Tx& tx, host::Services& services, const host::Event& event) {
  for (const WebHook& hook : store::all_hooks(tx, services.keyring)) {
    if (!wants(hook, event)) continue;
    store::insert(tx, {hook.id, event.position, event.name, body_of(event), event.at});
  }
  return {};
}

void send_messages(host::Services& services, Sender& sender, time::Instant now) {
  const auto messages =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<accounts::Outgoing>> {
        return accounts::unsent(tx, services, now, kBatch);
      }));
  for (const accounts::Outgoing& message : messages) {
    const Done sent = sender.deliver(message);
    if (!sent) log::warning("message.failed", {{"id", message.id}, {"why", sent.error().detail}});
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      sent ? accounts::mark_sent(tx, message.id, now) : accounts::mark_failed(tx, message.id, now);
      return {};
    }));
  }
}

void deliver_hooks(host::Services& services, bool private_addresses, time::Instant now) {
  auto hooks = MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<WebHook>> {
    return store::due_hooks(tx, services.keyring, now);
  }));
  for (WebHook& hook : hooks) {
    const auto deliveries =
        MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Delivery>> {
          return store::waiting(tx, hook.id, kBatch);
        }));
    for (const Delivery& delivery : deliveries) {
      const std::string error = post(hook, delivery, private_addresses);
      settle(services, hook, delivery, error, now);
      if (error.empty()) continue;
      log::warning("web_hook.failed", {{"hook", hook.id}, {"why", error}});
      break;
    }
  }
}

}  // namespace linli::notices
