// What maps read: numbers by cell, and records by cell.
#include <algorithm>

#include "domain/registers/points.h"
#include "domain/registers/store_point.h"
#include "domain/registers/store_text.h"

namespace linli::registers {

Crowding crowding(db::Tx& tx, const PointScope& scope, cell::Range range, int depth) {
  std::vector<region::Code> villages;
  for (const region::Code territory : scope.territories) {
    villages.push_back(territory.level() > region::Level::village ? territory.village()
                                                                  : territory);
  }
  const std::string closed = store::closed_kind(*scope.kind);
  db::Params params = {int64_t{depth}, range.first, range.last};
  const std::string kinds = store::parameter(params, scope.kind->key) +
                            (scope.closed ? "" : ", " + store::parameter(params, closed));
  Crowding crowding;
  const bool numbers = counts(scope);
  // Numbers of what is out of service stand apart, to be taken off.
  const auto sign = [&](const db::Row& row) {
    if (row.text(3) != closed) return int64_t{1};
    const region::Code village(row.integer(4));
    const bool own = std::any_of(scope.own.begin(), scope.own.end(),
                                 [&](region::Code at) { return at.contains(village); });
    return int64_t{own ? 0 : -1};
  };
  tx.each(
      "SELECT c.cell, c.records, c.edition, c.kind, c.village FROM register_crowd c"
      " WHERE c.depth = $1 AND c.cell BETWEEN $2 AND $3 AND c.kind IN (" +
          kinds + ") AND " + host::scope_sql("c.village", villages, params) + " ORDER BY c.cell",
      params, [&](const db::Row& row) {
        crowding.edition += row.integer(2);
        const int64_t records = sign(row) * row.integer(1);
        if (!numbers || records == 0) return true;
        crowding.records += records;
        if (crowding.cells.empty() || crowding.cells.back().cell != row.integer(0)) {
          crowding.cells.push_back({row.integer(0), 0});
        }
        crowding.cells.back().records += records;
        return true;
      });
  std::erase_if(crowding.cells, [](const Crowding::Cell& cell) { return cell.records == 0; });
  return crowding;
}

std::vector<Pin> pins(db::Tx& tx, const PointScope& scope, cell::Range range, int64_t limit) {
  const pack::Field* title = scope.title ? pin_title(*scope.kind) : nullptr;
  const pack::Field* choice = scope.choice ? pin_choice(*scope.kind) : nullptr;
  const pack::Field* service = service_of(*scope.kind);
  const auto column = [](const pack::Field* field) {
    return field == nullptr ? std::string("NULL") : "t." + quoted(field->name);
  };
  // Few records lie in a grid, many in a tile: there the place's index leads, not the cell's.
  const std::string cell = "t." + quoted(cell_column(*point_of(*scope.kind)));
  const std::string led = counts(scope) ? cell : "(" + cell + " + 0)";
  db::Params params = {range.first, range.last};
  std::vector<Pin> found;
  tx.each("SELECT " + cell + ", t.place, t.id, " + column(title) + ", " + column(choice) + ", " +
              column(service) + " FROM " + table_name(scope.kind->key) + " t WHERE " + led +
              " BETWEEN $1 AND $2 AND " + store::scope_condition(scope, params) + " ORDER BY " +
              led + ", t.village, t.place, t.id LIMIT " + store::parameter(params, limit),
          params, [&](const db::Row& row) {
            found.push_back({row.integer(0), region::Code(row.integer(1)), row.text(2),
                             row.null(3) ? "" : row.text(3), row.null(4) ? "" : row.text(4),
                             service != nullptr && row.maybe_integer(5) == 0});
            return true;
          });
  return found;
}

}  // namespace linli::registers
