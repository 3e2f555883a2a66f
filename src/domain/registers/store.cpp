#include "domain/registers/store.h"

#include <algorithm>

#include "domain/registers/store_point.h"
#include "domain/registers/store_text.h"
#include "domain/registers/values.h"

namespace linli::registers::store {

namespace {

// Rows a statement: enough to make the way to the database short, few enough for its parameters.
constexpr size_t kRowsAtOnce = 32;

void append_row(db::Params& params, const pack::Register& kind, const Row& row) {
  params.emplace_back(row.village().padded());
  params.emplace_back(row.id);
  params.emplace_back(row.place.padded());
  params.emplace_back(row.version);
  params.emplace_back(row.created_at);
  params.emplace_back(row.updated_at);
  params.push_back(row.attributes.urban ? Value(int64_t{*row.attributes.urban}) : Value());
  params.push_back(row.attributes.community_types.empty()
                       ? Value()
                       : Value(join_words(row.attributes.community_types)));
  params.emplace_back(row.search);
  params.insert(params.end(), row.columns.begin(), row.columns.end());
  if (point_of(kind) != nullptr) params.push_back(cell_of(kind, row));
}

// The names of append_row's values; with an insert's columns no alias may stand in front.
std::vector<std::string> names_of(const pack::Register& kind) {
  std::vector<std::string> names = {"village",    "id",         "place", "version",
                                    "created_at", "updated_at", "urban", "community_types",
                                    "search"};
  for (const Column& column : columns_of(kind)) names.push_back(quoted(column.name));
  if (const pack::Field* point = point_of(kind)) names.push_back(quoted(cell_column(*point)));
  return names;
}

std::string insert_sql(const pack::Register& kind, size_t rows) {
  const std::vector<std::string> names = names_of(kind);
  std::string sql = "INSERT INTO " + table_name(kind.key) + " (";
  for (size_t i = 0; i < names.size(); ++i) sql += (i == 0 ? "" : ", ") + names[i];
  sql += ") VALUES ";
  size_t next = 1;
  for (size_t row = 0; row < rows; ++row) {
    sql += row == 0 ? "(" : ", (";
    for (size_t i = 0; i < names.size(); ++i) {
      sql += (i == 0 ? "$" : ", $") + std::to_string(next++);
    }
    sql += ")";
  }
  return sql;
}

}  // namespace

void insert(db::Tx& tx, const pack::Register& kind, const std::vector<Row>& rows) {
  const std::string many = rows.size() >= kRowsAtOnce ? insert_sql(kind, kRowsAtOnce) : "";
  const std::string single = insert_sql(kind, 1);
  for (size_t at = 0; at < rows.size();) {
    const size_t count = rows.size() - at >= kRowsAtOnce ? kRowsAtOnce : 1;
    db::Params params;
    for (size_t i = 0; i < count; ++i) append_row(params, kind, rows[at + i]);
    tx.run(count == 1 ? single : many, params);
    at += count;
  }
  Crowds crowds(kind);
  for (const Row& row : rows) crowds.add(spot_of(kind, row), 1);
  crowds.save(tx);
}

bool update(db::Tx& tx, const pack::Register& kind, const Row& before, const Row& after) {
  db::Params params;
  append_row(params, kind, after);
  const std::vector<std::string> names = names_of(kind);
  std::string sql = "UPDATE " + table_name(kind.key) + " SET ";
  for (size_t i = 0; i < names.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + names[i] + " = $" + std::to_string(i + 1);
  }
  sql += " WHERE village = " + parameter(params, before.village().padded());
  sql += " AND id = " + parameter(params, before.id);
  sql += " AND version = " + parameter(params, before.version);
  if (tx.affected(sql, params) != 1) return false;
  Crowds crowds(kind);
  crowds.add(spot_of(kind, before), -1);
  crowds.add(spot_of(kind, after), 1);
  crowds.save(tx);
  return true;
}

bool remove(db::Tx& tx, const pack::Register& kind, const Row& row) {
  if (tx.affected("DELETE FROM " + table_name(kind.key) +
                      " WHERE village = $1 AND id = $2 AND version = $3",
                  {row.village().padded(), row.id, row.version}) != 1) {
    return false;
  }
  Crowds crowds(kind);
  crowds.add(spot_of(kind, row), -1);
  crowds.save(tx);
  return true;
}

std::optional<Row> load(db::Tx& tx, const pack::Register& kind, std::string_view id) {
  const auto row = tx.one(
      "SELECT " + column_list(kind, "t") + " FROM " + table_name(kind.key) + " t WHERE t.id = $1",
      {std::string(id)});
  if (!row) return std::nullopt;
  return read_row(*row);
}

bool exists(db::Tx& tx, std::string_view register_key, std::string_view id) {
  return tx.one("SELECT 1 FROM " + table_name(register_key) + " WHERE id = $1", {std::string(id)})
      .has_value();
}

std::vector<Row> find(db::Tx& tx, const pack::Register& kind, std::string_view column,
                      const Value& value, int64_t limit) {
  std::vector<Row> rows;
  tx.each("SELECT " + column_list(kind, "t") + " FROM " + table_name(kind.key) + " t WHERE t." +
              quoted(column) + " = $1 ORDER BY t.village, t.id LIMIT $2",
          {value, limit}, [&](const db::Row& row) {
            rows.push_back(read_row(row));
            return true;
          });
  return rows;
}

std::map<std::string, Title> titles(db::Tx& tx, const pack::Register& kind,
                                    const std::vector<std::string>& ids) {
  std::map<std::string, Title> found;
  if (ids.empty()) return found;
  db::Params params;
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + parameter(params, id);
  const bool sensitive = is_sensitive(*kind.field(kind.title));
  tx.each("SELECT id, place, " + (sensitive ? "NULL" : quoted(kind.title)) + " FROM " +
              table_name(kind.key) + " WHERE id IN (" + list + ")",
          params, [&](const db::Row& row) {
            found[row.text(0)] = {region::Code(row.integer(1)), row.value(2)};
            return true;
          });
  return found;
}

std::vector<Twins> twins(db::Tx& tx, const pack::Register& kind,
                         const std::vector<region::Code>& territories,
                         const std::vector<std::string>& columns, int64_t limit) {
  db::Params params;
  const std::string where = territory_condition(territories, params);
  std::string shared;
  std::string known;
  for (const std::string& column : columns) {
    shared += (shared.empty() ? "t." : ", t.") + quoted(column);
    known += " AND t." + quoted(column) + " IS NOT NULL";
  }
  std::vector<Twins> groups;
  tx.each("SELECT COUNT(*), " + shared + " FROM " + table_name(kind.key) + " t WHERE " + where +
              known + " GROUP BY " + shared + " HAVING COUNT(*) > 1 ORDER BY " + shared +
              " LIMIT " + parameter(params, limit),
          params, [&](const db::Row& row) {
            Twins group{{}, row.integer(0)};
            for (size_t i = 1; i < row.size(); ++i) group.shared.push_back(row.value(i));
            groups.push_back(std::move(group));
            return true;
          });
  return groups;
}

std::vector<Row> sharing(db::Tx& tx, const pack::Register& kind,
                         const std::vector<region::Code>& territories,
                         const std::vector<std::string>& columns,
                         const std::vector<Value>& shared) {
  db::Params params;
  std::string where = territory_condition(territories, params);
  for (size_t i = 0; i < columns.size(); ++i) {
    where += " AND t." + quoted(columns[i]) + " = " + parameter(params, shared[i]);
  }
  std::vector<Row> rows;
  tx.each("SELECT " + column_list(kind, "t") + " FROM " + table_name(kind.key) + " t WHERE " +
              where + " ORDER BY t.village, t.id",
          params, [&](const db::Row& row) {
            rows.push_back(read_row(row));
            return true;
          });
  return rows;
}

void set_attributes(db::Tx& tx, std::string_view register_key, region::Code village,
                    const places::Attributes& attributes) {
  tx.run(
      "UPDATE " + table_name(register_key) +
          " SET urban = CAST($1 AS BIGINT), community_types = CAST($2 AS TEXT)"
          " WHERE village = $3",
      {attributes.urban ? Value(int64_t{*attributes.urban}) : Value(),
       attributes.community_types.empty() ? Value() : Value(join_words(attributes.community_types)),
       village.padded()});
}

std::optional<Table> made(db::Tx& tx, std::string_view register_key) {
  const auto row =
      tx.one("SELECT made_from FROM register_table WHERE kind = $1", {std::string(register_key)});
  if (!row) return std::nullopt;
  return table_from_json(row->text(0));
}

std::vector<std::string> made_registers(db::Tx& tx) {
  std::vector<std::string> keys;
  for (const db::Row& row : tx.query("SELECT kind FROM register_table ORDER BY kind")) {
    keys.push_back(row.text(0));
  }
  return keys;
}

void drop(db::Tx& tx, std::string_view register_key) {
  tx.script("DROP TABLE " + table_name(register_key));
  tx.run("DELETE FROM register_table WHERE kind = $1", {std::string(register_key)});
  tx.run("DELETE FROM register_crowd WHERE kind IN ($1, $2)",
         {std::string(register_key), std::string(register_key) + " closed"});
}

void drop_indexes(db::Tx& tx, std::string_view register_key, Table table, time::Instant at) {
  for (const Index& index : table.indexes) tx.script("DROP INDEX " + index.name);
  table.indexes.clear();
  save_made(tx, register_key, table, at);
}

void save_made(db::Tx& tx, std::string_view register_key, const Table& table, time::Instant at) {
  tx.run(
      "INSERT INTO register_table (kind, made_from, made_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (kind) DO UPDATE SET made_from = excluded.made_from,"
      " made_at = excluded.made_at",
      {std::string(register_key), to_json(table), at});
}

}  // namespace linli::registers::store
