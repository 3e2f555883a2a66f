#include "domain/cases/store.h"

#include <limits>

#include "domain/cases/columns.h"
#include "domain/cases/rules.h"
#include "engine/workflow/record.h"

namespace linli::cases::store {
namespace {

constexpr int64_t kBlock = 100;  // of numbers a slot takes at once
constexpr int64_t kNoDue = std::numeric_limits<int64_t>::max();

Value maybe(const std::optional<time::Instant>& instant) {
  return instant ? Value(*instant) : Value();
}
Value maybe(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}
Value flag(bool set) {
  return static_cast<int64_t>(set);
}

workflow::Event read_event(const db::Row& row) {
  workflow::Event event;
  event.action = workflow::action_named(row.text(0));
  event.at = row.integer(1);
  event.actor = row.text(2);
  event.actor_unit = row.text(4);
  event.stage = row.text(5);
  event.unit = row.text(6);
  event.assignee = row.text(7);
  event.text = row.text(8);
  event.visible = row.integer(9) != 0;
  MUST(workflow::read_details(row.text(10), event));
  return event;
}

}  // namespace

int64_t next_numbers(db::Tx& tx, region::Code county, int64_t year, int64_t count) {
  const auto row = tx.one(
      "INSERT INTO case_number (county, year, given) VALUES ($1, $2, $3)"
      " ON CONFLICT (county, year) DO UPDATE SET given = case_number.given + excluded.given"
      " RETURNING given",
      {county.padded(), year, count});
  return row->integer(0) - count + 1;
}

int64_t next_number(db::Tx& tx, region::Code county, int64_t year) {
  if (const auto row =
          tx.one("UPDATE case_number_block SET given = given + 1"
                 " WHERE county = $1 AND year = $2 AND slot = $3 AND given < last RETURNING given",
                 {county.padded(), year, tx.slot()}))
    return row->integer(0);
  const int64_t first = next_numbers(tx, county, year, kBlock);
  tx.run(
      "INSERT INTO case_number_block (county, year, slot, given, last)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, year, slot)"
      " DO UPDATE SET given = excluded.given, last = excluded.last",
      {county.padded(), year, tx.slot(), first, first + kBlock - 1});
  return first;
}

void insert(db::Tx& tx, const Case& made) {
  const workflow::State& state = made.state;
  tx.run(
      "INSERT INTO service_case (village, id, place, county, number, kind, subject, form, address,"
      " lon, lat, channel, reporter, contact, phone_key, anonymous, urban, community_types, stage,"
      " unit, assignee, assignee_name, opened_at, due_at, replied_at, closed_at, answered,"
      " resolved, rating, breached, reopened, me_too, merged_into, events, version)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
      " $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)",
      {made.village().padded(),
       made.id,
       made.place.padded(),
       made.place.at(region::Level::county).padded(),
       made.number,
       made.kind,
       made.subject(),
       json::write(made.form),
       made.address,
       made.point ? Value(made.point->lon) : Value(),
       made.point ? Value(made.point->lat) : Value(),
       made.channel,
       maybe(made.reporter),
       made.contact,
       maybe(made.phone_key),
       flag(made.anonymous),
       urban_value(made.attributes),
       community_value(made.attributes),
       state.stage,
       state.unit,
       state.assignee,
       made.assignee_name,
       state.opened_at,
       maybe(made.due_at),
       maybe(state.replied_at),
       maybe(state.closed_at),
       flag(state.answered),
       flag(state.resolved),
       static_cast<int64_t>(state.rating),
       flag(state.breached),
       flag(state.reopened),
       state.me_too,
       state.merged_into,
       state.events,
       made.version});
}

bool update(db::Tx& tx, const Case& changed, int64_t version, int64_t events) {
  const workflow::State& state = changed.state;
  return tx.affected(
             "UPDATE service_case SET stage = $5, unit = $6, assignee = $7, assignee_name = $8,"
             " due_at = $9, replied_at = $10, closed_at = $11, answered = $12, resolved = $13,"
             " rating = $14, breached = $15, reopened = $16, me_too = $17, merged_into = $18,"
             " events = $19, version = $20, place = $21"
             " WHERE village = $1 AND id = $2 AND version = $3 AND events = $4",
             {changed.village().padded(),
              changed.id,
              version,
              events,
              state.stage,
              state.unit,
              state.assignee,
              changed.assignee_name,
              maybe(changed.due_at),
              maybe(state.replied_at),
              maybe(state.closed_at),
              flag(state.answered),
              flag(state.resolved),
              static_cast<int64_t>(state.rating),
              flag(state.breached),
              flag(state.reopened),
              state.me_too,
              state.merged_into,
              state.events,
              changed.version,
              changed.place.padded()}) == 1;
}

void append(db::Tx& tx, const Case& of, int64_t first, const std::vector<LoggedEvent>& events) {
  for (const LoggedEvent& logged : events) {
    const workflow::Event& event = logged.event;
    tx.run(
        "INSERT INTO case_event (village, case_id, sequence, action, at, actor, actor_name,"
        " actor_unit, stage, unit, assignee, text, visible, details, facts)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {of.village().padded(), of.id, first++, std::string(workflow::name_of(event.action)),
         event.at, event.actor, logged.actor_name, event.actor_unit, event.stage, event.unit,
         event.assignee, event.text, flag(event.visible), workflow::write_details(event),
         logged.facts.is_null() ? std::string() : json::write(logged.facts)});
  }
}

