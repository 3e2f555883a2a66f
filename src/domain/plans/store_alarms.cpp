// Alarms that have been raised, and what waits for one.
#include "domain/plans/store_duties.h"

namespace linli::plans::store {
namespace {

// Rows of a table that are open and overdue and were not raised for that due day.
std::string waiting(const std::string& table, const std::string& kind) {
  return "SELECT id FROM " + table + " WHERE state = 'open' AND due < $1 AND NOT EXISTS (SELECT 1" +
         " FROM plan_alarm a WHERE a.place = " + table + ".place AND a.subject = '" + kind +
         ":' || " + table + ".id AND a.state = CAST(" + table +
         ".due AS TEXT)) ORDER BY place, id LIMIT $2";
}

std::vector<std::string> ids(db::Tx& tx, const std::string& sql, time::Date today, int64_t limit) {
  std::vector<std::string> found;
  tx.each(sql, {today, limit}, [&](const db::Row& row) {
    found.push_back(row.text(0));
    return true;
  });
  return found;
}

}  // namespace

std::vector<Task> tasks_to_raise(db::Tx& tx, time::Date today, int64_t limit) {
  std::vector<Task> found;
  for (const std::string& id : ids(tx, waiting("plan_task", "task"), today, limit)) {
    found.push_back(*find_task(tx, id));
  }
  return found;
}

std::vector<ValueRequest> requests_to_raise(db::Tx& tx, time::Date today, int64_t limit) {
  std::vector<ValueRequest> found;
  for (const std::string& id : ids(tx, waiting("value_request", "value"), today, limit)) {
    found.push_back(*find_request(tx, id));
  }
  return found;
}

std::optional<std::string> alarm(db::Tx& tx, Code place, const std::string& subject) {
  const auto row = tx.one("SELECT state FROM plan_alarm WHERE place = $1 AND subject = $2",
                          {place.padded(), subject});
  if (!row) return std::nullopt;
  return row->text(0);
}

void keep_alarm(db::Tx& tx, const Alarm& alarm) {
  tx.run(
      "INSERT INTO plan_alarm (place, subject, state, at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (place, subject) DO UPDATE SET state = excluded.state, at = excluded.at",
      {alarm.place.padded(), alarm.subject, alarm.state, alarm.at});
}

}  // namespace linli::plans::store
