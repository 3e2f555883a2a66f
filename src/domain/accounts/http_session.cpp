#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/accounts/http.h"
#include "domain/accounts/session.h"
#include "domain/accounts/store.h"
#include "domain/accounts/wire.h"
#include "host/context.h"

namespace linli::accounts {

namespace {

using host::Context;
using net::Response;

constexpr int64_t kOutboxShown = 50;

void set_cookie(Response& response, const net::Request& request, std::string_view token,
                time::Instant lasts) {
  std::string cookie =
      std::string(kCookie) + "=" + std::string(token) +
      "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lasts / time::kSecond);
  if (request.secure) cookie += "; Secure";
  response.headers.emplace_back("set-cookie", std::move(cookie));
  response.headers.emplace_back("cache-control", "no-store");
}

Result<Response> answer_begun(Context& call, const Begun& begun) {
  const Shown shown = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    return show(tx, call.services(), begun.account, "", token_hash(begun.token));
  }));
  Response response = host::ok([&](json::Writer& out) { write(out, shown); });
  set_cookie(response, call.request(), begun.token, begun.lasts);
  return response;
}

Result<Response> answer_session(Context& call, const host::Actor& actor) {
  const Shown shown = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    Account account = TRY(find(tx, call.services(), actor.account_id));
    return show(tx, call.services(), std::move(account), actor.acts_for, actor.session_id);
  }));
  Response response = host::ok([&](json::Writer& out) { write(out, shown); });
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

Result<Response> post_sign_in(Context& call) {
  return answer_begun(
      call, TRY(sign_in(call.services(), call.body().text("name"), call.body().text("password"),
                        call.request().peer, call.now())));
}

Result<Response> post_sign_out(Context& call) {
  sign_out(call.services(), call.actor());
  Response response = host::no_content();
  set_cookie(response, call.request(), "", 0);
  return response;
}

Result<Response> get_session(Context& call) {
  return answer_session(call, call.actor());
}

Result<Response> patch_session(Context& call) {
  const json::Value& body = call.body();
  std::string hash;
  if (const json::Value* password = body.find("password"); password && password->is_object()) {
    TRY(check_own_password(call.services(), call.actor(), password->text("old"), call.now()));
    hash = TRY(hash_password(password->text("new"), call.actor().name));
  }
  TRY(call.transact([&](db::Tx& tx) -> Done {
    Account account = TRY(find(tx, call.services(), call.actor().account_id));
    account.language = body.text("language", account.language);
    account.elder_view = body.flag("elder_view", account.elder_view);
    TRY(store::update(tx, account));
    if (hash.empty()) return {};
    return set_password_hash(tx, call.services(), call.actor(), account.id, hash, call.now());
  }));
  return answer_session(call, call.actor());
}

Result<Response> post_acts_for(Context& call) {
  const auto territories = TRY(call.require_somewhere("account.act_for"));
  const json::Value& body = call.body();
  if (body.text("account_id").empty() == body.text("phone").empty()) {
    return refuse_fields({{"/phone", "field.required", "account_id or phone"}});
  }
  host::Actor actor = call.actor();
  actor.acts_for = TRY(call.transact([&](db::Tx& tx) -> Result<std::string> {
    host::Services& services = call.services();
    const Account account =
        TRY(body.text("phone").empty()
                ? find(tx, services, body.text("account_id"))
                : resident(tx, services, actor, body.text("phone"), body.text("name"),
                           TRY(region::Code::parse(body.text("place", territories[0].text()))),
                           call.now()));
    TRY(act_for(tx, services, actor, account, body.text("reason"), call.now()));
    return account.id;
  }));
  return answer_session(call, actor);
}

Result<Response> delete_acts_for(Context& call) {
  TRY(call.transact([&](db::Tx& tx) -> Done {
    const Account own = TRY(find(tx, call.services(), call.actor().account_id));
    stop_acting(tx, call.services(), call.actor(), own.place, call.now());
    return {};
  }));
  host::Actor actor = call.actor();
  actor.acts_for.clear();
  return answer_session(call, actor);
}

