#include "domain/registers/tables.h"

#include <algorithm>
#include <array>

#include "core/json.h"
#include "core/text.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

using pack::FieldType;

constexpr std::array<std::string_view, 10> kOwnColumns = {
    "village",    "id",    "place", "version",         "created_at",
    "updated_at", "urban", "rural", "community_types", "search"};

const Column* find(const std::vector<Column>& columns, std::string_view name) {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const Column& column) { return column.name == name; });
  return at == columns.end() ? nullptr : &*at;
}

bool contains(const std::vector<Index>& indexes, const Index& index) {
  return std::find(indexes.begin(), indexes.end(), index) != indexes.end();
}

std::string create_table(std::string_view table, const std::vector<Column>& columns) {
  std::string sql = "CREATE TABLE " + std::string(table) +
                    " (village BIGINT NOT NULL, id TEXT NOT NULL, place BIGINT NOT NULL,"
                    " version BIGINT NOT NULL, created_at BIGINT NOT NULL,"
                    " updated_at BIGINT NOT NULL, urban BIGINT, community_types TEXT,"
                    " search TEXT NOT NULL";
  for (const Column& column : columns) sql += ", " + quoted(column.name) + " " + column.type;
  return sql + ", PRIMARY KEY (village, id))";
}

std::string create_index(std::string_view table, const Index& index) {
  return std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + index.name +
         " ON " + std::string(table) + " " + index.on;
}

std::vector<Index> indexes_of(const pack::Register& kind, const std::string& table) {
  std::vector<Index> indexes = {
      {table + "_id_idx", "", "(id)"},
      {table + "_place_idx", "", "(place)"},
      {table + "_updated_at_idx", "", "(updated_at, village, id)"},
      {table + "_search_idx", "", "(village, id, search)"},
  };
  for (const pack::Field& field : kind.fields) {
    const std::string exact = is_sensitive(field) ? lookup_column(field.name) : field.name;
    if (field.unique) {
      indexes.push_back({table + "_" + exact + "_uq", exact, "(" + quoted(exact) + ")", true});
    } else if (is_sensitive(field) || field.type == FieldType::reference) {
      indexes.push_back({table + "_" + exact + "_idx", exact, "(" + quoted(exact) + ")"});
    }
    if (is_sortable(kind, field)) {
      indexes.push_back({table + "_" + field.name + "_order_idx", field.name,
                         "((" + sort_expression(field) + "), village, id)"});
    }
  }
  if (const pack::Field* point = point_of(kind)) {
    // A tile of the map is read from this index alone.
    std::string columns = point->name;
    std::string on = "(" + quoted(cell_column(*point)) + ", village, place, id";
    for (const pack::Field* shown : {pin_title(kind), pin_choice(kind), service_of(kind)}) {
      if (shown == nullptr) continue;
      columns += " " + shown->name;
      on += ", " + quoted(shown->name);
    }
    indexes.push_back({table + "_cell_idx", columns, on + ")"});
  }
  return indexes;
}

}  // namespace

std::string table_name(std::string_view register_key) {
  return "reg_" + std::string(register_key);
}

std::string quoted(std::string_view column) {
  return "\"" + std::string(column) + "\"";
}

std::string lookup_column(std::string_view field) {
  return std::string(field) + "_lookup";
}

std::string column_type(pack::FieldType type) {
  switch (type) {
    case FieldType::integer:
    case FieldType::boolean:
    case FieldType::date:
    case FieldType::instant:
    case FieldType::place:
      return "BIGINT";
    case FieldType::decimal:
      return "DOUBLE PRECISION";
    default:
      return "TEXT";
  }
}

const pack::Field* point_of(const pack::Register& kind) {
  const auto at =
      std::find_if(kind.fields.begin(), kind.fields.end(), [](const pack::Field& field) {
        return field.type == FieldType::point && !is_sensitive(field);
      });
  return at == kind.fields.end() ? nullptr : &*at;
}

std::string cell_column(const pack::Field& point) {
  return point.name + "_cell";
}

const pack::Field* pin_title(const pack::Register& kind) {
  const pack::Field* title = kind.field(kind.title);
  return title == nullptr || is_sensitive(*title) || column_type(title->type) != "TEXT" ? nullptr
                                                                                        : title;
}

const pack::Field* service_of(const pack::Register& kind) {
  const pack::Field* field = kind.field("in_service");
  return field != nullptr && field->type == FieldType::boolean ? field : nullptr;
}

const pack::Field* pin_choice(const pack::Register& kind) {
  const auto at =
      std::find_if(kind.fields.begin(), kind.fields.end(), [](const pack::Field& field) {
        return field.type == FieldType::choice && field.listed && !is_sensitive(field);
      });
  return at == kind.fields.end() || at->name == kind.title ? nullptr : &*at;
}

bool is_sortable(const pack::Register& kind, const pack::Field& field) {
  if (is_sensitive(field) || !(field.listed || field.name == kind.title)) return false;
  switch (field.type) {
    case FieldType::text:
    case FieldType::person_name:
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::date:
    case FieldType::instant:
      return true;
    default:
      return false;
  }
}

