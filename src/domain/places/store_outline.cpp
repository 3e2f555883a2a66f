// Outlines of grids: rings of points as JSON.
#include "core/json.h"
#include "domain/places/store.h"

namespace linli::places::store {

std::optional<Area> outline(db::Tx& tx, Code code) {
  const auto row = tx.one("SELECT area FROM place_outline WHERE code = $1", {code.padded()});
  if (!row) return std::nullopt;
  Area area;
  const json::Value rings = MUST(json::parse(row->text(0)));
  for (const json::Value& ring : rings.as_array()) {
    Ring& made = area.emplace_back();
    for (const json::Value& point : ring.as_array()) {
      made.push_back({point.as_array().at(0).as_number(), point.as_array().at(1).as_number()});
    }
  }
  return area;
}

void save_outline(db::Tx& tx, Code code, const Area& area) {
  json::Writer out;
  out.begin_array();
  for (const Ring& ring : area) {
    out.begin_array();
    for (const Point point : ring) {
      out.begin_array().value(point.lon).value(point.lat).end_array();
    }
    out.end_array();
  }
  out.end_array();
  tx.run(
      "INSERT INTO place_outline (code, area) VALUES ($1, $2)"
      " ON CONFLICT (code) DO UPDATE SET area = excluded.area",
      {code.padded(), out.take()});
}

}  // namespace linli::places::store
