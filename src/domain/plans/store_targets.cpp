// Targets handed down, with their revisions.
#include "domain/plans/store.h"

namespace linli::plans::store {
namespace {

constexpr std::string_view kColumns =
    "t.indicator, t.place, t.year, t.revision, t.value, t.start_value, t.start_day, t.method,"
    " t.handed_by, t.reason, t.actor_id, t.actor_name, t.at";
constexpr std::string_view kLatest =
    " AND t.revision = (SELECT MAX(o.revision) FROM plan_target o WHERE o.indicator = t.indicator"
    " AND o.place = t.place AND o.year = t.year)";

std::vector<HandedTarget> select(db::Tx& tx, const std::string& rest, const db::Params& params) {
  std::vector<HandedTarget> all;
  tx.each("SELECT " + std::string(kColumns) + " FROM plan_target t WHERE " + rest, params,
          [&](const db::Row& row) {
            all.push_back({.indicator = row.text(0),
                           .place = Code(row.integer(1)),
                           .year = row.integer(2),
                           .revision = row.integer(3),
                           .value = row.real(4),
                           .start_value = row.maybe_real(5),
                           .start_day = row.integer(6),
                           .method = row.text(7),
                           .handed_by = Code(row.integer(8)),
                           .reason = row.text(9),
                           .actor_id = row.text(10),
                           .actor_name = row.text(11),
                           .at = row.integer(12)});
            return true;
          });
  return all;
}

}  // namespace

std::vector<HandedTarget> targets_at(db::Tx& tx, Code place) {
  return select(tx, "t.place = $1" + std::string(kLatest), {place.padded()});
}

std::vector<HandedTarget> targets_by(db::Tx& tx, Code place, const std::string& indicator) {
  return select(tx, "t.handed_by = $1 AND t.indicator = $2" + std::string(kLatest),
                {place.padded(), indicator});
}

std::vector<HandedTarget> targets_by(db::Tx& tx, Code place, const std::string& indicator,
                                     int64_t year) {
  return select(tx, "t.handed_by = $1 AND t.indicator = $2 AND t.year = $3" + std::string(kLatest),
                {place.padded(), indicator, year});
}

std::vector<HandedTarget> target_history(db::Tx& tx, Code place, const std::string& indicator) {
  return select(tx, "t.place = $1 AND t.indicator = $2 ORDER BY t.year, t.revision",
                {place.padded(), indicator});
}

void add_target(db::Tx& tx, const HandedTarget& made) {
  tx.run(
      "INSERT INTO plan_target (indicator, place, year, revision, value, start_value, start_day,"
      " method, handed_by, reason, actor_id, actor_name, at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {made.indicator, made.place.padded(), made.year, made.revision, made.value,
       made.start_value ? Value(*made.start_value) : Value(), made.start_day, made.method,
       made.handed_by.padded(), made.reason, made.actor_id, made.actor_name, made.at});
}

}  // namespace linli::plans::store
