#include "core/id.h"
#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/notices/module.h"
#include "domain/notices/rules.h"
#include "domain/notices/store.h"
#include "domain/notices/work.h"
#include "host/context.h"

namespace linli::notices {

std::vector<db::Migration> migrations();
std::vector<host::Route> hook_routes();

namespace {

using host::Context;
using net::Response;

constexpr time::Instant kKept = 180 * time::kDay;

void write(json::Writer& out, const Context& call, const Notice& notice,
           const std::string& language) {
  const auto words = [&](std::string_view part) {
    const std::string key = notice.key + "." + std::string(part);
    return text::fill(accounts::text_of(call.content(), language, key), notice.values);
  };
  out.begin_object();
  out.member("id", notice.id);
  out.member("at", time::format(notice.at));
  out.member("key", notice.key);
  out.member("title", words("title"));
  out.member("text", words("text"));
  out.member("subject_id",
             notice.subject_id.empty() ? std::nullopt : std::optional(notice.subject_id));
  out.member("read", notice.read_at.has_value());
  out.end_object();
}

Result<Response> get_notices(Context& call) {
  std::string before;
  if (!call.query("after").empty()) {
    const std::vector<Value> cursor = TRY(host::read_cursor(call.query("after")));
    if (cursor.size() != 1 || !std::holds_alternative<std::string>(cursor[0])) {
      return refuse(ErrorKind::invalid, "page.bad_cursor");
    }
    before = std::get<std::string>(cursor[0]);
  }
  const int64_t limit = TRY(call.limit());
  const std::string& own = call.actor().account_id;
  struct Page {
    std::vector<Notice> notices;
    int64_t unread = 0;
    std::string language;
  };
  Page page = TRY(call.read([&](db::Tx& tx) -> Result<Page> {
    return Page{store::list(tx, own, before, limit + 1), store::count_unread(tx, own),
                TRY(accounts::find(tx, call.services(), own)).language};
  }));
  const bool more = std::ssize(page.notices) > limit;
  if (more) page.notices.pop_back();
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("unread", page.unread).key("items").begin_array();
    for (const Notice& notice : page.notices) write(out, call, notice, page.language);
    out.end_array().key("next");
    more ? out.value(host::write_cursor({page.notices.back().id})) : out.null();
    out.end_object();
  });
}

Result<Response> post_read(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    if (store::mark_read(tx, call.actor().account_id, call.path("id"), call.now())) return {};
    return refuse(ErrorKind::not_found, "notice.not_found", call.path("id"));
  }));
  return host::no_content();
}

Result<Response> post_all_read(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    store::mark_all_read(tx, call.actor().account_id, call.now());
    return {};
  }));
  return host::no_content();
}

void send_waiting(host::Services& services, time::Instant now) {
  const Outward outward = MUST(read_outward(services.settings));
  if (outward.sender) send_messages(services, *outward.sender, now);
  deliver_hooks(services, outward.private_addresses, now);
}

void forget_old(host::Services& services, time::Instant now) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::delete_before(tx, now - kKept);
    return {};
  }));
}

std::vector<std::string> examine(host::Services& services) {
  std::vector<std::string> lines;
  const Result<Outward> outward = read_outward(services.settings);
  if (!outward) {
    lines.push_back("outgoing.json in the data folder is wrong: " + outward.error().detail);
  } else if (!outward->sender) {
    lines.push_back(
        "no sender of short messages: residents cannot sign in; write outgoing.json in the data"
        " folder");
  }
  const auto hooks = MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<WebHook>> {
    return store::list_hooks(tx, services.keyring, {Code()});
  }));
  for (const WebHook& hook : hooks) {
    if (hook.failures == 0) continue;
    lines.push_back("web hook " + hook.id + " to " + hook.url + " failed " +
                    std::to_string(hook.failures) + " times (" + hook.last_error + "), " +
                    std::to_string(hook.waiting) + " events wait");
  }
  return lines;
}

std::vector<host::Route> routes() {
  using shape::array;
  using shape::boolean;
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
  const Shape notice =
      object({required("id", id()), required("at", instant()), required("key", text()),
              required("title", text()), required("text", text(1000)),
              optional("subject_id", text(100)), required("read", boolean())},
             "Notice");
  Shape notices = page(notice);
  notices.fields.push_back(required("unread", integer(0)));
  return {
      {"GET",
       "/api/v1/notices",
       "signed_in",
       get_notices,
       "One's own notices, newest first",
       {optional("limit", text(4)), optional("after", text(500))},
       {},
       notices,
       {"page.bad_cursor"}},
      {"POST",
       "/api/v1/notices/{id}/read",
       "signed_in",
       post_read,
       "Mark a notice as read",
       {},
       {},
       {},
       {"notice.not_found"}},
      {"POST", "/api/v1/notices/read", "signed_in", post_all_read, "Mark all notices as read"},
  };
}

}  // namespace

host::Module manifest() {
  host::Module module;
  module.name = "notices";
  module.about = "Messages to people, and web hooks.";
  module.permissions = {"web_hook.write"};
  module.migrations = migrations();
  module.routes = routes();
  for (host::Route& route : hook_routes()) module.routes.push_back(std::move(route));
  module.jobs = {{"notices.send", 1'000, send_waiting}, {"notices.tidy", 86'400'000, forget_old}};
  module.listeners = {{"notices.events",
                       {},
                       [](db::Tx& tx, host::Services& services, const host::Event& event) -> Done {
                         TRY(tell_people(tx, services, event));
                         return take_event(tx, services, event);
                       }}};
  module.examine = examine;
  return module;
}

}  // namespace linli::notices
