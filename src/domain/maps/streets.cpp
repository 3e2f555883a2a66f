#include "domain/maps/streets.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/cell.h"
#include "engine/geo/network_build.h"

namespace linli::maps {
namespace {

using geo::StreetKind;

// From which zoom on a kind is drawn.
int zoom_of(StreetKind kind) {
  if (kind <= StreetKind::trunk) return 6;
  if (kind == StreetKind::primary) return 8;
  if (kind == StreetKind::secondary) return 10;
  if (kind == StreetKind::tertiary) return 12;
  return kEveryStreetZoom;
}

tiles::Position position_of(geo::Location at) {
  return {at.lon * 1e-7, at.lat * 1e-7};
}

tiles::Box box_of(tiles::Tile tile) {
  const double side = std::ldexp(1.0, -tile.z);
  const cell::Position north_west = cell::unproject({tile.x * side, tile.y * side});
  const cell::Position south_east = cell::unproject({(tile.x + 1) * side, (tile.y + 1) * side});
  return {north_west.lon, south_east.lat, south_east.lon, north_west.lat};
}

tiles::Box widened(const tiles::Box& box) {
  constexpr double kMetresADegree = 111'195;
  const double north = geo::kDoorLimitM / kMetresADegree;
  const double east =
      north / std::cos(std::max(std::abs(box.south), std::abs(box.north)) * std::numbers::pi / 180);
  return {box.west - east, box.south - north, box.east + east, box.north + north};
}

bool meet(const tiles::Box& a, const tiles::Box& b) {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

}  // namespace

StreetMap::StreetMap(geo::NetworkFile file) : file_(std::move(file)) {
  for (uint32_t i = 0; i < network().streets.size(); ++i) {
    if (zoom_of(network().streets[i].kind) >= kEveryStreetZoom) continue;
    Great great{i, {}};
    for (const geo::Location at : network().line_of(i)) great.box.add(position_of(at));
    great_.push_back(great);
  }
}

// The streets in the squares of the network's grid that a box touches.
std::vector<uint32_t> StreetMap::near(const tiles::Box& box) const {
  const geo::GridHeader& grid = network().grid;
  const auto at = [](double degrees, int32_t origin, int32_t step, uint32_t count) {
    const double cell = std::floor((degrees * 1e7 - origin) / step);
    return static_cast<int64_t>(std::clamp(cell, -1.0, static_cast<double>(count)));
  };
  const int64_t west = at(box.west, grid.origin.lon, grid.cell_lon, grid.columns);
  const int64_t east = at(box.east, grid.origin.lon, grid.cell_lon, grid.columns);
  const int64_t south = at(box.south, grid.origin.lat, grid.cell_lat, grid.rows);
  const int64_t north = at(box.north, grid.origin.lat, grid.cell_lat, grid.rows);
  std::vector<uint32_t> found;
  for (int64_t row = std::max<int64_t>(south, 0); row <= north && row < grid.rows; ++row) {
    for (int64_t column = std::max<int64_t>(west, 0); column <= east && column < grid.columns;
         ++column) {
      const auto square = static_cast<size_t>(row * grid.columns + column);
      for (uint32_t i = network().grid_first[square]; i < network().grid_first[square + 1]; ++i) {
        found.push_back(network().grid_streets[i]);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

tiles::Feature StreetMap::feature_of(uint32_t street) const {
  tiles::Feature feature{.id = street + uint64_t{1}, .shape = tiles::Shape::line};
  feature.rings.emplace_back();
  for (const geo::Location at : network().line_of(street)) {
    feature.rings.back().push_back(position_of(at));
  }
  const auto kind = static_cast<size_t>(network().streets[street].kind);
  feature.tags = {{"kind", std::string(geo::kStreetKindNames[kind])}};
  return feature;
}

tiles::Layer StreetMap::streets(tiles::Tile tile) const {
  tiles::Layer layer{std::string(kStreets), {}};
  if (tile.z >= kEveryStreetZoom) {
    for (const uint32_t street : near(box_of(tile))) layer.features.push_back(feature_of(street));
    return layer;
  }
  const tiles::Box box = box_of(tile);
  for (const Great& great : great_) {
    if (zoom_of(network().streets[great.street].kind) <= tile.z && meet(great.box, box)) {
      layer.features.push_back(feature_of(great.street));
    }
  }
  return layer;
}

tiles::Layer StreetMap::buildings(tiles::Tile tile) const {
  tiles::Layer layer{std::string(kBuildings), {}};
  if (tile.z < kBuildingZoom) return layer;
  const auto doors = network().doors;
  // A door's street may lie outside of its tile.
  for (const uint32_t street : near(widened(box_of(tile)))) {
    auto door = std::lower_bound(
        doors.begin(), doors.end(), street,
        [](const geo::Door& one, uint32_t wanted) { return one.anchor.street < wanted; });
    for (; door != doors.end() && door->anchor.street == street; ++door) {
      tiles::Feature feature{.id = static_cast<uint64_t>(door - doors.begin()) + 1};
      feature.rings = {{position_of(door->at)}};
      feature.tags = {{"residential", int64_t{door->residential}},
                      {"footprint_m2", int64_t{door->footprint_m2}},
                      {"levels", int64_t{door->levels}}};
      if (door->address != 0) {
        feature.tags.emplace_back("address", std::string(network().texts.data() + door->address));
      }
      layer.features.push_back(std::move(feature));
    }
  }
  return layer;
}

Result<StreetMaps::Opened> StreetMaps::open(const std::string& data_folder) {
  const std::scoped_lock lock(mutex_);
  const std::filesystem::path path = std::filesystem::path(data_folder) / "network.map";
  std::error_code missing;
  const auto written = std::filesystem::last_write_time(path, missing);
  const std::string tag = missing ? "none" : std::to_string(written.time_since_epoch().count());
  if (opened_.tag != tag) {
    Opened next{nullptr, tag};
    if (!missing) {
      next.map = std::make_shared<StreetMap>(TRY(geo::NetworkFile::open(path.string())));
    }
    opened_ = next;
  }
  return opened_;
}

}  // namespace linli::maps
