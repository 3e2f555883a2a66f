#include "domain/accounts/api.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/id.h"
#include "core/text.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/store.h"

namespace linli::accounts {

namespace {

// A new account's fields, each checked.
Result<Account> checked(const NewAccount& wanted, time::Instant now) {
  Account account;
  account.id = wanted.id.empty() ? id::make(now) : wanted.id;
  account.kind = wanted.kind;
  if (wanted.kind == Kind::staff) account.name = TRY(check_name(wanted.name));
  account.display_name = TRY(check_display_name(wanted.display_name));
  if (!wanted.phone.empty()) account.phone = TRY(check_phone(wanted.phone));
  if (!wanted.password.empty()) TRY(check_password(wanted.password, account.name));
  account.grants = wanted.grants;
  account.place = wanted.place;
  if (account.place == Code() && !account.grants.empty()) account.place = account.grants[0].place;
  account.unit = wanted.unit;
  account.language = wanted.language;
  account.created_at = now;
  return account;
}

Done check_unused(db::Tx& tx, const crypto::Keyring& keyring, const Account& account) {
  if (!account.name.empty() && store::load_by_name(tx, keyring, account.name)) {
    return refuse(ErrorKind::conflict, "account.name_taken", account.name);
  }
  if (!account.phone.empty() && store::load_by_phone(tx, keyring, account.phone)) {
    return refuse(ErrorKind::conflict, "account.phone_taken");
  }
  return {};
}

json::Value listed(const std::vector<GivenRole>& grants) {
  json::Array items;
  for (const GivenRole& given : grants) items.emplace_back(given.role + "@" + given.place.text());
  return json::Value(std::move(items));
}

Result<Account> save_new(db::Tx& tx, host::Services& services, const host::Actor& by,
                         Account account, const std::optional<std::string>& password_hash,
                         time::Instant now) {
  TRY(check_unused(tx, services.keyring, account));
  store::insert(tx, services.keyring, account, password_hash);
  store::set_grants(tx, account.id, account.grants, by.account_id, now);
  json::Value detail;
  detail.set("kind", name_of(account.kind));
  detail.set("grants", listed(account.grants));
  audit(tx, services, by, "account.created", account.id, account.place, detail, now);
  return account;
}

}  // namespace

host::Actor system_actor() {
  host::Actor actor;
  actor.account_id = "system";
  actor.name = "system";
  actor.channel = "system";
  return actor;
}

Result<Account> create_account(db::Tx& tx, host::Services& services, const host::Actor& by,
                               const NewAccount& wanted, time::Instant now) {
  Account account = TRY(checked(wanted, now));
  for (const GivenRole& given : account.grants) TRY(may_give(*services.content, by, given));
  if (by.channel != "system" && !host::may(by, "account.write", account.place)) {
    return refuse(ErrorKind::forbidden, "access.denied", account.place.text());
  }
  std::optional<std::string> hash;
  if (!wanted.password.empty()) hash = crypto::hash_password(wanted.password);
  if (!wanted.password_hash.empty()) hash = wanted.password_hash;
  return save_new(tx, services, by, std::move(account), hash, now);
}

Result<std::string> create_key(db::Tx& tx, host::Services& services, const host::Actor& by,
                               std::string_view name, const std::vector<GivenRole>& grants,
                               time::Instant now) {
  NewAccount wanted;
  wanted.kind = Kind::service;
  wanted.display_name = name;
  wanted.grants = grants;
  const Account account = TRY(create_account(tx, services, by, wanted, now));
  std::string key = crypto::random_token();
  store::insert_key(tx, text::hex(crypto::sha256(key)), account.id, now);
  return key;
}

Done set_password_hash(db::Tx& tx, host::Services& services, const host::Actor& by,
                       std::string_view account_id, const std::string& password_hash,
                       time::Instant now) {
  const Account account = TRY(find(tx, services, account_id));
  if (by.account_id != account.id) TRY(may_manage(*services.content, by, account));
  store::set_password_hash(tx, account.id, password_hash);
  store::delete_sessions(tx, account.id, by.account_id == account.id ? by.session_id : "");
  audit(tx, services, by, "account.password_set", account.id, account.place, {}, now);
  return {};
}

Done set_password(db::Tx& tx, host::Services& services, const host::Actor& by,
                  std::string_view account_id, std::string_view password, time::Instant now) {
  const Account account = TRY(find(tx, services, account_id));
  TRY(check_password(password, account.name));
  return set_password_hash(tx, services, by, account_id, crypto::hash_password(password), now);
}

namespace {

Done set_status(db::Tx& tx, host::Services& services, const host::Actor& by, std::string_view id,
                Status status, time::Instant now) {
  Account account = TRY(find(tx, services, id));
  if (by.account_id == account.id) return refuse(ErrorKind::conflict, "account.is_yours");
  TRY(may_manage(*services.content, by, account));
  account.status = status;
  TRY(store::update(tx, account));
  if (status == Status::disabled) {
    store::delete_sessions(tx, account.id, "");
    store::delete_keys(tx, account.id);
  }
  audit(tx, services, by, "account." + std::string(name_of(status)), account.id, account.place, {},
        now);
  return {};
}

}  // namespace

Done disable(db::Tx& tx, host::Services& services, const host::Actor& by, std::string_view id,
             time::Instant now) {
  return set_status(tx, services, by, id, Status::disabled, now);
}

Done enable(db::Tx& tx, host::Services& services, const host::Actor& by, std::string_view id,
            time::Instant now) {
  return set_status(tx, services, by, id, Status::active, now);
}

Result<Account> change_account(db::Tx& tx, host::Services& services, const host::Actor& by,
                               std::string_view id, int64_t version, const Edit& edit,
                               time::Instant now) {
  Account account = TRY(find(tx, services, id));
  if (account.version != version) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile", account.id);
  }
  TRY(may_manage(*services.content, by, account));
  if (edit.display_name) account.display_name = TRY(check_display_name(*edit.display_name));
  if (edit.unit) account.unit = *edit.unit;
  json::Value detail;
  if (edit.grants) {
    for (const GivenRole& given : *edit.grants) TRY(may_give(*services.content, by, given));
    detail.set("grants_before", listed(account.grants));
    detail.set("grants", listed(*edit.grants));
    account.grants = *edit.grants;
    store::set_grants(tx, account.id, account.grants, by.account_id, now);
  }
  TRY(store::update(tx, account));
  ++account.version;
  audit(tx, services, by, "account.changed", account.id, account.place, detail, now);
  return account;
}

