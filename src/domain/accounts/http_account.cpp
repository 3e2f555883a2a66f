#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/accounts/http.h"
#include "domain/accounts/module.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/store.h"
#include "domain/accounts/trail.h"
#include "host/context.h"

namespace linli::accounts {

std::vector<db::Migration> migrations();

namespace {

using host::Context;
using net::Response;

void write(json::Writer& out, const Account& account) {
  out.begin_object();
  out.member("id", account.id);
  out.member("kind", name_of(account.kind));
  out.member("name", account.name);
  out.member("display_name", account.display_name);
  out.member("phone", mask_phone(account.phone));
  out.member("place", account.place.text());
  out.member("unit", account.unit);
  out.member("status", name_of(account.status));
  out.member("created_at", time::format(account.created_at));
  out.member("version", account.version);
  out.key("grants").begin_array();
  for (const GivenRole& given : account.grants) {
    out.begin_object().member("role", given.role).member("place", given.place.text()).end_object();
  }
  out.end_array().end_object();
}

Result<std::vector<GivenRole>> read_grants(const json::Value& body) {
  std::vector<GivenRole> grants;
  const json::Value* items = body.find("grants");
  if (items == nullptr || !items->is_array()) return grants;
  for (const json::Value& item : items->as_array()) {
    grants.push_back({item.text("role"), TRY(region::Code::parse(item.text("place")))});
  }
  return grants;
}

Result<Response> get_accounts(Context& call) {
  store::Asked asked;
  asked.territories = TRY(call.require_somewhere("account.read"));
  asked.place = TRY(call.query_place("place"));
  asked.text = text::fold(call.query("q"));
  asked.after = TRY(cursor_id(call));
  const int64_t limit = TRY(call.limit());
  asked.limit = limit + 1;
  auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Account>> {
    return store::list(tx, call.services().keyring, asked);
  }));
  const bool more = std::ssize(found) > limit;
  if (more) found.pop_back();
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Account& account : found) write(out, account);
    end_page(out, more, found.empty() ? "" : found.back().id);
  });
}

Result<Response> post_account(Context& call) {
  const json::Value& body = call.body();
  NewAccount wanted;
  wanted.id = body.text("id");
  wanted.name = body.text("name");
  wanted.display_name = body.text("display_name");
  const bool made = body.text("password").empty();
  const std::string password = made ? crypto::random_password() : body.text("password");
  wanted.password_hash = TRY(hash_password(password, wanted.name));
  wanted.phone = body.text("phone");
  wanted.unit = body.text("unit");
  wanted.language = body.text("language", "zh");
  wanted.grants = TRY(read_grants(body));
  wanted.place = TRY(region::Code::parse(body.text("place")));
  // Without a place or a role it belongs where its maker administers accounts.
  if (wanted.place == Code() && wanted.grants.empty()) {
    wanted.place = TRY(call.require_somewhere("account.write")).front();
  }
  const Account account = TRY(call.transact([&](db::Tx& tx) {
    return create_account(tx, call.services(), call.actor(), wanted, call.now());
  }));
  Response response = host::created([&](json::Writer& out) {
    out.begin_object().key("account");
    write(out, account);
    // Shown this once; only its hash is kept.
    out.member("password", made ? std::optional(password) : std::nullopt);
    out.end_object();
  });
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

Result<Response> patch_account(Context& call) {
  const json::Value& body = call.body();
  Edit edit;
  if (body.find("display_name") != nullptr) edit.display_name = body.text("display_name");
  if (body.find("unit") != nullptr) edit.unit = body.text("unit");
  if (body.find("grants") != nullptr) edit.grants = TRY(read_grants(body));
  std::string hash;
  if (!body.text("password").empty()) hash = TRY(hash_password(body.text("password"), ""));
  const Account account = TRY(call.transact([&](db::Tx& tx) -> Result<Account> {
    Account changed = TRY(change_account(tx, call.services(), call.actor(), call.path("id"),
                                         body.integer("version"), edit, call.now()));
    if (!hash.empty()) {
      TRY(set_password_hash(tx, call.services(), call.actor(), changed.id, hash, call.now()));
    }
    return changed;
  }));
  return host::ok([&](json::Writer& out) { write(out, account); });
}

Result<Response> post_disable(Context& call) {
  TRY(call.transact([&](db::Tx& tx) {
    return disable(tx, call.services(), call.actor(), call.path("id"), call.now());
  }));
  return host::no_content();
}

Result<Response> post_enable(Context& call) {
  TRY(call.transact([&](db::Tx& tx) {
    return enable(tx, call.services(), call.actor(), call.path("id"), call.now());
  }));
  return host::no_content();
}

void tidy(host::Services& services, time::Instant now) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::tidy(tx, now);
    return {};
  }));
}