std::string sort_expression(const pack::Field& field, std::string_view alias) {
  const std::string type = column_type(field.type);
  const std::string nothing = type == "TEXT" ? "''" : type == "BIGINT" ? "0" : "0.0";
  const std::string prefix = alias.empty() ? "" : std::string(alias) + ".";
  return "COALESCE(" + prefix + quoted(field.name) + ", " + nothing + ")";
}

std::vector<Column> columns_of(const pack::Register& kind) {
  std::vector<Column> columns;
  for (const pack::Field& field : kind.fields) {
    if (is_sensitive(field)) {
      columns.push_back({field.name, "TEXT", true});
      columns.push_back({lookup_column(field.name), "TEXT"});
    } else {
      columns.push_back({field.name, column_type(field.type)});
    }
  }
  return columns;
}

Result<Table> table_of(const pack::Register& kind) {
  for (const pack::Field& field : kind.fields) {
    const bool reserved =
        std::find(kOwnColumns.begin(), kOwnColumns.end(), field.name) != kOwnColumns.end() ||
        field.name.ends_with("_lookup") || field.name.ends_with("_cell");
    if (reserved) {
      return refuse(ErrorKind::invalid, "register.reserved_field",
                    field.at.file + ":" + std::to_string(field.at.line) + ": the field " +
                        field.name + " of " + kind.key + " takes the name of a column of ours");
    }
  }
  Table table{columns_of(kind), indexes_of(kind, table_name(kind.key))};
  if (const pack::Field* point = point_of(kind)) {
    table.columns.push_back({cell_column(*point), "BIGINT"});
  }
  return table;
}

Result<Evolution> evolve(std::string_view register_key, const std::optional<Table>& made,
                         const Table& wanted, bool destructive) {
  const std::string name = table_name(register_key);
  Evolution evolution{{}, wanted};
  if (!made) {
    evolution.statements.push_back(create_table(name, wanted.columns));
    for (const Index& index : wanted.indexes) {
      evolution.statements.push_back(create_index(name, index));
    }
    return evolution;
  }

  std::string conflicts;
  std::vector<std::string> dropped;
  for (const Column& column : made->columns) {
    const Column* now = find(wanted.columns, column.name);
    if (now != nullptr && *now == column) continue;
    if (now == nullptr && !destructive) {
      evolution.result.columns.push_back(column);  // out of use, its values kept
      continue;
    }
    if (now != nullptr) conflicts += (conflicts.empty() ? "" : ", ") + name + "." + column.name;
    dropped.push_back(column.name);
  }
  if (!conflicts.empty() && !destructive) {
    return refuse(ErrorKind::conflict, "register.destructive_change",
                  "these columns change their type and would lose their values: " + conflicts);
  }

  const auto is_dropped = [&](const std::string& column) {
    return std::find(dropped.begin(), dropped.end(), column) != dropped.end();
  };
  const auto loses_ground = [&](const Index& index) {
    const std::vector<std::string> columns = text::split(index.column, ' ');
    return std::any_of(columns.begin(), columns.end(), is_dropped);
  };
  for (const Index& index : made->indexes) {
    if (!contains(wanted.indexes, index) || loses_ground(index)) {
      evolution.statements.push_back("DROP INDEX " + index.name);
    }
  }
  for (const std::string& column : dropped) {
    evolution.statements.push_back("ALTER TABLE " + name + " DROP COLUMN " + quoted(column));
  }
  for (const Column& column : wanted.columns) {
    if (find(made->columns, column.name) == nullptr || is_dropped(column.name)) {
      evolution.statements.push_back("ALTER TABLE " + name + " ADD COLUMN " + quoted(column.name) +
                                     " " + column.type);
    }
  }
  for (const Index& index : wanted.indexes) {
    if (!contains(made->indexes, index) || loses_ground(index)) {
      evolution.statements.push_back(create_index(name, index));
    }
  }
  return evolution;
}

std::string to_json(const Table& table) {
  json::Writer out;
  out.begin_object().key("columns").begin_array();
  for (const Column& column : table.columns) {
    out.begin_object().member("name", column.name).member("type", column.type);
    out.member("sealed", column.sealed).end_object();
  }
  out.end_array().key("indexes").begin_array();
  for (const Index& index : table.indexes) {
    out.begin_object().member("name", index.name).member("column", index.column);
    out.member("on", index.on).member("unique", index.unique).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

Table table_from_json(std::string_view text) {
  const json::Value tree = MUST(json::parse(text));
  Table table;
  for (const json::Value& column : tree.find("columns")->as_array()) {
    table.columns.push_back({column.text("name"), column.text("type"), column.flag("sealed")});
  }
  for (const json::Value& index : tree.find("indexes")->as_array()) {
    table.indexes.push_back(
        {index.text("name"), index.text("column"), index.text("on"), index.flag("unique")});
  }
  return table;
}

}  // namespace linli::registers
