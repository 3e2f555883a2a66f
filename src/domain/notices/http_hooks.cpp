// Web hooks: made, tried, looked at and removed by those who administer the place.
#include "core/id.h"
#include "domain/accounts/api.h"
#include "domain/notices/rules.h"
#include "domain/notices/store.h"
#include "host/context.h"

namespace linli::notices {
namespace {

using host::Context;
using net::Response;

void write(json::Writer& out, const WebHook& hook, const std::optional<std::string>& secret) {
  out.begin_object();
  out.member("id", hook.id);
  out.member("place", hook.place.text());
  out.member("url", hook.url);
  out.key("events").begin_array();
  for (const std::string& event : hook.events) out.value(event);
  out.end_array();
  out.member("created_at", time::format(hook.created_at));
  out.member("waiting", hook.waiting);
  out.member("failures", hook.failures);
  out.member("last_error", hook.last_error);
  out.member("delivered_at",
             hook.delivered_at ? std::optional(time::format(*hook.delivered_at)) : std::nullopt);
  if (secret) out.member("secret", *secret);
  out.end_object();
}

Result<Response> get_hooks(Context& call) {
  const auto territories = TRY(call.require_somewhere("web_hook.write"));
  const auto hooks = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<WebHook>> {
    return store::list_hooks(tx, call.services().keyring, territories);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const WebHook& hook : hooks) write(out, hook, std::nullopt);
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> post_hook(Context& call) {
  const json::Value& body = call.body();
  WebHook hook;
  hook.id = body.text("id", id::make(call.now()));
  hook.place = TRY(region::Code::parse(body.text("place")));
  TRY(call.require("web_hook.write", hook.place));
  hook.url = body.text("url");
  TRY(check_url(hook.url));
  if (const json::Value* events = body.find("events"); events && events->is_array()) {
    for (const json::Value& event : events->as_array()) hook.events.push_back(event.as_string());
  }
  hook.secret = crypto::random_token();
  hook.created_by = call.actor().account_id;
  hook.created_at = call.now();
  TRY(call.transact([&](db::Tx& tx) -> Done {
    store::insert(tx, call.services().keyring, hook);
    json::Value detail;
    detail.set("url", hook.url);
    accounts::audit(tx, call.services(), call.actor(), "web_hook.created", hook.id, hook.place,
                    detail, call.now());
    return {};
  }));
  Response response = host::created([&](json::Writer& out) { write(out, hook, hook.secret); });
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

// The hook of the path, which the actor may change.
Result<WebHook> own_hook(db::Tx& tx, Context& call) {
  auto hook = store::load_hook(tx, call.services().keyring, call.path("id"));
  if (!hook) return refuse(ErrorKind::not_found, "web_hook.not_found", call.path("id"));
  TRY(call.require("web_hook.write", hook->place));
  return std::move(*hook);
}

Result<Response> get_deliveries(Context& call) {
  const int64_t limit = TRY(call.limit());
  const auto deliveries = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Delivery>> {
    return store::waiting(tx, TRY(own_hook(tx, call)).id, limit);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Delivery& delivery : deliveries) {
      out.begin_object();
      out.member("position", delivery.position);
      out.member("event", delivery.event);
      out.member("at", time::format(delivery.at));
      out.member("body", delivery.body);
      out.end_object();
    }
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> post_test(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    const WebHook hook = TRY(own_hook(tx, call));
    call.services().announce(tx, {.name = std::string(kTestEvent),
                                  .place = hook.place,
                                  .subject_id = hook.id,
                                  .at = call.now(),
                                  .actor_id = call.actor().account_id});
    return {};
  }));
  return host::no_content();
}

Result<Response> post_retry(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    WebHook hook = TRY(own_hook(tx, call));
    hook.due_at = 0;
    store::set_outcome(tx, hook);
    return {};
  }));
  return host::no_content();
}

Result<Response> delete_hook(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    const WebHook hook = TRY(own_hook(tx, call));
    store::delete_hook(tx, hook.id);
    accounts::audit(tx, call.services(), call.actor(), "web_hook.deleted", hook.id, hook.place, {},
                    call.now());
    return {};
  }));
  return host::no_content();
}

}  // namespace

std::vector<host::Route> hook_routes() {
  using shape::array;
  using shape::id;
  using shape::instant;
  using shape::integer;
  using shape::object;
  using shape::optional;
  using shape::page;
  using shape::place;
  using shape::required;
  using shape::Shape;
  using shape::text;
  const Shape hook = object({required("id", id()), required("place", place()),
                             required("url", text(1000)), required("events", array(text())),
                             required("created_at", instant()), required("waiting", integer(0)),
                             required("failures", integer(0)), required("last_error", text()),
                             optional("delivered_at", instant()), optional("secret", text())},
                            "WebHook");
  const Shape delivery = object({required("position", integer(0)), required("event", text()),
                                 required("at", instant()), required("body", text(20'000))},
                                "WebHookDelivery");
  return {
      {"GET",
       "/api/v1/web-hooks",
       "web_hook.write",
       get_hooks,
       "Web hooks of one's territory",
       {},
       {},
       page(hook)},
      {"POST",
       "/api/v1/web-hooks",
       "web_hook.write",
       post_hook,
       "Have events under a place sent to a URL; the secret for their signatures is shown once",
       {},
       object({optional("id", id()), required("place", place()), required("url", text(1000)),
               optional("events", array(text(60), 100))}),
       hook,
       {"web_hook.bad_url"}},
      {"DELETE",
       "/api/v1/web-hooks/{id}",
       "web_hook.write",
       delete_hook,
       "Remove a web hook and what waits for it",
       {},
       {},
       {},
       {"web_hook.not_found"}},
      {"GET",
       "/api/v1/web-hooks/{id}/deliveries",
       "web_hook.write",
       get_deliveries,
       "What waits for a web hook, in order",
       {optional("limit", text(4))},
       {},
       page(delivery),
       {"web_hook.not_found"}},
      {"POST",
       "/api/v1/web-hooks/{id}/test",
       "web_hook.write",
       post_test,
       "Send a web hook the event web_hook.test",
       {},
       {},
       {},
       {"web_hook.not_found"}},
      {"POST",
       "/api/v1/web-hooks/{id}/retry",
       "web_hook.write",
       post_retry,
       "Try what waits for a web hook at once",
       {},
       {},
       {},
       {"web_hook.not_found"}},
  };
}

}  // namespace linli::notices
