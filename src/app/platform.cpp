#include "app/platform.h"

#include "core/text.h"
#include "engine/pack/facts.h"
#include "host/context.h"
#include "host/openapi.h"
#include "net/metrics.h"

namespace linli::app {

namespace {

using host::Context;

net::Response text_response(int status, std::string type, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.emplace_back("content-type", std::move(type));
  response.body = std::move(body);
  return response;
}

Result<net::Response> get_health(Context&) {
  return text_response(200, "text/plain; charset=utf-8", "ok\n");
}

// Ready when the database answers.
Result<net::Response> get_ready(Context& call) {
  TRY(call.read([](db::Tx& tx) -> Done {
    tx.one("SELECT 1");
    return {};
  }));
  return text_response(200, "text/plain; charset=utf-8", "ready\n");
}

Result<net::Response> get_metrics(Context& call) {
  net::metrics().set("linli_event_streams", static_cast<double>(call.services().hub->followers()));
  return text_response(200, "text/plain; version=0.0.4", net::metrics().text());
}

Result<net::Response> get_openapi(Context& call) {
  return net::json_response(200, host::openapi(call.services().modules));
}

// Topics are "place:620802" (the cases under a place), "figures:620802" (its figures) and
// "account:<own id>".
Result<net::Response> get_events(Context& call) {
  std::vector<std::string> topics;
  for (const std::string& topic : text::split(call.query("topic"), ',')) {
    const std::string_view code = std::string_view(topic).substr(topic.find(':') + 1);
    if (topic.starts_with("place:")) {
      TRY(call.require("case.read", TRY(region::Code::parse(code))));
    } else if (topic.starts_with("figures:")) {
      TRY(call.require("figure.read", TRY(region::Code::parse(code))));
    } else if (topic != "account:" + call.actor().account_id) {
      return refuse(ErrorKind::forbidden, "access.denied", topic);
    }
    topics.push_back(topic);
  }
  net::Response response;
  response.events = [hub = call.services().hub, topics](std::shared_ptr<net::Events> stream) {
    hub->follow(topics, std::move(stream));
  };
  return response;
}

Result<net::Response> get_content(Context& call) {
  return net::json_response(200, json::write(pack::content_facts(call.content())));
}

Result<net::Response> get_texts(Context& call) {
  const auto& texts = call.content().texts;
  const auto found = texts.find(std::string(call.query("language")));
  if (found == texts.end()) return refuse(ErrorKind::not_found, "content.no_such_language");
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("texts").begin_object();
    for (const auto& [key, text] : found->second) out.member(key, text);
    out.end_object().end_object();
  });
}

}  // namespace

host::Module platform() {
  using shape::any;
  using shape::text;
  return {
      .name = "platform",
      .about = "Health, metrics, the API's text, live events and the content of the packs.",
      .routes =
          {
              {"GET", "/healthz", "public", get_health, "The process answers"},
              {"GET", "/readyz", "public", get_ready, "The database answers too"},
              {"GET", "/metrics", "public", get_metrics, "Prometheus text"},
              {"GET", "/openapi.json", "public", get_openapi, "This text"},
              {"GET",
               "/api/v1/events",
               "signed_in",
               get_events,
               "Server-sent events of places and of the own account",
               {shape::required("topic", text(500))}},
              {"GET", "/api/v1/content", "public", get_content,
               "What the loaded packs declare: plans, registers, case kinds, lists"},
              {"GET",
               "/api/v1/content/texts",
               "public",
               get_texts,
               "Texts that packs add to the pages",
               {shape::required("language", text(10))},
               {},
               shape::object({shape::required("texts", shape::open_object())}),
               {"content.no_such_language"}},
          },
  };
}

}  // namespace linli::app