Result<Response> post_code(Context& call) {
  TRY(send_code(call.services(), call.body().text("phone"), call.body().text("language", "zh"),
                call.request().peer, call.now()));
  return net::json_response(202, R"({"sent":true})");
}

Result<Response> post_resident_sign_in(Context& call) {
  const json::Value& body = call.body();
  const Newcomer newcomer{
      .name = body.text("name"),
      .place = TRY(region::Code::parse(body.text("place", call.services().settings.region))),
      .language = body.text("language", "zh"),
      .elder_view = body.flag("elder_view")};
  return answer_begun(call, TRY(sign_in_resident(call.services(), body.text("phone"),
                                                 body.text("code"), newcomer, call.now())));
}

Result<Response> get_outbox(Context& call) {
  if (!call.services().settings.demo) return refuse(ErrorKind::not_found, "route.not_found");
  const auto messages = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Outgoing>> {
    return outbox(tx, call.services(), kOutboxShown);
  }));
  Response response = host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Outgoing& message : messages) {
      out.begin_object();
      out.member("to", message.phone);
      out.member("text", message.text);
      out.member("at", time::format(message.at));
      out.end_object();
    }
    out.end_array().key("next").null().end_object();
  });
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

}  // namespace

std::vector<host::Route> session_routes() {
  using shape::boolean;
  using shape::choice;
  using shape::id;
  using shape::instant;
  using shape::object;
  using shape::optional;
  using shape::page;
  using shape::place;
  using shape::required;
  using shape::Shape;
  using shape::text;
  const Shape session = session_shape();
  const Shape message =
      object({required("to", text()), required("text", text()), required("at", instant())});
  return {
      {"POST",
       "/api/v1/sign-in",
       "public",
       post_sign_in,
       "Begin a session with name and password",
       {},
       object({required("name", text()), required("password", text())}),
       session,
       {"sign_in.wrong", "sign_in.too_many_tries", "sign_in.busy"}},
      {"POST", "/api/v1/sign-out", "signed_in", post_sign_out, "End the session"},
      {"GET",
       "/api/v1/session",
       "signed_in",
       get_session,
       "Who is signed in, with which rights",
       {},
       {},
       session},
      {"PATCH",
       "/api/v1/session",
       "signed_in",
       patch_session,
       "Change one's language, view or password",
       {},
       object({optional("language", choice({"zh", "en"})), optional("elder_view", boolean()),
               optional("password", object({required("old", text()), required("new", text())}))}),
       session,
       {"password.wrong", "sign_in.too_many_tries", "sign_in.busy", "password.too_short",
        "password.too_long", "password.is_name"}},
      {"POST",
       "/api/v1/session/acts-for",
       "account.act_for",
       post_acts_for,
       "Act for a resident for half an hour",
       {},
       object({optional("account_id", id()), optional("phone", text(30)),
               optional("name", text(60)), optional("place", place()),
               required("reason", text(500))}),
       session,
       {"acts_for.not_resident", "phone.bad", "account.not_found"}},
      {"DELETE",
       "/api/v1/session/acts-for",
       "signed_in",
       delete_acts_for,
       "Act for oneself again",
       {},
       {},
       session},
      {"POST",
       "/api/v1/residents/code",
       "public",
       post_code,
       "Send a one-time code to a phone",
       {},
       object({required("phone", text(30)), optional("language", choice({"zh", "en"}))}),
       object({required("sent", boolean())}),
       {"phone.bad", "code.too_many"}},
      {"POST",
       "/api/v1/residents/sign-in",
       "public",
       post_resident_sign_in,
       "Begin a resident's session; registers at first use",
       {},
       object({required("phone", text(30)), required("code", text(10)), optional("name", text(60)),
               optional("place", place()), optional("language", choice({"zh", "en"})),
               optional("elder_view", boolean())}),
       session,
       {"phone.bad", "code.wrong", "place.not_found", "place.not_active", "place.outside"}},
      {"GET",
       "/api/v1/outbox",
       "public",
       get_outbox,
       "What the demo would have sent by phone; absent elsewhere",
       {},
       {},
       page(message)},
  };
}

}  // namespace linli::accounts