std::vector<Account> staff(db::Tx& tx, const host::Services& services) {
  return store::list_staff(tx, services.keyring);
}

Result<Account> find(db::Tx& tx, const host::Services& services, std::string_view id) {
  auto account = store::load(tx, services.keyring, id);
  if (!account) return refuse(ErrorKind::not_found, "account.not_found", std::string(id));
  return std::move(*account);
}

std::optional<Account> find_by_name(db::Tx& tx, const host::Services& services,
                                    std::string_view name) {
  const Result<std::string> checked_name = check_name(name);
  return checked_name ? store::load_by_name(tx, services.keyring, *checked_name) : std::nullopt;
}

std::optional<Account> find_by_phone(db::Tx& tx, const host::Services& services,
                                     std::string_view phone) {
  const Result<std::string> digits = check_phone(phone);
  return digits ? store::load_by_phone(tx, services.keyring, *digits) : std::nullopt;
}

Result<Account> resident(db::Tx& tx, host::Services& services, const host::Actor& by,
                         std::string_view phone, std::string_view display_name, Code place,
                         time::Instant now) {
  NewAccount wanted;
  wanted.kind = Kind::resident;
  wanted.phone = TRY(check_phone(phone));
  if (auto known = store::load_by_phone(tx, services.keyring, wanted.phone)) {
    return std::move(*known);
  }
  wanted.display_name = display_name.empty() ? mask_phone(wanted.phone) : display_name;
  wanted.place = place;
  // A resident may turn to every place that this installation serves.
  const Code region = TRY(Code::parse(services.settings.region));
  if (services.content->role("resident") != nullptr) wanted.grants = {{"resident", region}};
  Account account = TRY(checked(wanted, now));
  account.place = place;
  return save_new(tx, services, by, std::move(account), std::nullopt, now);
}

std::unordered_map<std::string, Reference> names(db::Tx& tx, const std::vector<std::string>& ids) {
  std::vector<std::string> wanted = ids;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  std::unordered_map<std::string, Reference> found;
  for (Reference& reference : store::references(tx, wanted)) {
    found.emplace(reference.id, std::move(reference));
  }
  return found;
}

std::vector<Reference> holders(db::Tx& tx, const host::Services& services,
                               std::string_view permission, Code place, std::string_view unit,
                               int64_t limit) {
  std::vector<std::string> roles;
  for (const pack::Role& role : services.content->roles) {
    host::Actor probe;
    probe.grants = {{role.key, place, role.permissions}};
    if (host::may(probe, permission, place)) roles.push_back(role.key);
  }
  return store::holders(tx, roles, place.chain(), unit, limit);
}

std::vector<Held> roles_below(db::Tx& tx, Code above) {
  std::vector<Held> found;
  for (auto& [account, role] : store::roles_below(tx, above)) {
    found.push_back({std::move(account), std::move(role)});
  }
  return found;
}

}  // namespace linli::accounts
