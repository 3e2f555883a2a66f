// The layer of places: one layer of the tile for each level, from provinces to villages.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "domain/maps/types.h"
#include "domain/places/api.h"

namespace linli::maps {

// Places are drawn from this zoom on.
struct LevelZoom {
  region::Level level;
  int zoom;
};
inline constexpr LevelZoom kLevelZooms[] = {{region::Level::province, 0},
                                            {region::Level::city, 5},
                                            {region::Level::county, 6},
                                            {region::Level::township, 9},
                                            {region::Level::village, 11}};

// The outline of a place with what a map says of it: code, name and how sure the outline is.
tiles::Feature feature_of(const places::Cell& cell);

// Outlines that were read or drawn once are kept for some minutes: the tree changes seldom. Safe
// for many threads.
class Outlines {
 public:
  std::vector<tiles::Layer> layers(db::Tx& tx, host::Services& services, tiles::Tile tile,
                                   time::Instant now);
  // The places of the lowest level that a tile of its zoom shows.
  std::vector<places::Cell> lowest(db::Tx& tx, host::Services& services, tiles::Tile tile,
                                   time::Instant now);
  tiles::Box bounds(db::Tx& tx, host::Services& services, region::Code place, time::Instant now);
  // Whether borders right below the region are estimates, not surveyed.
  bool synthetic(db::Tx& tx, host::Services& services, time::Instant now);
  // A word for the state of what is kept.
  std::string tag(host::Services& services, time::Instant now);

 private:
  using Cells = std::map<region::Level, std::vector<places::Cell>>;
  Cells cells(db::Tx& tx, host::Services& services, tiles::Tile tile, time::Instant now);
  places::Atlas& atlas(host::Services& services, time::Instant now);

  std::mutex mutex_;
  std::unique_ptr<places::Atlas> atlas_;
  time::Instant made_at_ = 0;
};

}  // namespace linli::maps
