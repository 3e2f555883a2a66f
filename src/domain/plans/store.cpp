#include "domain/plans/store.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "core/crypto.h"

namespace linli::plans::store {
namespace {

// "($3, $4, …)" for `count` values whose parameters are appended; counts are rounded up by
// repeating the last, so that few texts are prepared.
template <class Item, class ToInteger>
std::string list(const std::vector<Item>& items, ToInteger to_integer, db::Params& params) {
  size_t size = 1;
  while (size < items.size()) size *= 2;
  std::string text = "(";
  for (size_t i = 0; i < size; ++i) {
    params.emplace_back(to_integer(items[i < items.size() ? i : items.size() - 1]));
    text += (i == 0 ? "$" : ", $") + std::to_string(params.size());
  }
  return text + ")";
}

std::string list(const std::vector<int64_t>& numbers, db::Params& params) {
  return list(
      numbers, [](int64_t number) { return number; }, params);
}

std::string list(const std::vector<Code>& codes, db::Params& params) {
  return list(
      codes, [](Code code) { return code.padded(); }, params);
}

// Runs `head (…), (…) tail` over rows of `width` values, 64 at a time and what is left by halves:
// few statements, few texts.
void insert_rows(db::Tx& tx, const std::string& head, size_t width, const std::string& tail,
                 const std::vector<db::Params>& rows) {
  size_t done = 0;
  for (size_t step = 64; step > 0; step /= 2) {
    if (rows.size() - done < step) continue;
    std::string text = head;
    for (size_t row = 0; row < step; ++row) {
      for (size_t column = 0; column < width; ++column) {
        text += column == 0 ? (row == 0 ? "($" : ", ($") : ", $";
        text += std::to_string(row * width + column + 1);
      }
      text += ")";
    }
    text += tail;
    for (; rows.size() - done >= step; done += step) {
      db::Params params;
      params.reserve(step * width);
      for (size_t row = done; row < done + step; ++row) {
        params.insert(params.end(), rows[row].begin(), rows[row].end());
      }
      tx.run(text, params);
    }
  }
}

int64_t random_batch() {
  int64_t number = 0;
  std::memcpy(&number, crypto::random_bytes(sizeof number).data(), sizeof number);
  return number;
}

Spot spot_of(const db::Row& row) {
  return {row.integer(0), Code(row.integer(1)), row.text(2), row.integer(3)};
}

}  // namespace

State state(db::Tx& tx) {
  const db::Row row = *tx.one("SELECT version, since, checked FROM figure_state WHERE id = 1");
  return {row.integer(0), row.integer(1), row.integer(2)};
}

std::vector<GenerationRow> generations(db::Tx& tx) {
  std::vector<GenerationRow> all;
  tx.each("SELECT id, key, as_of, live FROM figure_generation", {}, [&](const db::Row& row) {
    all.push_back({row.integer(0), row.text(1), row.integer(2), row.integer(3) != 0});
    return true;
  });
  return all;
}

void lock_state(db::Tx& tx) {
  // Writers of differences have read figure_state and so hold a lock until they end. SQLite has
  // one writer.
  if (tx.engine() == db::Engine::postgres) {
    tx.script("LOCK TABLE figure_state IN ACCESS EXCLUSIVE MODE");
  }
}

void add_generation(db::Tx& tx, const GenerationRow& row) {
  tx.run("INSERT INTO figure_generation (id, key, as_of, live) VALUES ($1, $2, $3, $4)",
         {row.id, row.key, row.as_of, int64_t{row.live}});
}

void set_live(db::Tx& tx, int64_t id) {
  tx.run("UPDATE figure_generation SET live = 1 WHERE id = $1", {id});
}

void drop_generation(db::Tx& tx, int64_t id) {
  tx.run("DELETE FROM figure_generation WHERE id = $1", {id});
}

void set_since(db::Tx& tx, time::Date day) {
  tx.run("UPDATE figure_state SET since = $1 WHERE id = 1", {day});
}

void set_checked(db::Tx& tx, time::Date day) {
  tx.run("UPDATE figure_state SET checked = $1 WHERE id = 1", {day});
}

void touch_version(db::Tx& tx) {
  tx.run("UPDATE figure_state SET version = version + 1 WHERE id = 1");
}

void remove_figures(db::Tx& tx, int64_t counter) {
  tx.run("DELETE FROM figure WHERE counter = $1", {counter});
}

void add_deltas(db::Tx& tx, const Deltas& deltas) {
  const int64_t batch = random_batch();
  std::vector<db::Params> rows;
  rows.reserve(deltas.size());
  for (const auto& [spot, value] : deltas) {
    rows.push_back({batch, static_cast<int64_t>(rows.size()), spot.counter, spot.place.padded(),
                    spot.dimension, spot.period, value});
  }
  insert_rows(tx,
              "INSERT INTO figure_delta (batch, n, counter, place, dimension, period, value)"
              " VALUES ",
              7, "", rows);
}

bool any_delta(db::Tx& tx) {
  return tx.one("SELECT 1 FROM figure_delta LIMIT 1").has_value();
}

void lock_fold(db::Tx& tx) {
  tx.run("UPDATE figure_state SET folds = folds + 1 WHERE id = 1");
}

std::vector<std::pair<Spot, int64_t>> take_deltas(db::Tx& tx, int64_t limit) {
  std::vector<std::pair<Spot, int64_t>> taken;
  tx.each(
      "DELETE FROM figure_delta WHERE batch IN"
      " (SELECT DISTINCT batch FROM (SELECT batch FROM figure_delta ORDER BY batch LIMIT $1) first)"
      " RETURNING counter, place, dimension, period, value",
      {limit}, [&](const db::Row& row) {
        taken.emplace_back(spot_of(row), row.integer(4));
        return true;
      });
  return taken;
}

Deltas pending(db::Tx& tx, const std::vector<int64_t>& counters, Code first, Code last) {
  Deltas deltas;
  if (counters.empty()) return deltas;
  db::Params params = {first.padded(), last.padded()};
  tx.each(
      "SELECT counter, place, dimension, period, SUM(value) FROM figure_delta"
      " WHERE place BETWEEN $1 AND $2 AND counter IN " +
          list(counters, params) + " GROUP BY counter, place, dimension, period",
      params, [&](const db::Row& row) {
        deltas[spot_of(row)] = row.integer(4);
        return true;
      });
  return deltas;
}

void add(db::Tx& tx, const Additions& additions) {
  std::vector<db::Params> rows;
  for (const auto& [spot, addition] : additions) {
    if (addition.value == 0 && addition.own == 0) continue;
    rows.push_back({spot.counter, spot.place.padded(), spot.dimension, spot.period, addition.value,
                    addition.own});
  }
  insert_rows(tx, "INSERT INTO figure (counter, place, dimension, period, value, own) VALUES ", 6,
              " ON CONFLICT (counter, place, dimension, period) DO UPDATE SET"
              " value = figure.value + excluded.value, own = figure.own + excluded.own",
              rows);
}

Deltas own(db::Tx& tx, const std::vector<int64_t>& counters, Code first, Code last) {
  Deltas present = pending(tx, counters, first, last);
  if (counters.empty()) return present;
  db::Params params = {first.padded(), last.padded()};
  tx.each(
      "SELECT counter, place, dimension, period, own FROM figure"
      " WHERE own <> 0 AND place BETWEEN $1 AND $2 AND counter IN " +
          list(counters, params),
      params, [&](const db::Row& row) {
        present[spot_of(row)] += row.integer(4);
        return true;
      });
  return present;
}

Sums sums(db::Tx& tx, const std::vector<int64_t>& counters, const std::vector<Code>& places,
          indicator::Code from, indicator::Code to) {
  Sums found;
  if (counters.empty() || places.empty()) return found;
  db::Params params = {from, to};
  const std::string counter_list = list(counters, params);
  const std::string place_list = list(places, params);
  tx.each(
      "SELECT counter, place, SUM(value) FROM figure WHERE dimension = ''"
      " AND period BETWEEN $1 AND $2 AND counter IN " +
          counter_list + " AND place IN " + place_list + " GROUP BY counter, place",
      params, [&](const db::Row& row) {
        found[{row.integer(0), Code(row.integer(1))}] = row.integer(2);
        return true;
      });
  return found;
}

std::map<std::pair<std::string, int64_t>, int64_t> split_sums(db::Tx& tx,
                                                              const std::vector<int64_t>& counters,
                                                              Code place, const std::string& start,
                                                              indicator::Code from,
                                                              indicator::Code to) {
  std::map<std::pair<std::string, int64_t>, int64_t> found;
  if (counters.empty()) return found;
  std::string end = start;
  ++end.back();
  db::Params params = {from, to, place.padded(), start, end};
  tx.each(
      "SELECT dimension, counter, SUM(value) FROM figure WHERE period BETWEEN $1 AND $2"
      " AND place = $3 AND dimension > $4 AND dimension < $5 AND counter IN " +
          list(counters, params) + " GROUP BY counter, dimension",
      params, [&](const db::Row& row) {
        found[{row.text(0).substr(start.size()), row.integer(1)}] = row.integer(2);
        return true;
      });
  return found;
}

void mark_stale(db::Tx& tx, Code place) {
  tx.run(
      "INSERT INTO figure_stale (place, marks) VALUES ($1, 1)"
      " ON CONFLICT (place) DO UPDATE SET marks = figure_stale.marks + 1",
      {place.padded()});
}

std::optional<Stale> any_stale(db::Tx& tx) {
  const auto row = tx.one("SELECT place, marks FROM figure_stale ORDER BY place LIMIT 1");
  if (!row) return std::nullopt;
  return Stale{Code(row->integer(0)), row->integer(1)};
}

void clear_stale(db::Tx& tx, const Stale& stale) {
  tx.run("DELETE FROM figure_stale WHERE place = $1 AND marks = $2",
         {stale.place.padded(), stale.marks});
}

void keep_end(db::Tx& tx, int64_t from_counter, int64_t to_counter, indicator::Code end) {
  tx.run(
      "INSERT INTO figure (counter, place, dimension, period, value, own)"
      " SELECT CAST($2 AS BIGINT), place, dimension, CAST($3 AS BIGINT), value, 0 FROM figure"
      " WHERE counter = $1 AND period = 0 AND value <> 0"
      " ON CONFLICT (counter, place, dimension, period) DO NOTHING",
      {from_counter, to_counter, end});
}

void add_end(db::Tx& tx, indicator::Code end, time::Date day) {
  tx.run(
      "INSERT INTO figure_end (code, day) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET"
      " day = excluded.day",
      {end, day});
}

KeptEnds kept_ends(db::Tx& tx) {
  KeptEnds kept;
  tx.each("SELECT code, day FROM figure_end", {}, [&](const db::Row& row) {
    kept.days[row.integer(0)] = row.integer(1);
    kept.last = std::max(kept.last, row.integer(1));
    return true;
  });
  return kept;
}

}  // namespace linli::plans::store
