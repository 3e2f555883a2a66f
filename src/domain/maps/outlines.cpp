#include "domain/maps/outlines.h"

#include <algorithm>

namespace linli::maps {
namespace {

tiles::Box box_of(const places::Area& area) {
  tiles::Box box;
  for (const places::Ring& ring : area) {
    for (const places::Point& point : ring) box.add({point.lon, point.lat});
  }
  return box;
}

bool meets(const places::Area& area, tiles::Tile tile) {
  if (area.empty()) return false;
  const tiles::Span span = tiles::span_of(box_of(area), tile.z);
  return span.first_x <= tile.x + 1 && tile.x <= span.last_x + 1 && span.first_y <= tile.y + 1 &&
         tile.y <= span.last_y + 1;
}

struct Walk {
  db::Tx& tx;
  places::Atlas& atlas;
  tiles::Tile tile;
  std::map<region::Level, std::vector<places::Cell>> cells = {};

  bool shown(region::Level level) const {
    return std::any_of(std::begin(kLevelZooms), std::end(kLevelZooms),
                       [&](const LevelZoom& at) { return at.level == level && at.zoom <= tile.z; });
  }
  bool shown_below(region::Level level) const {
    return std::any_of(std::begin(kLevelZooms), std::end(kLevelZooms),
                       [&](const LevelZoom& at) { return at.level > level && at.zoom <= tile.z; });
  }
  void see(const places::Cell& cell) {
    if (!meets(cell.area, tile)) return;
    const region::Level level = cell.code.level();
    if (shown(level)) cells[level].push_back(cell);
    if (!shown_below(level)) return;
    // A copy of each: drawing what lies below moves what the atlas keeps.
    const std::vector<places::Cell> children = atlas.children(tx, cell.code);
    for (const places::Cell& child : children) see(child);
  }
};

}  // namespace

tiles::Feature feature_of(const places::Cell& cell) {
  tiles::Feature feature;
  feature.id = static_cast<uint64_t>(cell.code.padded());
  feature.shape = tiles::Shape::area;
  for (const places::Ring& ring : cell.area) {
    feature.rings.emplace_back();
    for (const places::Point& point : ring) feature.rings.back().push_back({point.lon, point.lat});
  }
  feature.tags = {{"code", cell.code.text()},
                  {"name", cell.name},
                  {"drawn", std::string(cell.synthetic ? "estimate" : "outline")}};
  return feature;
}

places::Atlas& Outlines::atlas(db::Tx& tx, host::Services& services) {
  const int64_t edition = places::edition(tx);
  if (atlas_ == nullptr || edition != edition_) {
    atlas_ = std::make_unique<places::Atlas>(places::outlines_folder(services.settings));
    edition_ = edition;
  }
  return *atlas_;
}

Outlines::Cells Outlines::cells(db::Tx& tx, host::Services& services, tiles::Tile tile) {
  const std::scoped_lock lock(mutex_);
  Walk walk{tx, atlas(tx, services), tile};
  const region::Code region = MUST(region::Code::parse(services.settings.region));
  if (region == region::Code()) {
    const std::vector<places::Cell> provinces = walk.atlas.children(tx, region);
    for (const places::Cell& province : provinces) walk.see(province);
  } else {
    walk.see({region, places::name_of(tx, region), walk.atlas.area_of(tx, region), false});
  }
  return std::move(walk.cells);
}

std::vector<tiles::Layer> Outlines::layers(db::Tx& tx, host::Services& services, tiles::Tile tile) {
  std::vector<tiles::Layer> all;
  for (const auto& [level, shown] : cells(tx, services, tile)) {
    tiles::Layer& layer = all.emplace_back();
    layer.name = region::name_of(level);
    for (const places::Cell& cell : shown) layer.features.push_back(feature_of(cell));
  }
  return all;
}

std::vector<places::Cell> Outlines::lowest(db::Tx& tx, host::Services& services, tiles::Tile tile) {
  region::Level level = region::Level::nation;
  for (const LevelZoom& at : kLevelZooms) {
    if (at.zoom <= tile.z) level = at.level;
  }
  Cells all = cells(tx, services, tile);
  const auto found = all.find(level);
  return found == all.end() ? std::vector<places::Cell>() : std::move(found->second);
}

tiles::Box Outlines::bounds(db::Tx& tx, host::Services& services, region::Code place) {
  const std::scoped_lock lock(mutex_);
  return box_of(atlas(tx, services).area_of(tx, place));
}

bool Outlines::synthetic(db::Tx& tx, host::Services& services) {
  const std::scoped_lock lock(mutex_);
  const region::Code region = MUST(region::Code::parse(services.settings.region));
  const std::vector<places::Cell>& cells = atlas(tx, services).children(tx, region);
  return std::any_of(cells.begin(), cells.end(),
                     [](const places::Cell& cell) { return cell.synthetic; });
}

std::string Outlines::tag(db::Tx& tx) {
  return std::to_string(places::edition(tx));
}

}  // namespace linli::maps
