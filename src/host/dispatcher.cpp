#include "host/dispatcher.h"

#include <exception>
#include <map>
#include <stdexcept>

#include "core/log.h"

namespace linli::host {

namespace {

constexpr std::string_view kSequencer = "sequencer";
constexpr int64_t kBatch = 200;

Event read_event(const db::Row& row) {
  Event event;
  event.id = row.text(0);
  event.position = row.integer(1);
  event.name = row.text(2);
  event.place = region::Code(row.integer(3));
  event.subject_id = row.text(4);
  event.at = row.integer(5);
  event.actor_id = row.text(6);
  event.data = MUST(json::parse(row.text(7)));
  return event;
}

// Takes the reader's row for this transaction and tells its position; a new reader begins at 0.
int64_t hold(db::Tx& tx, std::string_view name) {
  const auto row = tx.one(
      "INSERT INTO event_reader (name, position, failures, last_error) VALUES ($1, 0, 0, '')"
      " ON CONFLICT (name) DO UPDATE SET position = event_reader.position RETURNING position",
      {std::string(name)});
  return row->integer(0);
}

void move_to(db::Tx& tx, std::string_view name, int64_t position) {
  tx.run("UPDATE event_reader SET position = $2, failures = 0, last_error = '' WHERE name = $1",
         {std::string(name), position});
}

}  // namespace

// Gives the next batch of waiting events their positions; false when none waits.
bool Dispatcher::sequence() {
  const auto waiting = MUST(services_.database.read([](db::Tx& tx) -> Result<bool> {
    return tx.one("SELECT 1 FROM event_log WHERE position IS NULL LIMIT 1").has_value();
  }));
  if (!waiting) return false;
  return MUST(services_.database.transact([](db::Tx& tx) -> Result<bool> {
    int64_t position = hold(tx, kSequencer);
    const auto rows = tx.query(
        "SELECT village, id FROM event_log WHERE position IS NULL ORDER BY id LIMIT $1", {kBatch});
    for (const db::Row& row : rows) {
      tx.run("UPDATE event_log SET position = $3 WHERE village = $1 AND id = $2",
             {row.integer(0), row.text(1), ++position});
    }
    move_to(tx, kSequencer, position);
    return true;
  }));
}

// Hands the next wanted events, at most `limit`, to the listener and moves its position behind
// them, all in one transaction. How many; 0, with the position at `head`, when none was left.
size_t Dispatcher::hand_over(const Listener& listener, int64_t head, int64_t limit) {
  const Result<size_t> handed = services_.database.transact([&](db::Tx& tx) -> Result<size_t> {
    db::Params params = {hold(tx, listener.name), head, limit};
    std::string names;
    for (const std::string& name : listener.events) {
      params.emplace_back(name);
      names += (names.empty() ? "$" : ", $") + std::to_string(params.size());
    }
    const auto rows = tx.query(
        "SELECT id, position, name, place, subject_id, at, actor_id, data FROM event_log"
        " WHERE position > $1 AND position <= $2" +
            (names.empty() ? "" : " AND name IN (" + names + ")") + " ORDER BY position LIMIT $3",
        params);
    for (const db::Row& row : rows) TRY(listener.handle(tx, services_, read_event(row)));
    move_to(tx, listener.name, rows.empty() ? head : rows.back().integer(1));
    return rows.size();
  });
  if (!handed) throw std::runtime_error(handed.error().code + " " + handed.error().detail);
  return *handed;
}

size_t Dispatcher::advance(const Listener& listener, int64_t head) {
  size_t handed = 0;
  // A failure undoes its whole batch; one at a time then brings the listener up to the event that
  // it cannot take.
  for (const int64_t limit : {kBatch, int64_t{1}}) {
    try {
      while (const size_t count = hand_over(listener, head, limit)) handed += count;
      return handed;
    } catch (const std::exception& failure) {
      if (limit > 1) continue;
      log::error("event.listener_failed", {{"listener", listener.name}, {"error", failure.what()}});
      MUST(services_.database.transact([&](db::Tx& tx) -> Done {
        hold(tx, listener.name);
        tx.run("UPDATE event_reader SET failures = failures + 1, last_error = $2 WHERE name = $1",
               {listener.name, std::string(failure.what())});
        return {};
      }));
    }
  }
  return handed;
}

size_t Dispatcher::pass() {
  while (sequence()) {
  }
  // An idle pass only reads: nobody is behind, nothing is written.
  std::map<std::string, int64_t> positions;
  for (const ReaderState& state : readers()) positions[state.name] = state.position;
  const int64_t last = head();
  size_t handed = 0;
  for (const Module& module : services_.modules) {
    for (const Listener& listener : module.listeners) {
      if (positions[listener.name] < last) handed += advance(listener, last);
    }
  }
  return handed;
}

int64_t Dispatcher::head() const {
  return MUST(services_.database.read([](db::Tx& tx) -> Result<int64_t> {
    const auto row =
        tx.one("SELECT position FROM event_reader WHERE name = $1", {std::string(kSequencer)});
    return row ? row->integer(0) : 0;
  }));
}

std::vector<ReaderState> Dispatcher::readers() const {
  const int64_t last = head();
  return MUST(services_.database.read([&](db::Tx& tx) -> Result<std::vector<ReaderState>> {
    std::vector<ReaderState> states;
    for (const db::Row& row :
         tx.query("SELECT name, position, failures, last_error FROM event_reader"
                  " WHERE name <> $1 ORDER BY name",
                  {std::string(kSequencer)})) {
      states.push_back(
          {row.text(0), row.integer(1), last - row.integer(1), row.integer(2), row.text(3)});
    }
    return states;
  }));
}

}  // namespace linli::host
