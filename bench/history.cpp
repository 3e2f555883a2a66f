// Gives an installation a long past: its closed cases with all their events again and again, under
// new ids, until there are COUNT of them. Without the tables' indexes, which are made again at the
// end, and not durable while it runs: for a bench's folder only.
//   bench_history --data FOLDER --cases COUNT
#include <iostream>
#include <string>
#include <vector>

#include "app/installation.h"
#include "db/database.h"

namespace {

using namespace linli;  // NOLINT: a program of one file

constexpr const char* kCaseColumns =
    "place, county, kind, subject, form, address, lon, lat, channel, reporter, contact, phone_key,"
    " anonymous, urban, community_types, stage, unit, assignee, assignee_name, opened_at, due_at,"
    " replied_at, closed_at, answered, resolved, rating, breached, reopened, me_too, merged_into,"
    " events, version";
constexpr const char* kEventColumns =
    "sequence, action, at, actor, actor_name, actor_unit, stage, unit, assignee, text, visible,"
    " details, facts";

const std::vector<std::string> kTables = {"service_case", "case_event"};

int64_t closed_cases(db::Database& database) {
  return MUST(database.read([](db::Tx& tx) -> Result<int64_t> {
    return tx.one("SELECT COUNT(*) FROM service_case WHERE closed_at IS NOT NULL")->integer(0);
  }));
}

// The texts that make the tables' indexes again, all but those of their keys.
std::vector<std::string> drop_indexes(db::Tx& tx) {
  const bool sqlite = tx.engine() == db::Engine::sqlite;
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (const std::string& table : kTables) {
    tx.each(sqlite ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1"
                     " AND sql IS NOT NULL"
                   : "SELECT indexname::text, indexdef FROM pg_indexes"
                     " WHERE schemaname = current_schema() AND tablename = $1"
                     " AND indexname NOT LIKE '%_pkey'",
            {table}, [&](const db::Row& row) {
              names.push_back(row.text(0));
              texts.push_back(row.text(1));
              return true;
            });
  }
  for (const std::string& name : names) tx.script("DROP INDEX " + name);
  return texts;
}

// What is copied, and a row for each copy, numbered so that text and number sort alike and that
// nothing has been called so by an earlier run.
void keep_past(db::Tx& tx, int64_t once, int64_t turns) {
  tx.script(
      "CREATE TABLE bench_past_case AS SELECT * FROM service_case WHERE closed_at IS NOT NULL;"
      "CREATE TABLE bench_past_event AS SELECT e.* FROM case_event e JOIN bench_past_case c"
      " ON c.village = e.village AND c.id = e.case_id;"
      "CREATE INDEX bench_past_case_idx ON bench_past_case (village, id);"
      "CREATE INDEX bench_past_event_idx ON bench_past_event (village, case_id, sequence);"
      "CREATE TABLE bench_turn (n TEXT PRIMARY KEY)");
  for (int64_t turn = 0; turn < turns; ++turn) {
    tx.run("INSERT INTO bench_turn (n) VALUES ($1)",
           {"-" + std::to_string(100'000'000 + once + turn)});
  }
}

std::vector<int64_t> villages(db::Database& database) {
  return MUST(database.read([](db::Tx& tx) -> Result<std::vector<int64_t>> {
    std::vector<int64_t> all;
    tx.each("SELECT DISTINCT village FROM bench_past_case ORDER BY village", {},
            [&](const db::Row& row) {
              all.push_back(row.integer(0));
              return true;
            });
    return all;
  }));
}

// All copies of a village's cases in the order of their keys: a tree that grows at one end is
// written once.
void copy_village(db::Database& database, int64_t village) {
  const std::string cases = kCaseColumns;
  const std::string events = kEventColumns;
  MUST(database.transact([&](db::Tx& tx) -> Done {
    tx.run("INSERT INTO service_case (village, id, number, " + cases +
               ") SELECT village, id || n, number || n, " + cases +
               " FROM bench_past_case CROSS JOIN bench_turn WHERE village = $1 ORDER BY id, n",
           {village});
    tx.run("INSERT INTO case_event (village, case_id, " + events +
               ") SELECT village, case_id || n, " + events +
               " FROM bench_past_event CROSS JOIN bench_turn WHERE village = $1"
               " ORDER BY case_id, n, sequence",
           {village});
    return {};
  }));
}

}  // namespace

int main(int count, char** words) {
  std::string data = "var";
  int64_t wanted = 1'000'000;
  for (int at = 1; at + 1 < count; at += 2) {
    if (std::string_view(words[at]) == "--data") data = words[at + 1];
    if (std::string_view(words[at]) == "--cases") wanted = std::stoll(words[at + 1]);
  }
  const app::Configuration configuration = MUST(app::read_configuration(data));
  const std::string url =
      configuration.database.empty() ? "sqlite:" + data + "/linli.db" : configuration.database;
  const auto database = MUST(db::open(url, {.durable = false}));
  const int64_t once = closed_cases(*database);
  if (once == 0) return 1;
  const int64_t turns = (wanted - once + once - 1) / once;
  std::vector<std::string> indexes;
  MUST(database->transact([&](db::Tx& tx) -> Done {
    keep_past(tx, once, turns);
    indexes = drop_indexes(tx);
    return {};
  }));
  int64_t done = 0;
  const std::vector<int64_t> all = villages(*database);
  for (const int64_t village : all) {
    copy_village(*database, village);
    if (++done % 25 == 0) {
      std::cout << done << " of " << all.size() << " villages" << std::endl;
    }
  }
  MUST(database->transact([&](db::Tx& tx) -> Done {
    for (const std::string& text : indexes) tx.script(text);
    tx.script("DROP TABLE bench_past_case; DROP TABLE bench_past_event; DROP TABLE bench_turn");
    return {};
  }));
  std::cout << closed_cases(*database) << " past cases" << std::endl;
}