void save_queues(db::Tx& tx, const Case& changed, bool open, std::optional<time::Instant> wake_at) {
  const db::Params key = {changed.village().padded(), changed.id};
  if (!changed.state.tasks.empty()) {
    tx.run("DELETE FROM open_task WHERE village = $1 AND case_id = $2", key);
  }
  if (!open) {
    tx.run("DELETE FROM open_case WHERE village = $1 AND id = $2", key);
    return;
  }
  const workflow::State& state = changed.state;
  tx.run(
      "INSERT INTO open_case (village, id, place, county, kind, subject, stage, unit, assignee,"
      " opened_at, due_at, wake_at, cell, merged_into)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
      " ON CONFLICT (village, id) DO UPDATE SET stage = excluded.stage, unit = excluded.unit,"
      " assignee = excluded.assignee, due_at = excluded.due_at, wake_at = excluded.wake_at,"
      " merged_into = excluded.merged_into, place = excluded.place",
      {changed.village().padded(), changed.id, changed.place.padded(),
       changed.place.at(region::Level::county).padded(), changed.kind, changed.subject(),
       state.stage, state.unit, state.assignee, state.opened_at, changed.due_at.value_or(kNoDue),
       maybe(wake_at), changed.point ? Value(cell_of(*changed.point)) : Value(),
       state.merged_into});
  for (const workflow::Task& task : state.tasks)
    if (task.open())
      tx.run("INSERT INTO open_task (village, case_id, id, unit) VALUES ($1, $2, $3, $4)",
             {changed.village().padded(), changed.id, task.id, task.unit});
}

void set_attributes(db::Tx& tx, const Case& changed) {
  tx.run("UPDATE service_case SET urban = $3, community_types = $4 WHERE village = $1 AND id = $2",
         {changed.village().padded(), changed.id, urban_value(changed.attributes),
          community_value(changed.attributes)});
}

std::optional<Case> load(db::Tx& tx, std::string_view id) {
  const auto row = tx.one(select_case("service_case c WHERE c.id = $1"), {std::string(id)});
  return row ? std::optional(read_case(*row)) : std::nullopt;
}

std::optional<Case> load_numbered(db::Tx& tx, std::string_view number) {
  const auto row = tx.one(select_case("service_case c WHERE c.number = $1"), {std::string(number)});
  return row ? std::optional(read_case(*row)) : std::nullopt;
}

std::vector<LoggedEvent> events(db::Tx& tx, const Case& of) {
  std::vector<LoggedEvent> all;
  tx.each(
      "SELECT action, at, actor, actor_name, actor_unit, stage, unit, assignee, text, visible,"
      " details, facts FROM case_event WHERE village = $1 AND case_id = $2 ORDER BY sequence",
      {of.village().padded(), of.id}, [&](const db::Row& row) {
        all.push_back({read_event(row), row.text(3), {}});
        if (!row.text(11).empty()) all.back().facts = MUST(json::parse(row.text(11)));
        return true;
      });
  return all;
}

void each(db::Tx& tx, std::string_view kind, region::Code first, region::Code last,
          const std::function<bool(const Case&)>& row) {
  tx.each(
      select_case("service_case c WHERE c.village BETWEEN $1 AND $2 AND c.place BETWEEN $3"
                  " AND $4 AND c.kind = $5 ORDER BY c.village, c.id"),
      {first.village().padded(), last.padded(), first.padded(), last.padded(), std::string(kind)},
      [&](const db::Row& found) { return row(read_case(found)); });
}

bool add_supporter(db::Tx& tx, const Case& of, std::string_view account, time::Instant at) {
  return tx.affected(
             "INSERT INTO case_supporter (village, case_id, account, at) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (village, case_id, account) DO NOTHING",
             {of.village().padded(), of.id, std::string(account), at}) == 1;
}

}  // namespace linli::cases::store
