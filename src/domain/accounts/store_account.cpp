#include <algorithm>
#include <functional>
#include <map>

#include "core/text.h"
#include "domain/accounts/store.h"

namespace linli::accounts::store {

namespace {

constexpr std::string_view kColumns =
    "a.id, a.kind, a.name, a.display_name, a.phone_sealed, a.place, a.unit, a.person_id,"
    " a.language, a.elder_view, a.status, a.created_at, a.version";

std::string select(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM account a " + std::string(rest);
}

std::string phone_context(std::string_view id) {
  return "account.phone." + std::string(id);
}

Kind kind_named(std::string_view name) {
  return name == "resident" ? Kind::resident : name == "service" ? Kind::service : Kind::staff;
}

Account read(const db::Row& row, const crypto::Keyring& keyring) {
  Account account;
  account.id = row.text(0);
  account.kind = kind_named(row.text(1));
  account.name = row.maybe_text(2).value_or("");
  account.display_name = row.text(3);
  if (!row.null(4)) account.phone = MUST(keyring.unseal(row.text(4), phone_context(account.id)));
  account.place = Code(row.integer(5));
  account.unit = row.text(6);
  account.person_id = row.text(7);
  account.language = row.text(8);
  account.elder_view = row.integer(9) != 0;
  account.status = row.text(10) == "active" ? Status::active : Status::disabled;
  account.created_at = row.integer(11);
  account.version = row.integer(12);
  return account;
}

// The one account that a condition names, with its grants: every request asks for one, so it is one
// question. `join` binds another table to a; that table's columns, read from `more` of the first
// row on, are `columns`, each behind a comma.
constexpr size_t kMore = 15;
std::optional<Account> load_where(
    db::Tx& tx, const crypto::Keyring& keyring, const std::string& condition,
    const db::Params& params, const std::string& join = "", const std::string& columns = "",
    const std::function<void(const db::Row&)>& more = [](const db::Row&) {}) {
  std::optional<Account> account;
  tx.each("SELECT " + std::string(kColumns) + ", g.role, g.place" + columns + " FROM account a" +
              join + " LEFT JOIN account_grant g ON g.account_id = a.id WHERE " + condition +
              " ORDER BY g.role, g.place",
          params, [&](const db::Row& row) {
            if (!account) {
              account = read(row, keyring);
              more(row);
            }
            if (!row.null(kMore - 2)) {
              account->grants.push_back({row.text(kMore - 2), Code(row.integer(kMore - 1))});
            }
            return true;
          });
  return account;
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

std::string search_key(const Account& account) {
  return text::search_key({account.display_name, account.name});
}

// "$3, $4, …" for the values, which are appended.
template <class Values, class ToValue>
std::string placeholders(const Values& values, db::Params& params, ToValue&& to_value) {
  std::string out;
  for (const auto& value : values) {
    params.emplace_back(to_value(value));
    out += (out.empty() ? "$" : ", $") + std::to_string(params.size());
  }
  return out;
}

// The grants of many accounts, in few questions.
void add_grants(db::Tx& tx, std::vector<Account>& accounts) {
  constexpr size_t kAtOnce = 500;
  for (size_t first = 0; first < accounts.size(); first += kAtOnce) {
    std::map<std::string_view, Account*> by_id;
    for (size_t i = first; i < std::min(first + kAtOnce, accounts.size()); ++i) {
      by_id[accounts[i].id] = &accounts[i];
    }
    db::Params params;
    const std::string list =
        placeholders(by_id, params, [](const auto& one) { return std::string(one.first); });
    tx.each("SELECT account_id, role, place FROM account_grant WHERE account_id IN (" + list +
                ") ORDER BY account_id, role, place",
            params, [&](const db::Row& row) {
              by_id.at(row.text(0))->grants.push_back({row.text(1), Code(row.integer(2))});
              return true;
            });
  }
}

}  // namespace

void insert(db::Tx& tx, const crypto::Keyring& keyring, const Account& account,
            const std::optional<std::string>& password_hash) {
  const bool has_phone = !account.phone.empty();
  tx.run(
      "INSERT INTO account (id, kind, name, display_name, search, phone_sealed, phone_lookup,"
      " password_hash, place, unit, person_id, language, elder_view, status, created_at, version)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
      {account.id, std::string(name_of(account.kind)), text_or_null(account.name),
       account.display_name, search_key(account),
       has_phone ? Value(keyring.seal(account.phone, phone_context(account.id))) : Value(),
       has_phone ? Value(keyring.lookup(account.phone, "account.phone")) : Value(),
       password_hash ? Value(*password_hash) : Value(), account.place.padded(), account.unit,
       account.person_id, account.language, int64_t{account.elder_view},
       std::string(name_of(account.status)), account.created_at, account.version});
}

Done update(db::Tx& tx, const Account& account) {
  const int64_t rows = tx.affected(
      "UPDATE account SET display_name = $3, search = $4, unit = $5, language = $6,"
      " elder_view = $7, status = $8, place = $9, person_id = $10, version = version + 1"
      " WHERE id = $1 AND version = $2",
      {account.id, account.version, account.display_name, search_key(account), account.unit,
       account.language, int64_t{account.elder_view}, std::string(name_of(account.status)),
       account.place.padded(), account.person_id});
  if (rows == 0) return refuse(ErrorKind::conflict, "record.changed_meanwhile", account.id);
  return {};
}

void set_password_hash(db::Tx& tx, std::string_view id, const std::string& hash) {
  tx.run("UPDATE account SET password_hash = $2 WHERE id = $1", {std::string(id), hash});
}

void set_grants(db::Tx& tx, std::string_view id, const std::vector<GivenRole>& grants,
                std::string_view given_by, time::Instant now) {
  tx.run("DELETE FROM account_grant WHERE account_id = $1", {std::string(id)});
  for (const GivenRole& given : grants) {
    tx.run(
        "INSERT INTO account_grant (account_id, role, place, given_by, given_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, role, place) DO NOTHING",
        {std::string(id), given.role, given.place.padded(), std::string(given_by), now});
  }
}

std::optional<Account> load(db::Tx& tx, const crypto::Keyring& keyring, std::string_view id) {
  return load_where(tx, keyring, "a.id = $1", {std::string(id)});
}

std::optional<Account> load_by_name(db::Tx& tx, const crypto::Keyring& keyring,
                                    std::string_view name) {
  return load_where(tx, keyring, "a.name = $1", {std::string(name)});
}

std::optional<Account> load_by_phone(db::Tx& tx, const crypto::Keyring& keyring,
                                     std::string_view phone) {
  return load_where(tx, keyring, "a.phone_lookup = $1", {keyring.lookup(phone, "account.phone")});
}

std::optional<Account> load_by_key(db::Tx& tx, const crypto::Keyring& keyring,
                                   std::string_view key_hash) {
  return load_where(tx, keyring, "k.key_hash = $1 AND a.status = 'active'", {std::string(key_hash)},
                    " JOIN account_key k ON k.account_id = a.id");
}

std::optional<LiveSession> live_session(db::Tx& tx, const crypto::Keyring& keyring,
                                        std::string_view token_hash, time::Instant now) {
  Session session;
  auto account = load_where(
      tx, keyring,
      "s.token_hash = $1 AND s.idle_until > $2 AND s.expires_at > $2 AND a.status = 'active'",
      {std::string(token_hash), now}, " JOIN account_session s ON s.account_id = a.id",
      ", s.acts_for, s.acts_until, s.created_at, s.idle_until, s.expires_at",
      [&](const db::Row& row) {
        session = {std::string(token_hash), row.text(0),
                   row.text(kMore),         row.integer(kMore + 1),
                   row.integer(kMore + 2),  row.integer(kMore + 3),
                   row.integer(kMore + 4)};
      });
  if (!account) return std::nullopt;
  return LiveSession{std::move(session), std::move(*account)};
}

std::optional<std::string> password_hash(db::Tx& tx, std::string_view id) {
  const auto row = tx.one("SELECT password_hash FROM account WHERE id = $1", {std::string(id)});
  return row ? row->maybe_text(0) : std::nullopt;
}

std::vector<Account> list(db::Tx& tx, const crypto::Keyring& keyring, const Asked& asked) {
  db::Params params = {asked.after, asked.place.first(), asked.place.last(), asked.limit};
  std::string where = "WHERE a.id > $1 AND a.place BETWEEN $2 AND $3 AND " +
                      host::scope_sql("a.place", asked.territories, params);
  if (!asked.text.empty()) {
    params.emplace_back("%" + text::escape_like(asked.text) + "%");
    where += " AND a.search LIKE $" + std::to_string(params.size()) + " ESCAPE '\\'";
  }
  std::vector<Account> accounts;
  tx.each(select(where + " ORDER BY a.id LIMIT $4"), params, [&](const db::Row& row) {
    accounts.push_back(read(row, keyring));
    return true;
  });
  add_grants(tx, accounts);
  return accounts;
}

std::vector<Account> list_staff(db::Tx& tx, const crypto::Keyring& keyring) {
  std::vector<Account> accounts;
  tx.each(select("WHERE a.kind <> 'resident' ORDER BY a.name, a.id"), {}, [&](const db::Row& row) {
    accounts.push_back(read(row, keyring));
    return true;
  });
  add_grants(tx, accounts);
  return accounts;
}

std::vector<Reference> references(db::Tx& tx, const std::vector<std::string>& ids) {
  std::vector<Reference> found;
  if (ids.empty()) return found;
  db::Params params;
  const std::string wanted =
      placeholders(ids, params, [](const std::string& id) { return Value(id); });
  tx.each("SELECT id, display_name, unit, place FROM account WHERE id IN (" + wanted + ")", params,
          [&](const db::Row& row) {
            found.push_back({row.text(0), row.text(1), row.text(2), Code(row.integer(3))});
            return true;
          });
  return found;
}

std::vector<Reference> holders(db::Tx& tx, const std::vector<std::string>& roles,
                               const std::vector<Code>& places, std::string_view unit,
                               int64_t limit) {
  std::vector<Reference> found;
  if (roles.empty() || places.empty()) return found;
  db::Params params = {limit, std::string(unit)};
  const std::string of_places =
      placeholders(places, params, [](Code place) { return Value(place.padded()); });
  const std::string of_roles =
      placeholders(roles, params, [](const std::string& role) { return Value(role); });
  tx.each(
      "SELECT a.id, a.display_name, a.unit, MAX(g.place) AS nearest FROM account_grant g"
      " JOIN account a ON a.id = g.account_id"
      " WHERE g.place IN (" +
          of_places + ") AND g.role IN (" + of_roles +
          ") AND a.status = 'active' AND ($2 = '' OR a.unit = $2)"
          " GROUP BY a.id, a.display_name, a.unit ORDER BY nearest DESC, a.id LIMIT $1",
      params, [&](const db::Row& row) {
        found.push_back({row.text(0), row.text(1), row.text(2), Code(row.integer(3))});
        return true;
      });
  return found;
}

std::vector<std::pair<Reference, GivenRole>> roles_below(db::Tx& tx, Code above) {
  std::vector<std::pair<Reference, GivenRole>> found;
  tx.each(
      "SELECT a.id, a.display_name, a.unit, a.place, g.role, g.place AS held FROM account_grant g"
      " JOIN account a ON a.id = g.account_id"
      " WHERE g.place > $1 AND g.place <= $2 AND a.status = 'active' ORDER BY held, a.id",
      {above.padded(), above.last()}, [&](const db::Row& row) {
        found.push_back({{row.text(0), row.text(1), row.text(2), Code(row.integer(3))},
                         {row.text(4), Code(row.integer(5))}});
        return true;
      });
  return found;
}

}  // namespace linli::accounts::store
