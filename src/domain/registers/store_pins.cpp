// What maps read: numbers by cell, and records by cell.
#include "domain/registers/points.h"
#include "domain/registers/store_text.h"

namespace linli::registers {

Crowding crowding(db::Tx& tx, const PointScope& scope, cell::Range range, int depth) {
  std::vector<region::Code> villages;
  for (const region::Code territory : scope.territories) {
    villages.push_back(territory.level() > region::Level::village ? territory.village()
                                                                  : territory);
  }
  db::Params params = {scope.kind->key, int64_t{depth}, range.first, range.last};
  Crowding crowding;
  const bool numbers = counts(scope);
  tx.each(
      "SELECT c.cell, c.records, c.edition FROM register_crowd c WHERE c.kind = $1"
      " AND c.depth = $2 AND c.cell BETWEEN $3 AND $4 AND " +
          host::scope_sql("c.village", villages, params) + " ORDER BY c.cell",
      params, [&](const db::Row& row) {
        crowding.edition += row.integer(2);
        if (!numbers || row.integer(1) == 0) return true;
        crowding.records += row.integer(1);
        if (crowding.cells.empty() || crowding.cells.back().cell != row.integer(0)) {
          crowding.cells.push_back({row.integer(0), 0});
        }
        crowding.cells.back().records += row.integer(1);
        return true;
      });
  return crowding;
}

std::vector<Pin> pins(db::Tx& tx, const PointScope& scope, cell::Range range, int64_t limit) {
  const pack::Field* title = scope.title ? pin_title(*scope.kind) : nullptr;
  const pack::Field* choice = scope.choice ? pin_choice(*scope.kind) : nullptr;
  const auto column = [](const pack::Field* field) {
    return field == nullptr ? std::string("NULL") : "t." + quoted(field->name);
  };
  // Few records lie in a grid, many in a tile: there the place's index leads, not the cell's.
  const std::string cell = "t." + quoted(cell_column(*point_of(*scope.kind)));
  const std::string led = counts(scope) ? cell : "(" + cell + " + 0)";
  db::Params params = {range.first, range.last};
  std::vector<Pin> found;
  tx.each("SELECT " + cell + ", t.place, t.id, " + column(title) + ", " + column(choice) +
              " FROM " + table_name(scope.kind->key) + " t WHERE " + led +
              " BETWEEN $1 AND $2 AND " + store::territory_condition(scope.territories, params) +
              " ORDER BY " + led + ", t.village, t.place, t.id LIMIT " +
              store::parameter(params, limit),
          params, [&](const db::Row& row) {
            found.push_back({row.integer(0), region::Code(row.integer(1)), row.text(2),
                             row.null(3) ? "" : row.text(3), row.null(4) ? "" : row.text(4)});
            return true;
          });
  return found;
}

}  // namespace linli::registers
