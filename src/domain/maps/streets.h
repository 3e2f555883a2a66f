// The layers of the installation's streets and of the buildings along them, out of network.map.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/maps/types.h"
#include "engine/geo/network_file.h"

namespace linli::maps {

// Fewer kinds of streets are drawn the farther one looks.
inline constexpr int kEveryStreetZoom = 14;
inline constexpr int kBuildingZoom = 15;

// A network as maps draw it.
class StreetMap {
 public:
  explicit StreetMap(geo::NetworkFile file);

  tiles::Layer streets(tiles::Tile tile) const;
  tiles::Layer buildings(tiles::Tile tile) const;  // one point a door
  const geo::Network& network() const { return file_.network(); }

 private:
  struct Great {  // a street that is seen from afar, with its box
    uint32_t street = 0;
    tiles::Box box;
  };
  std::vector<uint32_t> near(const tiles::Box& box) const;
  tiles::Feature feature_of(uint32_t street) const;

  geo::NetworkFile file_;
  std::vector<Great> great_;
};

// The network of a data folder, opened again when another was imported. Safe for many threads.
class StreetMaps {
 public:
  struct Opened {
    std::shared_ptr<const StreetMap> map;  // null: there is none
    std::string tag;
  };
  // Refuses what NetworkFile::open refuses of a file that is there.
  Result<Opened> open(const std::string& data_folder);

 private:
  std::mutex mutex_;
  Opened opened_;
};

}  // namespace linli::maps
