#include "host/dispatcher.h"

#include <algorithm>
#include <exception>
#include <span>
#include <stdexcept>
#include <utility>

#include "core/log.h"

namespace linli::host {

namespace {

constexpr std::string_view kSequencer = "sequencer";
constexpr int64_t kBatch = 200;
constexpr size_t kPlacedAtOnce = 8;

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

// Gives events, named by village and id, the positions behind `position`. One text for any number
// of them: the last stands for those that are missing.
void place(db::Tx& tx, std::span<const db::Row> events, int64_t position) {
  std::string rows;
  db::Params params;
  for (size_t i = 0; i < kPlacedAtOnce; ++i) {
    const size_t of = std::min(i, events.size() - 1);
    rows += i == 0 ? "(" : ", (";
    for (const Value& value : {events[of].value(0), events[of].value(1),
                               Value(position + 1 + static_cast<int64_t>(of))}) {
      params.push_back(value);
      rows += (rows.back() == '(' ? "$" : ", $") + std::to_string(params.size());
    }
    rows += ")";
  }
  tx.run("UPDATE event_log SET position = given.column3 FROM (VALUES " + rows +
             ") given WHERE event_log.village = given.column1 AND event_log.id = given.column2",
         params);
}

// The sequencer's row, whose position is the head, and those of all listeners.
std::vector<ReaderState> states(const Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<ReaderState>> {
    std::vector<ReaderState> all;
    tx.each("SELECT name, position, failures, last_error FROM event_reader ORDER BY name", {},
            [&](const db::Row& row) {
              all.push_back({row.text(0), row.integer(1), 0, row.integer(2), row.text(3)});
              return true;
            });
    return all;
  }));
}

}  // namespace

// Gives the next batch of waiting events their positions; false when none can be left.
bool Dispatcher::sequence() {
  const auto waiting = MUST(services_.database.read([](db::Tx& tx) -> Result<bool> {
    return tx.one("SELECT 1 FROM event_log WHERE position IS NULL LIMIT 1").has_value();
  }));
  if (!waiting) return false;
  return MUST(services_.database.transact([](db::Tx& tx) -> Result<bool> {
    int64_t position = hold(tx, kSequencer);
    const auto rows = tx.query(
        "SELECT village, id FROM event_log WHERE position IS NULL ORDER BY id LIMIT $1", {kBatch});
    for (size_t at = 0; at < rows.size(); at += kPlacedAtOnce) {
      place(tx, {rows.data() + at, std::min(kPlacedAtOnce, rows.size() - at)}, position);
      position += std::min<int64_t>(kPlacedAtOnce, std::ssize(rows) - static_cast<int64_t>(at));
    }
    move_to(tx, kSequencer, position);
    return std::ssize(rows) == kBatch;
  }));
}

// Hands the next wanted events, at most `limit`, to the listener and moves its position behind
// them, to `head` when none is left, all in one transaction. How many.
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
    move_to(tx, listener.name, std::ssize(rows) < limit ? head : rows.back().integer(1));
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
      for (size_t count = static_cast<size_t>(limit); std::cmp_equal(count, limit);) {
        count = hand_over(listener, head, limit);
        handed += count;
      }
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

// What events between two positions are called.
std::set<std::string> Dispatcher::names(int64_t after, int64_t head) const {
  return MUST(services_.database.read([&](db::Tx& tx) -> Result<std::set<std::string>> {
    std::set<std::string> found;
    tx.each("SELECT DISTINCT name FROM event_log WHERE position > $1 AND position <= $2",
            {after, head}, [&](const db::Row& row) {
              found.insert(row.text(0));
              return true;
            });
    return found;
  }));
}

size_t Dispatcher::pass() {
  while (sequence()) {
  }
  // An idle pass only reads: nobody is behind, nothing is written.
  std::map<std::string, int64_t> positions;
  for (const ReaderState& state : states(services_)) positions[state.name] = state.position;
  const int64_t head = positions[std::string(kSequencer)];
  const bool first = !passed_;
  const int64_t before = passed_.value_or(head);
  const std::set<std::string> fresh = before < head ? names(before, head) : std::set<std::string>();
  size_t handed = 0;
  for (const Module& module : services_.modules) {
    for (const Listener& listener : module.listeners) {
      const int64_t position = positions[listener.name];
      int64_t& reached = reached_[listener.name];
      reached = std::max(reached, position);
      if (reached >= head) continue;
      const bool wants = first || reached < before || listener.events.empty() ||
                         std::any_of(listener.events.begin(), listener.events.end(),
                                     [&](const std::string& name) { return fresh.contains(name); });
      if (wants || head - position >= kBatch) {
        handed += advance(listener, head);
      } else {
        reached = head;
      }
    }
  }
  passed_ = head;
  return handed;
}

std::vector<ReaderState> Dispatcher::readers() const {
  std::vector<ReaderState> all = states(services_);
  int64_t head = 0;
  std::erase_if(all, [&](const ReaderState& state) {
    if (state.name != kSequencer) return false;
    head = state.position;
    return true;
  });
  for (ReaderState& state : all) state.behind = head - state.position;
  return all;
}

}  // namespace linli::host
