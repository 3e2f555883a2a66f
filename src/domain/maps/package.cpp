// Maps to take along.
#include <chrono>
#include <filesystem>
#include <fstream>

#include "domain/maps/api.h"
#include "domain/places/api.h"

namespace linli::maps {
namespace {

constexpr auto kKept = std::chrono::hours(24);

size_t tiles_in(const tiles::Box& box, int zoom) {
  const tiles::Span span = tiles::span_of(box, zoom);
  return size_t{span.last_x - span.first_x + 1} * (span.last_y - span.first_y + 1);
}

int most_zoom_for(const tiles::Box& box) {
  size_t sum = 0;
  for (int zoom = kPackageLeastZoom; zoom <= kMostZoom; ++zoom) {
    sum += tiles_in(box, zoom);
    if (sum > kMostPackageTiles) return std::max(zoom - 1, kPackageLeastZoom);
  }
  return kMostZoom;
}

}  // namespace

// Tiles of several layers are one tile: their bytes one after the other.
Result<Package> make_package(host::Services& services, Maps& maps, region::Code place,
                             time::Instant now) {
  Package package;
  tiles::Archive& archive = package.archive;
  archive.bounds = TRY(services.database.read([&](db::Tx& tx) -> Result<tiles::Box> {
    // An unknown place would be drawn as the place above it.
    if (place.level() > region::Level::nation && !places::find(tx, place)) {
      return refuse(ErrorKind::not_found, "tiles.nothing_to_draw", place.text());
    }
    return maps.outlines().bounds(tx, services, place, now);
  }));
  if (archive.bounds.west > archive.bounds.east) {
    return refuse(ErrorKind::not_found, "tiles.nothing_to_draw", place.text());
  }
  archive.name = place.text();
  for (const LevelZoom& level : kLevelZooms)
    archive.layers.emplace_back(region::name_of(level.level));
  archive.layers.emplace_back(kStreets);
  std::vector<std::string> drawn = {std::string(kPlaces), std::string(kStreets)};
  if (services.content->find_register(kPublicRegister) != nullptr) {
    archive.layers.emplace_back(kPublicRegister);
    drawn.emplace_back(kPublicRegister);
  }
  package.most_zoom = most_zoom_for(archive.bounds);
  for (int zoom = kPackageLeastZoom; zoom <= package.most_zoom; ++zoom) {
    const tiles::Span span = tiles::span_of(archive.bounds, zoom);
    for (uint32_t y = span.first_y; y <= span.last_y; ++y) {
      for (uint32_t x = span.first_x; x <= span.last_x; ++x) {
        const tiles::Tile tile{zoom, x, y};
        std::string bytes;
        for (const std::string& layer : drawn) {
          bytes += *TRY(maps.tile(services, {}, layer, tile, now)).bytes;
        }
        if (!bytes.empty()) archive.tiles.emplace(tiles::number_of(tile), std::move(bytes));
      }
    }
  }
  if (archive.tiles.empty()) {
    return refuse(ErrorKind::not_found, "tiles.nothing_to_draw", place.text());
  }
  return package;
}

Result<std::string> package_file(host::Services& services, Maps& maps, region::Code place,
                                 time::Instant now) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(services.settings.data_folder) / "map-packages";
  const fs::path file = folder / (place.text() + ".pmtiles");
  std::error_code missing;
  const auto written = fs::last_write_time(file, missing);
  if (!missing && fs::file_time_type::clock::now() - written < kKept) return file.string();
  const Package package = TRY(make_package(services, maps, place, now));
  fs::create_directories(folder);
  // Beside it and renamed: a reader sees the old one or the new one.
  const fs::path fresh = file.string() + ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << tiles::write_pmtiles(package.archive, kPackageLeastZoom, package.most_zoom);
  out.close();
  if (!out) return refuse(ErrorKind::invalid, "installation.unwritable", file.string());
  fs::rename(fresh, file);
  return file.string();
}

}  // namespace linli::maps
