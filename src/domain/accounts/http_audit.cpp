#include "domain/accounts/api.h"
#include "domain/accounts/http.h"
#include "domain/accounts/store.h"

namespace linli::accounts {

Result<std::string> cursor_id(host::Context& call) {
  if (call.query("after").empty()) return std::string();
  const std::vector<Value> cursor = TRY(host::read_cursor(call.query("after")));
  if (cursor.size() != 1 || !std::holds_alternative<std::string>(cursor[0])) {
    return refuse(ErrorKind::invalid, "page.bad_cursor");
  }
  return std::get<std::string>(cursor[0]);
}

void end_page(json::Writer& out, bool more, const std::string& last_id) {
  out.end_array().key("next");
  more ? out.value(host::write_cursor({last_id})) : out.null();
  out.end_object();
}

namespace {

using host::Context;
using net::Response;

void write(json::Writer& out, const AuditEntry& entry, const std::string& actor_name) {
  out.begin_object();
  out.member("id", entry.id);
  out.member("chain", entry.chain);
  out.member("position", entry.position);
  out.member("at", time::format(entry.at));
  out.member("actor", entry.actor_id);
  out.member("actor_name", actor_name);
  out.member("acts_for", entry.acts_for);
  out.member("action", entry.action);
  out.member("subject", entry.subject);
  out.member("place", entry.place.text());
  out.key("detail").value(MUST(json::parse(entry.detail)));
  out.member("hash", entry.hash);
  out.end_object();
}

Result<Response> get_audit(Context& call) {
  store::AskedTrail asked;
  asked.territories = TRY(call.require_somewhere("audit.read"));
  asked.actor_id = call.query("actor");
  asked.subject = call.query("subject");
  asked.before = TRY(cursor_id(call));
  const int64_t limit = TRY(call.limit());
  asked.limit = limit + 1;
  struct Shown {
    std::vector<AuditEntry> entries;
    std::unordered_map<std::string, Reference> names;
  };
  Shown shown = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    Shown found{store::trail(tx, asked), {}};
    std::vector<std::string> ids;
    for (const AuditEntry& entry : found.entries) ids.push_back(entry.actor_id);
    found.names = names(tx, ids);
    return found;
  }));
  const bool more = std::ssize(shown.entries) > limit;
  if (more) shown.entries.pop_back();
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const AuditEntry& entry : shown.entries) {
      const auto name = shown.names.find(entry.actor_id);
      write(out, entry, name == shown.names.end() ? entry.actor_id : name->second.display_name);
    }
    end_page(out, more, shown.entries.empty() ? "" : shown.entries.back().id);
  });
}

}  // namespace

std::vector<host::Route> audit_routes() {
  using shape::id;
  using shape::instant;
  using shape::integer;
  using shape::object;
  using shape::open_object;
  using shape::optional;
  using shape::page;
  using shape::place;
  using shape::required;
  using shape::Shape;
  using shape::text;
  const Shape entry = object(
      {required("id", id()), required("chain", integer()), required("position", integer()),
       required("at", instant()), required("actor", text()), required("actor_name", text()),
       required("acts_for", text()), required("action", text()), required("subject", text()),
       required("place", place()), required("detail", open_object()), required("hash", text())},
      "AuditEntry");
  return {
      {"GET",
       "/api/v1/audit",
       "audit.read",
       get_audit,
       "The audit trail, newest first",
       {optional("limit", text(4)), optional("after", text(500)), optional("actor", text(60)),
        optional("subject", text(100))},
       {},
       page(entry),
       {"page.bad_cursor"}},
  };
}

}  // namespace linli::accounts
