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

std::vector<Report> select_reports(db::Tx& tx, const std::string& where, const db::Params& params) {
  std::vector<Report> found;
  tx.each(
      "SELECT indicator, place, since, until, period, value, evidence, actor_id, actor_name, at"
      " FROM reported_value WHERE " +
          where,
      params, [&](const db::Row& row) {
        found.push_back({.indicator = row.text(0),
                         .place = Code(row.integer(1)),
                         .period = {row.integer(2), row.integer(3), row.text(4)},
                         .value = row.real(5),
                         .source = row.text(6),
                         .actor_id = row.text(7),
                         .actor_name = row.text(8),
                         .at = row.integer(9)});
        return true;
      });
  return found;
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

std::map<Code, double> statistics(db::Tx& tx, const std::string& key,
                                  const std::vector<Code>& places, int64_t year) {
  std::map<Code, double> latest;
  if (places.empty()) return latest;
  db::Params params = {key, year};
  std::string list;
  for (const Code place : places) {
    params.emplace_back(place.padded());
    list += (list.empty() ? "$" : ", $") + std::to_string(params.size());
  }
  tx.each("SELECT place, value FROM statistic_value WHERE key = $1 AND year <= $2 AND place IN (" +
              list + ") ORDER BY place, year DESC",
          params, [&](const db::Row& row) {
            latest.try_emplace(Code(row.integer(0)), row.real(1));
            return true;
          });
  return latest;
}

bool has_statistic_below(db::Tx& tx, const std::string& key, Code place, int64_t year) {
  return tx
      .one(
          "SELECT 1 FROM statistic_value WHERE key = $1 AND place > $2 AND place <= $3"
          " AND year <= $4 LIMIT 1",
          {key, place.padded(), place.last(), year})
      .has_value();
}

void save_report(db::Tx& tx, const Report& report) {
  tx.run(
      "INSERT INTO reported_value (indicator, place, period, since, until, value, evidence,"
      " actor_id, actor_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (place, indicator, since, until) DO UPDATE SET value = excluded.value,"
      " evidence = excluded.evidence, actor_id = excluded.actor_id,"
      " actor_name = excluded.actor_name, at = excluded.at",
      {report.indicator, report.place.padded(), report.period.text, report.period.from,
       report.period.to, report.value, report.source, report.actor_id, report.actor_name,
       report.at});
}

std::vector<Report> reports(db::Tx& tx, const std::string& indicator, Code place) {
  return select_reports(tx, "place = $1 AND indicator = $2 ORDER BY since, until",
                        {place.padded(), indicator});
}

std::optional<Report> report(db::Tx& tx, const std::string& indicator, Code place, time::Date day) {
  const std::vector<Report> found = select_reports(
      tx, "place = $1 AND indicator = $2 AND since <= $3 ORDER BY since DESC, until DESC LIMIT 1",
      {place.padded(), indicator, day});
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::map<Code, Report> latest_reports(db::Tx& tx, const std::string& indicator, Code first,
                                      Code last, time::Date day) {
  std::map<Code, Report> latest;
  for (Report& known : select_reports(tx,
                                      "place BETWEEN $1 AND $2 AND indicator = $3 AND since <= $4"
                                      " ORDER BY place, since DESC, until DESC",
                                      {first.padded(), last.padded(), indicator, day})) {
    const Code place = known.place;
    latest.try_emplace(place, std::move(known));
  }
  return latest;
}

std::map<std::string, Report> reports_on(db::Tx& tx, Code place, time::Date day) {
  std::map<std::string, Report> by_indicator;
  for (Report& known : select_reports(
           tx,
           "place = $1 AND since = (SELECT MAX(later.since) FROM reported_value later WHERE"
           " later.place = $1 AND later.indicator = reported_value.indicator AND"
           " later.since <= $2) ORDER BY indicator, until",
           {place.padded(), day})) {
    std::string key = known.indicator;
    by_indicator.insert_or_assign(std::move(key), std::move(known));
  }
  return by_indicator;
}

std::vector<Report> reports_within(db::Tx& tx, Code place, time::Date from, time::Date to) {
  return select_reports(
      tx, "place = $1 AND since >= $2 AND until <= $3 ORDER BY indicator, since, until",
      {place.padded(), from, to});
}

}  // namespace linli::plans::store
