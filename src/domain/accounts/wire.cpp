#include "domain/accounts/wire.h"

#include "domain/accounts/rules.h"
#include "domain/accounts/session.h"
#include "domain/accounts/store.h"
#include "domain/places/api.h"

namespace linli::accounts {

namespace {

void write_grant(json::Writer& out, const host::Grant& grant, const std::string& place_name) {
  out.begin_object();
  out.member("role", grant.role);
  out.member("place", grant.place.text());
  out.member("place_name", place_name);
  out.key("permissions").begin_array();
  for (const std::string& permission : grant.permissions) out.value(permission);
  out.end_array();
  out.end_object();
}

}  // namespace

Shown show(db::Tx& tx, const host::Services& services, Account account, std::string_view acts_for,
           std::string_view token_hash) {
  Shown shown;
  shown.grants = grants_of(*services.content, account.grants);
  for (const host::Grant& grant : shown.grants) {
    shown.place_names.push_back(places::name_of(tx, grant.place));
  }
  shown.place_name = places::name_of(tx, account.place);
  if (!acts_for.empty()) shown.acts_for = store::load(tx, services.keyring, acts_for);
  shown.account = std::move(account);
  shown.csrf_token = csrf_token(services.keyring, token_hash);
  return shown;
}

void write(json::Writer& out, const Shown& shown) {
  const Account& account = shown.account;
  out.begin_object().key("account").begin_object();
  out.member("id", account.id);
  out.member("kind", name_of(account.kind));
  out.member("name", account.name);
  out.member("display_name", account.display_name);
  out.member("place", account.place.text());
  out.member("place_name", shown.place_name);
  out.member("unit", account.unit);
  out.member("language", account.language);
  out.member("elder_view", account.elder_view);
  out.end_object().key("grants").begin_array();
  for (size_t i = 0; i < shown.grants.size(); ++i) {
    write_grant(out, shown.grants[i], shown.place_names[i]);
  }
  out.end_array().key("acts_for");
  if (shown.acts_for) {
    out.begin_object();
    out.member("id", shown.acts_for->id);
    out.member("display_name", shown.acts_for->display_name);
    out.member("phone", mask_phone(shown.acts_for->phone));
    out.end_object();
  } else {
    out.null();
  }
  out.member("csrf_token", shown.csrf_token);
  out.end_object();
}

shape::Shape session_shape() {
  using shape::array;
  using shape::boolean;
  using shape::choice;
  using shape::id;
  using shape::object;
  using shape::optional;
  using shape::place;
  using shape::required;
  using shape::Shape;
  using shape::text;
  const Shape grant =
      object({required("role", text()), required("place", place()), required("place_name", text()),
              required("permissions", array(text()))},
             "Grant");
  return object(
      {required("account", object({required("id", id()),
                                   required("kind", choice({"staff", "resident", "service"})),
                                   required("name", text()), required("display_name", text()),
                                   required("place", place()), required("place_name", text()),
                                   required("unit", text()), required("language", text()),
                                   required("elder_view", boolean())})),
       required("grants", array(grant)),
       optional("acts_for", object({required("id", id()), required("display_name", text()),
                                    required("phone", text())})),
       required("csrf_token", text())},
      "Session");
}

}  // namespace linli::accounts
