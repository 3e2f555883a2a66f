// Tasks, their ledger, and files of evidence in the database.
#include "domain/plans/store_duties.h"

#include "core/text.h"

namespace linli::plans::store {
namespace {

constexpr std::string_view kColumns =
    "place, id, plan, year, number, name, unit, indicator, due, handed_by, state, percent,"
    " version, actor_id, actor_name, at";

Task read_task(const db::Row& row) {
  return {.id = row.text(1),
          .place = Code(row.integer(0)),
          .plan = row.text(2),
          .year = row.integer(3),
          .number = row.text(4),
          .name = row.text(5),
          .unit = row.text(6),
          .indicator = row.text(7),
          .due = row.integer(8),
          .handed_by = Code(row.integer(9)),
          .state = row.text(10),
          .percent = row.integer(11),
          .version = row.integer(12),
          .actor_id = row.text(13),
          .actor_name = row.text(14),
          .at = row.integer(15)};
}

EvidenceFile read_file(const db::Row& row) {
  return {.id = row.text(0),
          .place = Code(row.integer(1)),
          .name = row.text(2),
          .kind = row.text(3),
          .bytes = row.integer(4),
          .sha256 = row.text(5),
          .owner = row.text(6),
          .at = row.integer(7)};
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ",") + word;
  return all;
}

std::vector<std::string> words_of(const std::string& joined) {
  return joined.empty() ? std::vector<std::string>() : text::split(joined, ',');
}

std::vector<Task> tasks(db::Tx& tx, const TaskFilter& filter,
                        const std::optional<std::pair<Code, std::string>>& after, int64_t limit) {
  db::Params params;
  const auto value = [&](Value given) {
    params.push_back(std::move(given));
    return "$" + std::to_string(params.size());
  };
  const Code last = filter.own ? filter.under : Code(filter.under.last());
  std::string sql = "SELECT " + std::string(kColumns) + " FROM plan_task WHERE place BETWEEN " +
                    value(filter.under.padded()) + " AND " + value(last.padded());
  if (!filter.plan.empty()) sql += " AND plan = " + value(filter.plan);
  if (filter.year != 0) sql += " AND year = " + value(filter.year);
  if (!filter.state.empty()) sql += " AND state = " + value(filter.state);
  if (filter.overdue_on) {
    sql += " AND state = 'open' AND due < " + value(*filter.overdue_on);
  }
  if (after) {
    const std::string place = value(after->first.padded());
    sql += " AND (place > " + place + " OR (place = " + place + " AND id > " +
           value(after->second) + "))";
  }
  sql += " ORDER BY place, id LIMIT " + value(limit);
  std::vector<Task> found;
  tx.each(sql, params, [&](const db::Row& row) {
    found.push_back(read_task(row));
    return true;
  });
  return found;
}

std::optional<Task> find_task(db::Tx& tx, std::string_view id) {
  const auto row = tx.one("SELECT " + std::string(kColumns) + " FROM plan_task WHERE id = $1",
                          {std::string(id)});
  if (!row) return std::nullopt;
  return read_task(*row);
}

std::vector<TaskEntry> entries_of(db::Tx& tx, std::string_view id) {
  std::vector<TaskEntry> all;
  tx.each(
      "SELECT n, percent, state, note, files, actor_id, actor_name, at FROM plan_task_entry"
      " WHERE task_id = $1 ORDER BY n",
      {std::string(id)}, [&](const db::Row& row) {
        TaskEntry entry{.n = row.integer(0),
                        .percent = row.integer(1),
                        .state = row.text(2),
                        .note = row.text(3),
                        .actor_id = row.text(5),
                        .actor_name = row.text(6),
                        .at = row.integer(7)};
        entry.files = words_of(row.text(4));
        all.push_back(std::move(entry));
        return true;
      });
  return all;
}

void insert(db::Tx& tx, const Task& made) {
  tx.run("INSERT INTO plan_task (" + std::string(kColumns) +
             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
         {made.place.padded(), made.id, made.plan, made.year, made.number, made.name, made.unit,
          made.indicator, made.due, made.handed_by.padded(), made.state, made.percent, made.version,
          made.actor_id, made.actor_name, made.at});
}

bool save(db::Tx& tx, const Task& task, int64_t version) {
  return tx.affected(
             "UPDATE plan_task SET name = $3, unit = $4, due = $5, state = $6, percent = $7,"
             " version = version + 1 WHERE id = $1 AND version = $2",
             {task.id, version, task.name, task.unit, task.due, task.state, task.percent}) != 0;
}

void add_entry(db::Tx& tx, const Task& task, const TaskEntry& entry) {
  const auto last =
      tx.one("SELECT MAX(n) FROM plan_task_entry WHERE task_id = $1", {task.id})->maybe_integer(0);
  tx.run(
      "INSERT INTO plan_task_entry (task_id, n, percent, state, note, files, actor_id,"
      " actor_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {task.id, last.value_or(0) + 1, entry.percent, task.state, entry.note, joined(entry.files),
       entry.actor_id, entry.actor_name, entry.at});
}

void insert(db::Tx& tx, const EvidenceFile& made) {
  tx.run(
      "INSERT INTO plan_file (id, place, name, kind, bytes, sha256, owner, at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {made.id, made.place.padded(), made.name, made.kind, made.bytes, made.sha256, made.owner,
       made.at});
}

std::optional<EvidenceFile> find_file(db::Tx& tx, std::string_view id) {
  const auto row =
      tx.one("SELECT id, place, name, kind, bytes, sha256, owner, at FROM plan_file WHERE id = $1",
             {std::string(id)});
  if (!row) return std::nullopt;
  return read_file(*row);
}

}  // namespace linli::plans::store
