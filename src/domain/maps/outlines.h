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

// Outlines that were read or drawn once are kept until the tree changes. Safe for many threads.
class Outlines {
 public:
  std::vector<tiles::Layer> layers(db::Tx& tx, host::Services& services, tiles::Tile tile);
  // The places of the lowest level that a tile of its zoom shows.
  std::vector<places::Cell> lowest(db::Tx& tx, host::Services& services, tiles::Tile tile);
  tiles::Box bounds(db::Tx& tx, host::Services& services, region::Code place);
  // Whether borders right below the region are estimates, not surveyed.
  bool synthetic(db::Tx& tx, host::Services& services);
  // A word for the state of the tree.
  static std::string tag(db::Tx& tx);

 private:
  using Cells = std::map<region::Level, std::vector<places::Cell>>;
  Cells cells(db::Tx& tx, host::Services& services, tiles::Tile tile);
  places::Atlas& atlas(db::Tx& tx, host::Services& services);

  std::mutex mutex_;
  std::unique_ptr<places::Atlas> atlas_;
  int64_t edition_ = 0;
};

}  // namespace linli::maps
