#include "domain/accounts/store.h"

namespace linli::accounts::store {

namespace {

constexpr std::string_view kColumns =
    "chain, position, id, at, actor_id, acts_for, action, subject, place, detail, hash";

AuditEntry read(const db::Row& row) {
  return {row.integer(0),       row.integer(1), row.text(2), row.integer(3),
          row.text(4),          row.text(5),    row.text(6), row.text(7),
          Code(row.integer(8)), row.text(9),    row.text(10)};
}

}  // namespace

ChainEnd hold_chain(db::Tx& tx, int64_t chain) {
  const auto row = tx.one(
      "INSERT INTO audit_chain (chain, position, hash) VALUES ($1, 0, '')"
      " ON CONFLICT (chain) DO UPDATE SET position = audit_chain.position"
      " RETURNING position, hash",
      {chain});
  return {row->integer(0), row->text(1)};
}

void append(db::Tx& tx, const AuditEntry& entry) {
  tx.run("INSERT INTO audit_entry (" + std::string(kColumns) +
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
         {entry.chain, entry.position, entry.id, entry.at, entry.actor_id, entry.acts_for,
          entry.action, entry.subject, entry.place.padded(), entry.detail, entry.hash});
  tx.run("UPDATE audit_chain SET position = $2, hash = $3 WHERE chain = $1",
         {entry.chain, entry.position, entry.hash});
}

std::vector<AuditEntry> trail(db::Tx& tx, const AskedTrail& asked) {
  db::Params params = {asked.limit};
  std::string where = " WHERE " + host::scope_sql("place", asked.territories, params);
  const auto narrow = [&](std::string_view condition, const std::string& value) {
    if (value.empty()) return;
    params.emplace_back(value);
    where += " AND " + std::string(condition) + " $" + std::to_string(params.size());
  };
  narrow("actor_id =", asked.actor_id);
  narrow("subject =", asked.subject);
  narrow("id <", asked.before);
  std::vector<AuditEntry> entries;
  tx.each("SELECT " + std::string(kColumns) + " FROM audit_entry" + where +
              " ORDER BY id DESC LIMIT $1",
          params, [&](const db::Row& row) {
            entries.push_back(read(row));
            return true;
          });
  return entries;
}

void each_entry(db::Tx& tx, const std::function<bool(const AuditEntry&)>& entry) {
  tx.each("SELECT " + std::string(kColumns) + " FROM audit_entry ORDER BY chain, position", {},
          [&](const db::Row& row) { return entry(read(row)); });
}

void each_chain(db::Tx& tx, const std::function<void(int64_t chain, const ChainEnd&)>& chain) {
  tx.each("SELECT chain, position, hash FROM audit_chain ORDER BY chain", {},
          [&](const db::Row& row) {
            chain(row.integer(0), {row.integer(1), row.text(2)});
            return true;
          });
}

}  // namespace linli::accounts::store
