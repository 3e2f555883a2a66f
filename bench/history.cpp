// Gives an installation a long past: its closed cases with all their events again and again, under
// new ids, until there are COUNT of them. Not durable while it runs: for a bench's folder only.
//   bench_history --data FOLDER --cases COUNT
#include <iostream>
#include <string>

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

int64_t closed_cases(db::Database& database) {
  return MUST(database.read([](db::Tx& tx) -> Result<int64_t> {
    return tx.one("SELECT COUNT(*) FROM service_case WHERE closed_at IS NOT NULL")->integer(0);
  }));
}

void copy_once(db::Database& database, int64_t turn) {
  const std::string suffix = "-" + std::to_string(turn);
  const std::string cases = kCaseColumns;
  const std::string events = kEventColumns;
  MUST(database.transact([&](db::Tx& tx) -> Done {
    tx.run("INSERT INTO service_case (village, id, number, " + cases +
               ") SELECT village, id || $1, number || $1, " + cases + " FROM bench_past_case",
           {suffix});
    tx.run("INSERT INTO case_event (village, case_id, " + events +
               ") SELECT village, case_id || $1, " + events + " FROM bench_past_event",
           {suffix});
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
  MUST(database->transact([](db::Tx& tx) -> Done {
    tx.script(
        "CREATE TABLE bench_past_case AS SELECT * FROM service_case WHERE closed_at IS NOT NULL;"
        "CREATE TABLE bench_past_event AS SELECT e.* FROM case_event e JOIN bench_past_case c"
        " ON c.village = e.village AND c.id = e.case_id");
    return {};
  }));
  const int64_t turns = (wanted - once + once - 1) / once;
  for (int64_t turn = 1; turn <= turns; ++turn) {
    copy_once(*database, turn);
    if (turn % 50 == 0 || turn == turns) {
      std::cout << once * (turn + 1) << " of " << wanted << " past cases" << std::endl;
    }
  }
  MUST(database->transact([](db::Tx& tx) -> Done {
    tx.script("DROP TABLE bench_past_case; DROP TABLE bench_past_event");
    return {};
  }));
}
