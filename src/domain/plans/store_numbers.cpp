// Statistics and reported values.
#include "domain/plans/store.h"

namespace linli::plans::store {
namespace {

Statistic statistic_of(const db::Row& row) {
  return {.key = row.text(0),
          .place = Code(row.integer(1)),
          .year = row.integer(2),
          .value = row.real(3),
          .source = row.text(4),
          .actor_id = row.text(5),
          .actor_name = row.text(6),
          .at = row.integer(7)};
}

db::Params params_of(const Statistic& statistic) {
  return {statistic.key,    statistic.place.padded(), statistic.year,       statistic.value,
          statistic.source, statistic.actor_id,       statistic.actor_name, statistic.at};
}

}  // namespace

void save_statistic(db::Tx& tx, const Statistic& statistic) {
  tx.run(
      "INSERT INTO statistic_value (key, place, year, value, source, actor_id, actor_name, at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (key, place, year) DO UPDATE SET"
      " value = excluded.value, source = excluded.source, actor_id = excluded.actor_id,"
      " actor_name = excluded.actor_name, at = excluded.at",
      params_of(statistic));
}

std::vector<Statistic> statistics_at(db::Tx& tx, Code place) {
  std::vector<Statistic> all;
  tx.each(
      "SELECT key, place, year, value, source, actor_id, actor_name, at FROM statistic_value"
      " WHERE place = $1 ORDER BY key, year DESC",
      {place.padded()}, [&](const db::Row& row) {
        all.push_back(statistic_of(row));
        return true;
      });
  return all;
}

std::vector<Statistic> statistics(db::Tx& tx, const std::string& key, Code under, int64_t year) {
  std::vector<Statistic> latest;
  tx.each(
      "SELECT key, place, year, value, source, actor_id, actor_name, at FROM statistic_value"
      " WHERE key = $1 AND place BETWEEN $2 AND $3 AND year <= $4 ORDER BY place, year DESC",
      {key, under.first(), under.last(), year}, [&](const db::Row& row) {
        if (latest.empty() || latest.back().place != Code(row.integer(1))) {
          latest.push_back(statistic_of(row));
        }
        return true;
      });
  return latest;
}

void save_report(db::Tx& tx, const Report& report) {
  tx.run(
      "INSERT INTO indicator_value (indicator, place, year, value, evidence, actor_id, actor_name,"
      " at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
      " ON CONFLICT (indicator, place, year) DO UPDATE SET value = excluded.value,"
      " evidence = excluded.evidence, actor_id = excluded.actor_id,"
      " actor_name = excluded.actor_name, at = excluded.at",
      params_of(report));
}

std::vector<Report> reports(db::Tx& tx, const std::string& indicator, Code place) {
  std::vector<Report> all;
  tx.each(
      "SELECT indicator, place, year, value, evidence, actor_id, actor_name, at"
      " FROM indicator_value WHERE indicator = $1 AND place = $2 ORDER BY year",
      {indicator, place.padded()}, [&](const db::Row& row) {
        all.push_back(statistic_of(row));
        return true;
      });
  return all;
}

std::optional<Report> report(db::Tx& tx, const std::string& indicator, Code place, int64_t year) {
  const auto row = tx.one(
      "SELECT indicator, place, year, value, evidence, actor_id, actor_name, at"
      " FROM indicator_value WHERE indicator = $1 AND place = $2 AND year <= $3"
      " ORDER BY year DESC LIMIT 1",
      {indicator, place.padded(), year});
  if (!row) return std::nullopt;
  return statistic_of(*row);
}

}  // namespace linli::plans::store
