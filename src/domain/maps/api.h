// What other modules may ask of the maps: tiles of any layer, as somebody may see them.
#pragma once

#include "domain/maps/cache.h"
#include "domain/maps/figures.h"
#include "domain/maps/outlines.h"
#include "domain/maps/streets.h"
#include "domain/maps/types.h"
#include "domain/registers/api.h"
#include "engine/tiles/pmtiles.h"
#include "host/services.h"

namespace linli::maps {

// Lives as long as the server; safe for many threads.
class Maps {
 public:
  explicit Maps(std::shared_ptr<circles::Circles> circles = std::make_shared<circles::Circles>())
      : figures_(std::move(circles)) {}

  // The layer's tile for the actor; no bytes where nothing lies. Refuses `layer.not_found`, and
  // `access.denied` or `access.sign_in` for a register or figures that the actor may not see.
  Result<Made> tile(host::Services& services, const host::Actor& actor, const std::string& layer,
                    tiles::Tile tile, time::Instant now);

  Outlines& outlines() { return outlines_; }
  StreetMaps& streets() { return streets_; }
  const FigureLayers& figures() const { return figures_; }

 private:
  Result<Made> place_tile(host::Services& services, tiles::Tile tile);
  Result<Made> street_tile(host::Services& services, const std::string& layer, tiles::Tile tile);
  Result<Made> record_tile(host::Services& services, const registers::PointScope& scope,
                           tiles::Tile tile);
  Result<Made> figure_tile(host::Services& services, const host::Actor& actor, const Figure& figure,
                           tiles::Tile tile, time::Instant now);

  FigureLayers figures_;
  Outlines outlines_;
  StreetMaps streets_;
  Cache cache_{64u << 20};
};

// What of a register the actor sees on a map; of the public register all of the region.
Result<registers::PointScope> scope_of(const host::Services& services, const host::Actor& actor,
                                       const pack::Register& kind);

// Maps to take along: what everybody may see of a place in one PMTiles file.
inline constexpr int kPackageLeastZoom = 4;
// A package of more tiles ends at a lesser zoom; maps draw further zooms from its last.
inline constexpr size_t kMostPackageTiles = 30'000;

// The layers places, streets and facility, over the box around the place. Refuses
// `tiles.nothing_to_draw` where no outline is known.
struct Package {
  tiles::Archive archive;
  int most_zoom = 0;
};
Result<Package> make_package(host::Services& services, Maps& maps, region::Code place,
                             time::Instant now);

// The file of a place's package in the data folder, made anew when something in it has changed,
// but not more than once an hour. Refuses as make_package, and `installation.unwritable`.
Result<std::string> package_file(host::Services& services, Maps& maps, region::Code place,
                                 time::Instant now);

}  // namespace linli::maps
