// Maps to take along.
#include <filesystem>
#include <fstream>

#include "domain/maps/api.h"
#include "domain/maps/rules.h"
#include "domain/places/api.h"

namespace linli::maps {
namespace {

// A package that something has changed in since is still given out for so long.
constexpr time::Instant kKept = time::kHour;
// Where records are counted that a package may hold.
constexpr int kCountedZoom = 8;

size_t tiles_in(const tiles::Box& box, int zoom) {
  const tiles::Span span = tiles::span_of(box, zoom);
  return size_t{span.last_x - span.first_x + 1} * (span.last_y - span.first_y + 1);
}

// A word for all that a package is made from: the tree, the streets, what is public in the box.
Result<std::string> state_of(host::Services& services, Maps& maps, region::Code place) {
  std::string state = TRY(maps.streets().open(services.settings.data_folder)).tag;
  return services.database.read([&](db::Tx& tx) -> Result<std::string> {
    state += " " + Outlines::tag(tx);
    const pack::Register* kind = services.content->find_register(kPublicRegister);
    if (kind == nullptr) return state;
    const registers::PointScope scope = TRY(scope_of(services, {}, *kind));
    const tiles::Box box = maps.outlines().bounds(tx, services, place);
    const tiles::Span span = tiles::span_of(box, kCountedZoom);
    const int depth = crowd_depth(kCountedZoom);
    int64_t edition = 0;
    for (uint32_t y = span.first_y; y <= span.last_y; ++y) {
      for (uint32_t x = span.first_x; x <= span.last_x; ++x) {
        const cell::Range range = cell::inside(kCountedZoom, x, y, depth);
        edition += registers::crowding(tx, scope, range, depth).edition;
      }
    }
    return state + " " + std::to_string(edition);
  });
}

// Beside a package: when it was made, and from what.
struct MadeFrom {
  time::Instant at = 0;
  std::string state;
};
MadeFrom made_from(const std::filesystem::path& file) {
  MadeFrom made;
  std::ifstream in(file);
  in >> made.at;
  in.ignore(1);
  std::getline(in, made.state);
  return made;
}

// Beside it and renamed: a reader sees the old one or the new one.
Done replace(const std::filesystem::path& file, const std::string& bytes) {
  const std::filesystem::path fresh = file.string() + ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) return refuse(ErrorKind::invalid, "installation.unwritable", file.string());
  std::filesystem::rename(fresh, file);
  return {};
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
    return maps.outlines().bounds(tx, services, place);
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
  const fs::path beside = folder / (place.text() + ".state");
  const std::string state = TRY(state_of(services, maps, place));
  const MadeFrom made = made_from(beside);
  const bool young = now >= made.at && now - made.at < kKept;
  if (fs::exists(file) && (young || made.state == state)) return file.string();
  const Package package = TRY(make_package(services, maps, place, now));
  fs::create_directories(folder);
  TRY(replace(file, tiles::write_pmtiles(package.archive, kPackageLeastZoom, package.most_zoom)));
  TRY(replace(beside, std::to_string(now) + " " + state));
  return file.string();
}

}  // namespace linli::maps
