// From the declaration of a register to its table: pure text.
//
//   reg_<key>: village, id, place, version, created_at, updated_at, urban, community_types, search,
//   then one typed column a field. A sensitive field is sealed text, and has a second column
//   <field>_lookup for exact search. Where the register has an open point, <field>_cell holds its
//   cell of the map (core/cell.h). `urban` and `community_types` repeat those of the place, so
//   that a filter or a figure needs no other table. Primary key (village, id).
//
// What a table was made from is kept beside it (register_table.made_from), so that a changed
// declaration becomes the statements that lead from one to the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "engine/pack/types.h"

namespace linli::registers {

struct Column {
  std::string name;
  std::string type;     // BIGINT, DOUBLE PRECISION, TEXT
  bool sealed = false;  // holds sealed text
  friend bool operator==(const Column&, const Column&) = default;
};

struct Index {
  std::string name;
  std::string column;  // the fields' columns that it stands on, a space between
  std::string on;      // what stands behind the table's name: ("name", village, id)
  bool unique = false;
  friend bool operator==(const Index&, const Index&) = default;
};

// A table as it is or as it should be. A column whose field a pack has dropped stays until
// somebody asks for its destruction; it is then among `columns` only.
struct Table {
  std::vector<Column> columns;
  std::vector<Index> indexes;
  friend bool operator==(const Table&, const Table&) = default;
};

std::string table_name(std::string_view register_key);
std::string quoted(std::string_view column);
std::string lookup_column(std::string_view field);
std::string column_type(pack::FieldType type);

// The point by which a register's records lie on maps: its first one that is open. Null: none.
const pack::Field* point_of(const pack::Register& kind);
std::string cell_column(const pack::Field& point);
// What maps say of a record at once: its title if open, and its first listed choice. Null: nothing.
const pack::Field* pin_title(const pack::Register& kind);
const pack::Field* pin_choice(const pack::Register& kind);
// The field that says whether what is there can be used; null where a register has none.
const pack::Field* service_of(const pack::Register& kind);

// Whether lists may be ordered by the field, and the never-null SQL that orders them.
bool is_sortable(const pack::Register& kind, const pack::Field& field);
std::string sort_expression(const pack::Field& field, std::string_view alias = {});

// The columns of the fields, in their order.
std::vector<Column> columns_of(const pack::Register& kind);
// Refuses `register.reserved_field` when a field takes the name of a column of the table's own.
Result<Table> table_of(const pack::Register& kind);

// The statements from `made` (none: no table yet) to `wanted`, and the table that results.
struct Evolution {
  std::vector<std::string> statements;
  Table result;
};
// Refuses `register.destructive_change` (detail: the columns) when a column would lose its values
// and `destructive` is not set.
Result<Evolution> evolve(std::string_view register_key, const std::optional<Table>& made,
                         const Table& wanted, bool destructive);

std::string to_json(const Table& table);
Table table_from_json(std::string_view text);  // as written by to_json: another text is a fault

}  // namespace linli::registers
