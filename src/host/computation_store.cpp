#include "host/computation_store.h"

namespace linli::host::store {

namespace {

std::string select(std::string_view more) {
  return "SELECT id, kind, place, asked_by, asked_by_name, asked_at, seed, question, state, done,"
         " best, attempts, ended_at, code" +
         std::string(more);
}

json::Value tree(const std::string& text) {
  return text.empty() ? json::Value() : MUST(json::parse(text));
}

std::string text(const json::Value& value) {
  return value.is_null() ? "" : json::write(value);
}

Computation read(const db::Row& row) {
  return {.id = row.text(0),
          .kind = row.text(1),
          .place = region::Code(row.integer(2)),
          .asked_by = row.text(3),
          .asked_by_name = row.text(4),
          .asked_at = row.integer(5),
          .seed = row.integer(6),
          .question = tree(row.text(7)),
          .state = row.text(8),
          .done = row.real(9),
          .best = tree(row.text(10)),
          .attempts = row.integer(11),
          .ended_at = row.maybe_integer(12),
          .code = row.text(13)};
}

}  // namespace

void insert(db::Tx& tx, const Computation& asked) {
  tx.run(
      "INSERT INTO computation (village, id, kind, place, asked_by, asked_by_name, asked_at, seed,"
      " question, state, done, best, stop_asked, holder, lease_until, attempts, code, answer)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0.0, '', 0, '', 0, 0, '', '')",
      {asked.place.village().padded(), asked.id, asked.kind, asked.place.padded(), asked.asked_by,
       asked.asked_by_name, asked.asked_at, asked.seed, text(asked.question)});
}

std::optional<Computation> load_computation(db::Tx& tx, std::string_view id) {
  const auto row = tx.one(select(", answer FROM computation WHERE id = $1"), {std::string(id)});
  if (!row) return std::nullopt;
  Computation found = read(*row);
  found.answer = tree(row->text(14));
  return found;
}

std::vector<Computation> list(db::Tx& tx, std::string_view kind,
                              const std::vector<region::Code>& territories,
                              const std::string& before, int64_t limit) {
  db::Params params{std::string(kind)};
  std::string sql =
      select(" FROM computation WHERE kind = $1 AND ") + scope_sql("place", territories, params);
  if (!before.empty()) {
    params.emplace_back(before);
    sql += " AND id < $" + std::to_string(params.size());
  }
  params.emplace_back(limit);
  sql += " ORDER BY id DESC LIMIT $" + std::to_string(params.size());
  std::vector<Computation> found;
  for (const db::Row& row : tx.query(sql, params)) found.push_back(read(row));
  return found;
}

std::pair<int64_t, int64_t> unfinished(db::Tx& tx, std::string_view account_id) {
  const auto row = tx.one(
      "SELECT count(*), coalesce(sum(CASE WHEN asked_by = $1 THEN 1 ELSE 0 END), 0)"
      " FROM computation WHERE ended_at IS NULL",
      {std::string(account_id)});
  return {row->integer(0), row->integer(1)};
}

void remove(db::Tx& tx, const Computation& one) {
  tx.run("DELETE FROM computation WHERE village = $1 AND id = $2",
         {one.place.village().padded(), one.id});
}

void ask_to_stop(db::Tx& tx, std::string_view id, time::Instant now) {
  tx.run(
      "UPDATE computation SET state = 'stopped', ended_at = $2"
      " WHERE id = $1 AND ended_at IS NULL AND state = 'waiting'",
      {std::string(id), now});
  tx.run("UPDATE computation SET stop_asked = 1 WHERE id = $1 AND ended_at IS NULL",
         {std::string(id)});
}

bool has_waiting(db::Tx& tx, time::Instant now) {
  return tx
      .one("SELECT id FROM computation WHERE ended_at IS NULL AND lease_until < $1 LIMIT 1", {now})
      .has_value();
}

std::optional<Computation> claim(db::Tx& tx, std::string_view holder, time::Instant now,
                                 time::Instant until, int64_t at_once) {
  std::string oldest;
  int64_t held = 0;
  tx.each("SELECT id, lease_until FROM computation WHERE ended_at IS NULL ORDER BY id", {},
          [&](const db::Row& row) {
            if (row.integer(1) >= now) {
              ++held;
            } else if (oldest.empty()) {
              oldest = row.text(0);
            }
            return true;
          });
  if (oldest.empty() || held >= at_once) return std::nullopt;
  const int64_t rows = tx.affected(
      "UPDATE computation SET state = 'running', holder = $2, lease_until = $3,"
      " attempts = attempts + 1 WHERE id = $1 AND ended_at IS NULL AND lease_until < $4",
      {oldest, std::string(holder), until, now});
  if (rows == 0) return std::nullopt;
  return load_computation(tx, oldest);
}

Hold renew(db::Tx& tx, const Computation& one, std::string_view holder, time::Instant until,
           double done, const json::Value& best) {
  const int64_t rows = tx.affected(
      "UPDATE computation SET lease_until = $3, done = $4, best = $5"
      " WHERE id = $1 AND holder = $2 AND ended_at IS NULL",
      {one.id, std::string(holder), until, done, text(best)});
  if (rows == 0) return {};
  return {true,
          tx.one("SELECT stop_asked FROM computation WHERE id = $1", {one.id})->integer(0) != 0};
}

void end(db::Tx& tx, const Computation& one, std::string_view holder) {
  tx.run(
      "UPDATE computation SET state = $3, done = $4, best = $5, code = $6, answer = $7,"
      " ended_at = $8, lease_until = 0 WHERE id = $1 AND holder = $2 AND ended_at IS NULL",
      {one.id, std::string(holder), one.state, one.done, text(one.best), one.code, text(one.answer),
       one.ended_at.value_or(0)});
}

void give_back(db::Tx& tx, std::string_view id, std::string_view holder) {
  tx.run(
      "UPDATE computation SET state = 'waiting', holder = '', lease_until = 0,"
      " attempts = attempts - 1 WHERE id = $1 AND holder = $2 AND ended_at IS NULL",
      {std::string(id), std::string(holder)});
}

}  // namespace linli::host::store
