// Pages of cases. A page starts from the index that carries its order: a unit's, an account's, a
// village's or a county's; what a county holds beside is cut row by row.
#include "core/text.h"
#include "domain/cases/columns.h"
#include "domain/cases/store.h"
#include "host/actor.h"

namespace linli::cases::store {
namespace {

using region::Code;
using region::Level;

// The conditions of one statement with their parameters.
struct Where {
  db::Params params;
  std::string sql;

  void add(const std::string& condition) { sql += (sql.empty() ? "" : " AND ") + condition; }
  std::string next(Value value) {
    params.push_back(std::move(value));
    return "$" + std::to_string(params.size());
  }
};

// The finest place that holds all the territories.
Code common(const std::vector<Code>& territories) {
  Code whole = territories.front();
  for (const Code territory : territories)
    while (!whole.contains(territory)) whole = whole.parent();
  return whole;
}

// Names the column whose index serves the territory, then cuts to the territory itself.
void add_territory(Where& where, const std::string& table, const std::vector<Code>& territories) {
  if (!territories.empty()) {
    const Code whole = common(territories);
    if (whole.level() >= Level::village)
      where.add(table + ".village = " + where.next(whole.village().padded()));
    else if (whole.level() >= Level::county)
      where.add(table + ".county = " + where.next(whole.at(Level::county).padded()));
  }
  where.add(host::scope_sql(table + ".place", territories, where.params));
}

void add_any(Where& where, const std::string& column, const std::vector<std::string>& words) {
  if (words.empty()) return;
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + where.next(word);
  where.add(column + " IN (" + list + ")");
}

// What does not choose the index.
void add_rest(Where& where, const std::string& table, const Filter& filter) {
  if (!filter.kind.empty()) where.add(table + ".kind = " + where.next(filter.kind));
  if (!filter.stage.empty()) where.add(table + ".stage = " + where.next(filter.stage));
  add_any(where, table + ".subject", filter.subjects);
  if (!filter.assignee.empty()) where.add(table + ".assignee = " + where.next(filter.assignee));
  if (filter.from) where.add(table + ".opened_at >= " + where.next(*filter.from));
  if (filter.to) where.add(table + ".opened_at < " + where.next(*filter.to));
  if (!filter.number.empty()) where.add("c.number = " + where.next(filter.number));
  if (!filter.phone_key.empty()) where.add("c.phone_key = " + where.next(filter.phone_key));
  if (!filter.text.empty())
    where.add("c.form LIKE " + where.next("%" + text::escape_like(filter.text) + "%") +
              " ESCAPE '\\'");
}

std::vector<Case> read_all(db::Tx& tx, const std::string& sql, const db::Params& params) {
  std::vector<Case> cases;
  tx.each(sql, params, [&](const db::Row& row) {
    cases.push_back(read_case(row));
    return true;
  });
  return cases;
}

// One branch of the queue: `from` gives open_case as q; the units' condition stands in `where`.
std::string queue_branch(Where& where, const std::string& from, const Filter& filter,
                         const Page& page, bool by_unit) {
  if (by_unit)
    where.add(host::scope_sql("q.place", filter.territories, where.params));
  else
    add_territory(where, "q", filter.territories);
  add_rest(where, "q", filter);
  if (filter.late) where.add("q.due_at < " + where.next(filter.now));
  if (page.after.size() == 2)
    where.add("(q.due_at, q.id) > (" + where.next(page.after[0]) + ", " +
              where.next(page.after[1]) + ")");
  return "SELECT q.village AS village, q.id AS id, q.due_at AS due_at FROM " + from + " WHERE " +
         where.sql + " ORDER BY q.due_at, q.id LIMIT " + where.next(page.limit);
}

bool reads_case(const Filter& filter) {
  return !filter.number.empty() || !filter.phone_key.empty() || !filter.text.empty();
}

}  // namespace

Statement queue_statement(const Filter& filter, const Page& page) {
  const std::string with_case =
      reads_case(filter) ? " JOIN service_case c ON c.village = q.village AND c.id = q.id" : "";
  Where where;
  std::string branches;
  if (filter.units.empty()) {
    branches = queue_branch(where, "open_case q" + with_case, filter, page, false);
  } else {
    add_any(where, "q.unit", filter.units);
    branches = "SELECT village, id, due_at FROM (" +
               queue_branch(where, "open_case q" + with_case, filter, page, true) + ") own";
    where.sql.clear();
    add_any(where, "t.unit", filter.units);
    branches += " UNION SELECT village, id, due_at FROM (" +
                queue_branch(where,
                             "open_task t JOIN open_case q ON q.village = t.village AND q.id ="
                             " t.case_id" +
                                 with_case,
                             filter, page, true) +
                ") helped";
  }
  std::string sql = select_case("(" + branches +
                                ") p JOIN service_case c ON c.village = p.village AND c.id = p.id"
                                " ORDER BY p.due_at, p.id LIMIT " +
                                where.next(page.limit));
  return {std::move(sql), std::move(where.params)};
}

Statement history_statement(const Filter& filter, const Page& page) {
  Where where;
  if (filter.number.empty() && filter.phone_key.empty())
    add_territory(where, "c", filter.territories);
  else
    where.add(host::scope_sql("c.place", filter.territories, where.params));
  add_any(where, "c.unit", filter.units);
  add_rest(where, "c", filter);
  if (filter.late) where.add("c.breached = 1");
  if (page.after.size() == 2)
    where.add("(c.opened_at, c.id) < (" + where.next(page.after[0]) + ", " +
              where.next(page.after[1]) + ")");
  std::string sql =
      select_case("service_case c WHERE " + where.sql +
                  " ORDER BY c.opened_at DESC, c.id DESC LIMIT " + where.next(page.limit));
  return {std::move(sql), std::move(where.params)};
}

std::vector<Case> queue(db::Tx& tx, const Filter& filter, const Page& page) {
  const Statement statement = queue_statement(filter, page);
  return read_all(tx, statement.sql, statement.params);
}

std::vector<Case> history(db::Tx& tx, const Filter& filter, const Page& page) {
  const Statement statement = history_statement(filter, page);
  return read_all(tx, statement.sql, statement.params);
}

std::vector<Case> of_reporter(db::Tx& tx, std::string_view account, const Page& page) {
  Where where;
  where.add("c.reporter = " + where.next(std::string(account)));
  if (page.after.size() == 2)
    where.add("(c.opened_at, c.id) < (" + where.next(page.after[0]) + ", " +
              where.next(page.after[1]) + ")");
  return read_all(
      tx,
      select_case("service_case c WHERE " + where.sql +
                  " ORDER BY c.opened_at DESC, c.id DESC LIMIT " + where.next(page.limit)),
      where.params);
}

std::vector<std::pair<time::Instant, std::string>> awake(db::Tx& tx, time::Instant now,
                                                         const std::vector<Value>& after,
                                                         int64_t limit) {
  Where where;
  where.add("wake_at IS NOT NULL AND wake_at <= " + where.next(now));
  if (after.size() == 2)
    where.add("(wake_at, id) > (" + where.next(after[0]) + ", " + where.next(after[1]) + ")");
  std::vector<std::pair<time::Instant, std::string>> all;
  tx.each("SELECT wake_at, id FROM open_case WHERE " + where.sql + " ORDER BY wake_at, id LIMIT " +
              where.next(limit),
          where.params, [&](const db::Row& row) {
            all.emplace_back(row.integer(0), row.text(1));
            return true;
          });
  return all;
}

std::vector<std::pair<std::string, region::Code>> open_below(db::Tx& tx, region::Code place) {
  std::vector<std::pair<std::string, region::Code>> found;
  tx.each(
      "SELECT id, place FROM open_case WHERE village = $1 AND place > $2 AND place <= $3"
      " ORDER BY id",
      {place.village().padded(), place.padded(), place.last()}, [&](const db::Row& row) {
        found.emplace_back(row.text(0), region::Code(row.integer(1)));
        return true;
      });
  return found;
}

std::vector<std::string> open_with(db::Tx& tx, region::Code unit) {
  std::vector<std::string> ids;
  tx.each(
      "SELECT id FROM open_case WHERE village = $1 AND unit = $2"
      " UNION SELECT case_id FROM open_task WHERE village = $1 AND unit = $2 ORDER BY 1",
      {unit.village().padded(), unit.text()}, [&](const db::Row& row) {
        ids.push_back(row.text(0));
        return true;
      });
  return ids;
}

std::vector<std::string> joined_to(db::Tx& tx, std::string_view id) {
  std::vector<std::string> ids;
  tx.each("SELECT id FROM open_case WHERE merged_into = $1 AND merged_into <> '' ORDER BY id",
          {std::string(id)}, [&](const db::Row& row) {
            ids.push_back(row.text(0));
            return true;
          });
  return ids;
}

std::vector<std::pair<std::string, std::string>> open_stages(db::Tx& tx) {
  std::vector<std::pair<std::string, std::string>> all;
  tx.each("SELECT DISTINCT kind, stage FROM open_case", {}, [&](const db::Row& row) {
    all.emplace_back(row.text(0), row.text(1));
    return true;
  });
  return all;
}

std::vector<Case> open_in_cell(db::Tx& tx, int64_t cell, std::string_view kind,
                               std::string_view subject, time::Instant since, int64_t limit) {
  return read_all(tx,
                  select_case("open_case q JOIN service_case c ON c.village = q.village AND c.id ="
                              " q.id WHERE q.cell = $1 AND q.subject = $2 AND q.kind = $3 AND"
                              " q.opened_at >= $4 AND q.merged_into = ''"
                              " ORDER BY q.opened_at DESC LIMIT $5"),
                  {cell, std::string(subject), std::string(kind), since, limit});
}

std::vector<Case> open_in_village(db::Tx& tx, Code village, std::string_view kind,
                                  std::string_view subject, time::Instant since, int64_t limit) {
  return read_all(tx,
                  select_case("open_case q JOIN service_case c ON c.village = q.village AND c.id ="
                              " q.id WHERE q.village = $1 AND q.subject = $2 AND q.kind = $3 AND"
                              " q.opened_at >= $4 AND q.merged_into = ''"
                              " ORDER BY q.opened_at DESC LIMIT $5"),
                  {village.padded(), std::string(subject), std::string(kind), since, limit});
}

}  // namespace linli::cases::store
