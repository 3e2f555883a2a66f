#include "engine/tiles/pyramid.h"

#include <algorithm>

#include "engine/tiles/mvt.h"

namespace linli::tiles {
namespace {

Box box_of(const Feature& feature) {
  Box box;
  for (const auto& ring : feature.rings) {
    for (const Position& position : ring) box.add(position);
  }
  return box;
}

// The layers of each tile of a zoom, with the features that may touch it.
std::map<Tile, std::vector<Layer>> tiles_of(const std::vector<Drawn>& layers, int zoom) {
  std::map<Tile, std::vector<Layer>> tiles;
  for (const Drawn& drawn : layers) {
    if (zoom < drawn.from_zoom) continue;
    for (const Feature& feature : drawn.layer.features) {
      if (feature.rings.empty()) continue;
      const Span span = span_of(box_of(feature), zoom);
      for (uint32_t y = span.first_y; y <= span.last_y; ++y) {
        for (uint32_t x = span.first_x; x <= span.last_x; ++x) {
          std::vector<Layer>& of_tile = tiles[{zoom, x, y}];
          if (of_tile.empty() || of_tile.back().name != drawn.layer.name) {
            of_tile.push_back({drawn.layer.name, {}});
          }
          of_tile.back().features.push_back(feature);
        }
      }
    }
  }
  return tiles;
}

}  // namespace

Archive make_pyramid(const std::string& name, const std::vector<Drawn>& layers, int least_zoom,
                     int most_zoom) {
  Archive archive;
  archive.name = name;
  for (const Drawn& drawn : layers) {
    archive.layers.push_back(drawn.layer.name);
    for (const Feature& feature : drawn.layer.features) {
      for (const auto& ring : feature.rings) {
        for (const Position& position : ring) archive.bounds.add(position);
      }
    }
  }
  for (int zoom = least_zoom; zoom <= most_zoom; ++zoom) {
    for (const auto& [tile, of_tile] : tiles_of(layers, zoom)) {
      std::string bytes = encode_tile(tile, of_tile);
      if (!bytes.empty()) archive.tiles.emplace(number_of(tile), std::move(bytes));
    }
  }
  return archive;
}

}  // namespace linli::tiles
