// Requests for values and their steps.
#include "domain/plans/store_duties.h"

namespace linli::plans::store {
namespace {

constexpr std::string_view kColumns =
    "place, id, plan, indicator, period, due, asked_by, at_level, state, value, missing, evidence,"
    " files, marks, version, submitted_at, at";

ValueRequest read(const db::Row& row) {
  return {.id = row.text(1),
          .place = Code(row.integer(0)),
          .plan = row.text(2),
          .indicator = row.text(3),
          .period = row.text(4),
          .due = row.integer(5),
          .asked_by = Code(row.integer(6)),
          .at_level = Code(row.integer(7)),
          .state = row.text(8),
          .value = row.maybe_real(9),
          .missing = row.text(10),
          .evidence = row.text(11),
          .files = words_of(row.text(12)),
          .marks = words_of(row.text(13)),
          .version = row.integer(14),
          .submitted_at = row.maybe_integer(15),
          .at = row.integer(16)};
}

std::optional<ValueRequest> one(db::Tx& tx, const std::string& where, const db::Params& params) {
  const auto row =
      tx.one("SELECT " + std::string(kColumns) + " FROM value_request WHERE " + where, params);
  if (!row) return std::nullopt;
  return read(*row);
}

Value value_of(const std::optional<double>& number) {
  return number ? Value(*number) : Value();
}

}  // namespace

std::vector<ValueRequest> requests(db::Tx& tx, const RequestFilter& filter,
                                   const std::optional<std::pair<Code, std::string>>& after,
                                   int64_t limit) {
  db::Params params;
  const auto value = [&](Value given) {
    params.push_back(std::move(given));
    return "$" + std::to_string(params.size());
  };
  std::string sql = "SELECT " + std::string(kColumns) + " FROM value_request WHERE place BETWEEN " +
                    value(filter.under.padded()) + " AND " + value(filter.under.last());
  if (filter.at_level) sql += " AND at_level = " + value(filter.at_level->padded());
  if (!filter.plan.empty()) sql += " AND plan = " + value(filter.plan);
  if (!filter.indicator.empty()) sql += " AND indicator = " + value(filter.indicator);
  if (!filter.state.empty()) sql += " AND state = " + value(filter.state);
  if (after) {
    const std::string place = value(after->first.padded());
    sql += " AND (place > " + place + " OR (place = " + place + " AND id > " +
           value(after->second) + "))";
  }
  sql += " ORDER BY place, id LIMIT " + value(limit);
  std::vector<ValueRequest> found;
  tx.each(sql, params, [&](const db::Row& row) {
    found.push_back(read(row));
    return true;
  });
  return found;
}

std::optional<ValueRequest> find_request(db::Tx& tx, std::string_view id) {
  return one(tx, "id = $1", {std::string(id)});
}

std::optional<ValueRequest> find_request(db::Tx& tx, std::string_view indicator, Code place,
                                         std::string_view period) {
  return one(tx, "indicator = $1 AND place = $2 AND period = $3",
             {std::string(indicator), place.padded(), std::string(period)});
}

Timeliness timeliness(db::Tx& tx, Code under, time::Date today) {
  const auto row = *tx.one(
      "SELECT COUNT(*),"
      " SUM(CASE WHEN submitted_at IS NOT NULL AND state <> 'open' AND marks NOT LIKE '%late%'"
      " THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN state <> 'open' AND marks LIKE '%late%' THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN state = 'open' AND due < $3 THEN 1 ELSE 0 END)"
      " FROM value_request WHERE place BETWEEN $1 AND $2",
      {under.padded(), under.last(), today});
  return {row.integer(0), row.maybe_integer(1).value_or(0), row.maybe_integer(2).value_or(0),
          row.maybe_integer(3).value_or(0)};
}

std::vector<RequestStep> steps_of(db::Tx& tx, std::string_view id) {
  std::vector<RequestStep> all;
  tx.each(
      "SELECT n, what, place, value, note, actor_id, actor_name, at FROM value_request_step"
      " WHERE request_id = $1 ORDER BY n",
      {std::string(id)}, [&](const db::Row& row) {
        all.push_back({.n = row.integer(0),
                       .what = row.text(1),
                       .place = Code(row.integer(2)),
                       .value = row.maybe_real(3),
                       .note = row.text(4),
                       .actor_id = row.text(5),
                       .actor_name = row.text(6),
                       .at = row.integer(7)});
        return true;
      });
  return all;
}

void insert(db::Tx& tx, const ValueRequest& made) {
  tx.run("INSERT INTO value_request (" + std::string(kColumns) +
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
             " $17)",
         {made.place.padded(), made.id, made.plan, made.indicator, made.period, made.due,
          made.asked_by.padded(), made.at_level.padded(), made.state, value_of(made.value),
          made.missing, made.evidence, joined(made.files), joined(made.marks), made.version,
          Value(), made.at});
}

bool save(db::Tx& tx, const ValueRequest& request, int64_t version) {
  return tx.affected(
             "UPDATE value_request SET at_level = $3, state = $4, value = $5, missing = $6,"
             " evidence = $7, files = $8, marks = $9, submitted_at = $10, version = version + 1"
             " WHERE id = $1 AND version = $2",
             {request.id, version, request.at_level.padded(), request.state,
              value_of(request.value), request.missing, request.evidence, joined(request.files),
              joined(request.marks),
              request.submitted_at ? Value(*request.submitted_at) : Value()}) != 0;
}

void add_step(db::Tx& tx, std::string_view id, const RequestStep& step) {
  const auto last =
      tx.one("SELECT MAX(n) FROM value_request_step WHERE request_id = $1", {std::string(id)})
          ->maybe_integer(0);
  tx.run(
      "INSERT INTO value_request_step (request_id, n, what, place, value, note, actor_id,"
      " actor_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {std::string(id), last.value_or(0) + 1, step.what, step.place.padded(), value_of(step.value),
       step.note, step.actor_id, step.actor_name, step.at});
}

}  // namespace linli::plans::store
