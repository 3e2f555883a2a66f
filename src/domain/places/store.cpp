#include "domain/places/store.h"

#include <algorithm>

#include "core/text.h"

namespace linli::places::store {
namespace {

constexpr std::string_view kColumns =
    "code, parent, name, urban, urban_guessed, community_types, status, valid_from, valid_to,"
    " children_count, version";

std::string select(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM place " + std::string(rest);
}

std::string join_types(const std::vector<std::string>& types) {
  std::string joined;
  for (const std::string& type : types) joined += (joined.empty() ? "|" : "") + type + "|";
  return joined;
}

std::vector<std::string> split_types(std::string_view joined) {
  std::vector<std::string> types = text::split(joined, '|');
  std::erase(types, std::string());
  return types;
}

Place read(const db::Row& row) {
  Place place;
  place.code = Code(row.integer(0));
  place.parent = Code(row.integer(1));
  place.name = row.text(2);
  if (!row.null(3)) place.urban = row.integer(3) != 0;
  place.urban_guessed = row.integer(4) != 0;
  place.community_types = split_types(row.text(5));
  place.status = status_named(row.text(6));
  place.valid_from = row.maybe_integer(7);
  place.valid_to = row.maybe_integer(8);
  place.children_count = row.integer(9);
  place.version = row.integer(10);
  return place;
}

template <class T>
Value value_of(const std::optional<T>& item) {
  return item ? Value(static_cast<int64_t>(*item)) : Value();
}

std::vector<Place> read_all(db::Tx& tx, std::string_view sql, const db::Params& params) {
  std::vector<Place> places;
  tx.each(sql, params, [&](const db::Row& row) {
    places.push_back(read(row));
    return true;
  });
  return places;
}

// "($1, $2), ($3, $4)": lists are padded to a power of two with their last item, so that few
// different texts are prepared.
std::string in_list(const std::vector<Code>& codes, db::Params& params) {
  size_t padded = 1;
  while (padded < codes.size()) padded *= 2;
  std::string list = "(";
  for (size_t i = 0; i < padded; ++i) {
    params.emplace_back(codes[std::min(i, codes.size() - 1)].padded());
    list += (i == 0 ? "$" : ", $") + std::to_string(params.size());
  }
  return list + ")";
}

constexpr size_t kInsertColumns = 15;
constexpr size_t kRowsAStatement = 100;

std::string insert_sql(size_t rows) {
  std::string sql =
      "INSERT INTO place (code, parent, level, name, name_key, pinyin, initials, urban,"
      " urban_guessed, community_types, status, valid_from, valid_to, children_count, version)"
      " VALUES ";
  for (size_t row = 0, parameter = 0; row < rows; ++row) {
    sql += row == 0 ? "(" : ", (";
    for (size_t column = 0; column < kInsertColumns; ++column) {
      sql += (column == 0 ? "$" : ", $") + std::to_string(++parameter);
    }
    sql += ")";
  }
  return sql;
}

void append(const Place& place, db::Params& params) {
  text::Pinyin pinyin = text::pinyin(place.name);
  params.insert(
      params.end(),
      {place.code.padded(), place.parent.padded(), static_cast<int64_t>(place.level()), place.name,
       text::fold(place.name), std::move(pinyin.full), std::move(pinyin.initials),
       value_of(place.urban), int64_t{place.urban_guessed}, join_types(place.community_types),
       std::string(name_of(place.status)), value_of(place.valid_from), value_of(place.valid_to),
       place.children_count, place.version});
}

void order_by_bytes(db::Tx& tx) {
  const bool ready = tx.one(
                           "SELECT 1 FROM information_schema.columns"
                           " WHERE table_schema = current_schema() AND table_name = 'place'"
                           " AND column_name = 'name_key' AND collation_name = 'C'")
                         .has_value();
  if (ready) return;
  tx.script(
      "ALTER TABLE place ALTER COLUMN name_key TYPE TEXT COLLATE \"C\","
      " ALTER COLUMN pinyin TYPE TEXT COLLATE \"C\","
      " ALTER COLUMN initials TYPE TEXT COLLATE \"C\"");
}

std::vector<Succession> read_successions(db::Tx& tx, std::string_view sql,
                                         const db::Params& params) {
  std::vector<Succession> found;
  tx.each(sql, params, [&](const db::Row& row) {
    found.push_back(
        {Code(row.integer(0)), Code(row.integer(1)), row.integer(2), status_named(row.text(3))});
    return true;
  });
  return found;
}

}  // namespace

void prepare(db::Tx& tx) {
  if (tx.engine() == db::Engine::postgres) order_by_bytes(tx);
  // Suggestions are prefix ranges within a level, so that a common prefix costs one page.
  tx.script(
      "CREATE INDEX IF NOT EXISTS place_name_key_idx ON place (level, name_key, code);"
      "CREATE INDEX IF NOT EXISTS place_pinyin_idx ON place (level, pinyin, code);"
      "CREATE INDEX IF NOT EXISTS place_initials_idx ON place (level, initials, code);");
}

void drop_search_indexes(db::Tx& tx) {
  tx.script(
      "DROP INDEX IF EXISTS place_name_key_idx; DROP INDEX IF EXISTS place_pinyin_idx;"
      "DROP INDEX IF EXISTS place_initials_idx;");
}

std::optional<Place> find(db::Tx& tx, Code code) {
  const auto row = tx.one(select("WHERE code = $1"), {code.padded()});
  return row ? std::optional(read(*row)) : std::nullopt;
}

std::vector<Place> find_all(db::Tx& tx, const std::vector<Code>& codes) {
  if (codes.empty()) return {};
  db::Params params;
  const std::string list = in_list(codes, params);
  return read_all(tx, select("WHERE code IN " + list), params);
}

std::vector<Reference> names(db::Tx& tx, const std::vector<Code>& codes) {
  std::vector<Reference> found;
  if (codes.empty()) return found;
  db::Params params;
  const std::string list = in_list(codes, params);
  tx.each("SELECT code, name FROM place WHERE code IN " + list, params, [&](const db::Row& row) {
    found.push_back({Code(row.integer(0)), row.text(1)});
    return true;
  });
  return found;
}

std::vector<Place> children(db::Tx& tx, Code parent, bool ended, Code after, int64_t limit) {
  return read_all(tx,
                  select(ended ? "WHERE parent = $1 AND code > $2 ORDER BY code LIMIT $3"
                               : "WHERE parent = $1 AND code > $2 AND status = 'active'"
                                 " ORDER BY code LIMIT $3"),
                  {parent.padded(), after.padded(), limit});
}

std::optional<Code> last_child(db::Tx& tx, Code parent) {
  const auto row = tx.one("SELECT MAX(code) FROM place WHERE parent = $1", {parent.padded()});
  return row->null(0) ? std::nullopt : std::optional(Code(row->integer(0)));
}

void each(db::Tx& tx, Code under, Level level, const std::function<bool(const Place&)>& place) {
  tx.each(select("WHERE code BETWEEN $1 AND $2 AND level = $3 ORDER BY code"),
          {under.first(), under.last(), static_cast<int64_t>(level)},
          [&](const db::Row& row) { return place(read(row)); });
}

std::vector<Place> at_level(db::Tx& tx, Code under, Level level, Code after, int64_t limit) {
  return read_all(
      tx,
      select("WHERE code BETWEEN $1 AND $2 AND code > $3 AND level = $4"
             " AND status = 'active' ORDER BY code LIMIT $5"),
      {under.first(), under.last(), after.padded(), static_cast<int64_t>(level), limit});
}

void each_active_below(db::Tx& tx, Code code, const std::function<bool(const Place&)>& place) {
  tx.each(select("WHERE code > $1 AND code <= $2 AND status = 'active' ORDER BY code"),
          {code.first(), code.last()}, [&](const db::Row& row) { return place(read(row)); });
}

int64_t count(db::Tx& tx, Code under, Level level) {
  return tx
      .one(
          "SELECT COUNT(*) FROM place WHERE code BETWEEN $1 AND $2 AND level = $3"
          " AND status = 'active'",
          {under.first(), under.last(), static_cast<int64_t>(level)})
      ->integer(0);
}

void insert(db::Tx& tx, const std::vector<Place>& places) {
  static const std::string many = insert_sql(kRowsAStatement);
  static const std::string single = insert_sql(1);
  db::Params params;
  size_t at = 0;
  while (at < places.size()) {
    const size_t rows = places.size() - at >= kRowsAStatement ? kRowsAStatement : 1;
    params.clear();
    for (size_t row = 0; row < rows; ++row) append(places[at + row], params);
    tx.run(rows == 1 ? single : many, params);
    at += rows;
  }
  Level highest = Level::micro_grid;
  for (const Place& place : places) highest = std::min(highest, place.level());
  if (!places.empty()) touch(tx, highest);
}

bool update(db::Tx& tx, const Place& place) {
  touch(tx, place.level());
  const text::Pinyin pinyin = text::pinyin(place.name);
  return tx.affected(
             "UPDATE place SET name = $3, name_key = $4, pinyin = $5, initials = $6,"
             " urban = $7, urban_guessed = $8, community_types = $9, status = $10,"
             " valid_to = $11, version = version + 1 WHERE code = $1 AND version = $2",
             {place.code.padded(), place.version, place.name, text::fold(place.name), pinyin.full,
              pinyin.initials, value_of(place.urban), int64_t{place.urban_guessed},
              join_types(place.community_types), std::string(name_of(place.status)),
              value_of(place.valid_to)}) == 1;
}

void end_below(db::Tx& tx, Code code, time::Date on) {
  touch(tx, code.level());
  tx.run(
      "UPDATE place SET status = 'closed', valid_to = $3, children_count = 0,"
      " version = version + 1"
      " WHERE code > $1 AND code <= $2 AND status = 'active'",
      {code.first(), code.last(), on});
}

void count_children(db::Tx& tx, Code parent) {
  tx.run(
      "UPDATE place SET children_count = (SELECT COUNT(*) FROM place child"
      " WHERE child.parent = $1 AND child.code <> $1 AND child.status = 'active')"
      " WHERE code = $1",
      {parent.padded()});
}

void count_all_children(db::Tx& tx, Code under) {
  for (const Code above : under.chain()) count_children(tx, above);
  tx.run(
      "UPDATE place SET children_count = (SELECT COUNT(*) FROM place child"
      " WHERE child.parent = place.code AND child.status = 'active')"
      " WHERE code > $1 AND code <= $2 AND level < $3",
      {under.first(), under.last(), static_cast<int64_t>(Level::village)});
}

void insert_succession(db::Tx& tx, const Succession& succession) {
  tx.run("INSERT INTO place_succession (place, successor, on_date, how) VALUES ($1, $2, $3, $4)",
         {succession.place.padded(), succession.successor.padded(), succession.on,
          std::string(name_of(succession.how))});
}

std::vector<Succession> successors(db::Tx& tx, Code place) {
  return read_successions(tx,
                          "SELECT place, successor, on_date, how FROM place_succession"
                          " WHERE place = $1 ORDER BY successor",
                          {place.padded()});
}

std::vector<Succession> predecessors(db::Tx& tx, Code place) {
  return read_successions(tx,
                          "SELECT place, successor, on_date, how FROM place_succession"
                          " WHERE successor = $1 ORDER BY place",
                          {place.padded()});
}

std::vector<Succession> merges(db::Tx& tx) {
  return read_successions(tx,
                          "SELECT place, successor, on_date, how FROM place_succession"
                          " WHERE how = $1 ORDER BY place",
                          {std::string(name_of(Status::merged))});
}

void insert_history(db::Tx& tx, Code place, const std::string& id, const HistoryItem& item) {
  tx.run(
      "INSERT INTO place_history (place, id, at, what, actor_id, actor_name, detail)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {place.padded(), id, item.at, item.what, item.actor_id, item.actor_name, item.detail});
}

std::vector<HistoryItem> history(db::Tx& tx, Code place) {
  std::vector<HistoryItem> items;
  tx.each(
      "SELECT at, what, actor_id, actor_name, detail FROM place_history WHERE place = $1"
      " ORDER BY id DESC LIMIT 200",
      {place.padded()}, [&](const db::Row& row) {
        items.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)});
        return true;
      });
  return items;
}

}  // namespace linli::places::store
