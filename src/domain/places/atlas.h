// Areas and points of places: real outlines down to cities and of grids that were drawn, made-up
// cells elsewhere.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/json.h"
#include "db/database.h"
#include "domain/places/outline.h"

namespace linli::places {

struct Cell {
  Code code;
  std::string name;
  Area area;  // empty where the outlines miss it
  bool synthetic = true;
};

// As a GeoJSON geometry.
void write_geometry(json::Writer& out, const Area& area);

// Remembers what it drew: one atlas for one answer, or for one long piece of work.
class Atlas {
 public:
  // `folder` holds nation.geojson and <province>.geojson (packs/boundaries).
  explicit Atlas(std::string folder) : folder_(std::move(folder)) {}

  // The cells of the active children, by code.
  const std::vector<Cell>& children(db::Tx& tx, Code parent);
  Area area_of(db::Tx& tx, Code code);
  Point point_of(db::Tx& tx, Code code);
  // The village on whose cell within `within` the point lies.
  std::optional<Code> village_at(db::Tx& tx, Code within, Point point);

 private:
  const std::vector<Cell>& file(const std::string& name);
  const Area* outline_of(db::Tx& tx, Code code);

  std::string folder_;
  std::unordered_map<std::string, std::shared_ptr<const std::vector<Cell>>> files_;
  std::unordered_map<Code, std::vector<Cell>> children_;
  std::unordered_map<Code, std::optional<Area>> drawn_;  // of grids
};

}  // namespace linli::places