std::vector<std::string> examine(host::Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<std::string>> {
    return verify_trail(tx, services.keyring);
  }));
}

}  // namespace

std::vector<host::Route> account_routes() {
  using shape::array;
  using shape::choice;
  using shape::Field;
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
  const Shape given = object({required("role", text(60)), required("place", place())}, "GivenRole");
  const Shape account =
      object({required("id", id()), required("kind", choice({"staff", "resident", "service"})),
              required("name", text()), required("display_name", text()), required("phone", text()),
              required("place", place()), required("unit", text()),
              required("status", choice({"active", "disabled"})), required("created_at", instant()),
              required("version", integer()), required("grants", array(given))},
             "Account");
  const std::vector<std::string> refusals = {
      "account.bad_name",   "account.bad_display_name", "account.name_taken", "account.phone_taken",
      "phone.bad",          "password.too_short",       "password.too_long",  "password.is_name",
      "grant.unknown_role", "grant.bad_level",          "grant.not_yours"};
  const Field limit = optional("limit", text(4));
  const Field after = optional("after", text(500));
  return {
      {"GET",
       "/api/v1/accounts",
       "account.read",
       get_accounts,
       "Accounts of one's territory",
       {optional("place", text(17)), optional("q", text(60)), limit, after},
       {},
       page(account),
       {"page.bad_cursor"}},
      {"POST",
       "/api/v1/accounts",
       "account.write",
       post_account,
       "Make an account with roles one may give",
       {},
       object({optional("id", id()), required("name", text(40)), required("display_name", text(60)),
               optional("password", text()), optional("phone", text(30)),
               optional("unit", text(60)), optional("language", choice({"zh", "en"})),
               optional("place", place()), required("grants", array(given, 50))}),
       object({required("account", account), optional("password", text())}),
       refusals},
      {"PATCH",
       "/api/v1/accounts/{id}",
       "account.write",
       patch_account,
       "Change an account",
       {},
       object({required("version", integer()), optional("display_name", text(60)),
               optional("unit", text(60)), optional("password", text()),
               optional("grants", array(given, 50))}),
       account,
       {"account.not_found", "record.changed_meanwhile", "grant.not_yours"}},
      {"POST",
       "/api/v1/accounts/{id}/disable",
       "account.write",
       post_disable,
       "Disable an account, ending its sessions and keys",
       {},
       {},
       {},
       {"account.not_found", "account.is_yours"}},
      {"POST",
       "/api/v1/accounts/{id}/enable",
       "account.write",
       post_enable,
       "Enable an account again",
       {},
       {},
       {},
       {"account.not_found", "account.is_yours"}},
  };
}

host::Module manifest() {
  host::Module module;
  module.name = "accounts";
  module.about = "Signing in, roles over territories, residents, keys and the audit trail.";
  module.permissions = {"account.read", "account.write", "account.act_for", "audit.read"};
  module.migrations = migrations();
  module.routes = session_routes();
  for (auto part : {account_routes(), audit_routes()}) {
    module.routes.insert(module.routes.end(), part.begin(), part.end());
  }
  module.jobs = {{"accounts.tidy", 3'600'000, tidy}};
  module.examine = examine;
  return module;
}

}  // namespace linli::accounts
