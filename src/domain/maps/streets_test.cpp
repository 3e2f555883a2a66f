// Tiles of a real map: nothing of it is missing from a tile, and the farther one looks the fewer
// kinds of streets are drawn.
#include "domain/maps/streets.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/geo/osm_import.h"
#include "engine/tiles/mvt.h"

namespace linli::maps {
namespace {

namespace fs = std::filesystem;

// Porto with its 11 353 buildings, in a data folder of its own.
const fs::path& folder() {
  static const struct Folder {
    Folder() {
      fs::create_directories(path);
      geo::Imported made = MUST(geo::import_osm(
          MUST(geo::read_osm(LINLI_SOURCE_DIR "/tests/data/osm/porto.osm.pbf", {}, {})), "porto",
          {}));
      MUST(geo::write_network(made.network.view(), (path / geo::kNetworkFile).string()));
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path = fs::temp_directory_path() / ("linli_streets_" + std::to_string(getpid()));
  } made;
  return made.path;
}

const StreetMap& porto() {
  static const StreetMap map(MUST(geo::NetworkFile::open((folder() / geo::kNetworkFile).string())));
  return map;
}

tiles::Tile tile_at(geo::Location at, int zoom) {
  tiles::Box box;
  box.add({at.lon * 1e-7, at.lat * 1e-7});
  const tiles::Span span = tiles::span_of(box, zoom);
  return {zoom, span.first_x, span.first_y};
}

std::set<uint64_t> ids_of(const tiles::Layer& layer) {
  std::set<uint64_t> ids;
  for (const tiles::Feature& feature : layer.features) ids.insert(feature.id);
  return ids;
}

// Tiles all over the town: where every so many-th street begins.
std::set<tiles::Tile> some_tiles(int zoom) {
  std::set<tiles::Tile> all;
  const geo::Network& network = porto().network();
  for (size_t i = 0; i < network.streets.size(); i += 211) {
    all.insert(tile_at(network.nodes[network.streets[i].ends[0]], zoom));
  }
  return all;
}

TEST(StreetTiles, EveryStreetInATileIsDrawnAndFewBeside) {
  const geo::Network& network = porto().network();
  ASSERT_GT(network.streets.size(), 5000U);
  for (const tiles::Tile tile : some_tiles(16)) {
    const tiles::Layer layer = porto().streets(tile);
    const std::set<uint64_t> drawn = ids_of(layer);
    EXPECT_EQ(drawn.size(), layer.features.size()) << "each once";
    size_t inside = 0;
    for (uint32_t i = 0; i < network.streets.size(); ++i) {
      const auto line = network.line_of(i);
      const bool in = std::any_of(line.begin(), line.end(),
                                  [&](geo::Location at) { return tile_at(at, 16) == tile; });
      inside += in ? 1 : 0;
      if (in) {
        EXPECT_TRUE(drawn.contains(i + uint64_t{1})) << "street " << i;
      }
    }
    EXPECT_GT(inside, 0U);
    EXPECT_LT(drawn.size(), network.streets.size() / 4);
    EXPECT_FALSE(tiles::encode_tile(tile, {&layer, 1}).empty());
  }
}

TEST(StreetTiles, TheFartherOneLooksTheFewerKinds) {
  const tiles::Tile middle = tile_at(porto().network().nodes[0], 14);
  size_t before = 0;
  for (int zoom = 5; zoom <= kEveryStreetZoom; ++zoom) {
    const int up = 14 - zoom;
    const tiles::Layer layer = porto().streets({zoom, middle.x >> up, middle.y >> up});
    std::set<std::string> kinds;
    for (const tiles::Feature& feature : layer.features) {
      kinds.insert(std::get<std::string>(feature.tags.at(0).second));
    }
    EXPECT_TRUE(zoom >= 6 || kinds.empty());
    EXPECT_TRUE(zoom >= 8 || !kinds.contains("primary")) << zoom;
    EXPECT_TRUE(zoom >= 12 || !kinds.contains("tertiary")) << zoom;
    EXPECT_EQ(zoom == 14, kinds.contains("residential")) << zoom;
    EXPECT_GE(kinds.size(), before) << zoom;
    before = kinds.size();
  }
}

TEST(StreetTiles, EveryDoorOnAStreetIsOnePoint) {
  const geo::Network& network = porto().network();
  const std::set<tiles::Tile> tiles = some_tiles(16);
  std::map<tiles::Tile, std::set<uint64_t>> wanted;
  for (size_t i = 0; i < network.doors.size(); ++i) {
    const geo::Door& door = network.doors[i];
    if (door.anchor.street != geo::kNoStreet) wanted[tile_at(door.at, 16)].insert(i + 1);
  }
  size_t doors = 0;
  for (const tiles::Tile tile : tiles) {
    const tiles::Layer layer = porto().buildings(tile);
    const std::set<uint64_t> drawn = ids_of(layer);
    EXPECT_EQ(drawn.size(), layer.features.size()) << "each once";
    EXPECT_TRUE(std::includes(drawn.begin(), drawn.end(), wanted[tile].begin(), wanted[tile].end()))
        << tile.x << " " << tile.y;
    doors += wanted[tile].size();
  }
  EXPECT_GT(doors, 1000U);
  EXPECT_TRUE(porto().buildings(tile_at(network.doors[0].at, 14)).features.empty());
}

TEST(StreetTiles, AnotherMapIsSeenAndNoneIsNoFault) {
  StreetMaps maps;
  const auto first = MUST(maps.open(folder().string()));
  EXPECT_NE(first.map, nullptr);
  EXPECT_EQ(MUST(maps.open(folder().string())).map, first.map) << "kept";
  fs::last_write_time(folder() / geo::kNetworkFile,
                      fs::last_write_time(folder() / geo::kNetworkFile) + std::chrono::hours(1));
  const auto second = MUST(maps.open(folder().string()));
  EXPECT_NE(second.tag, first.tag);
  EXPECT_NE(second.map, first.map);
  const auto none = MUST(maps.open((folder() / "elsewhere").string()));
  EXPECT_EQ(none.map, nullptr);
}

}  // namespace
}  // namespace linli::maps
