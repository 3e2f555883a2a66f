// One tile as Mapbox Vector Tile 2.1 (github.com/mapbox/vector-tile-spec): each layer is cut to the
// tile with a margin, in 4 096 steps a side.
#pragma once

#include <span>

#include "engine/tiles/types.h"

namespace linli::tiles {

inline constexpr int kExtent = 4096;
inline constexpr int kMargin = 64;  // so that borders along an edge are not drawn

// Empty when nothing of the layers lies in the tile.
std::string encode_tile(Tile tile, std::span<const Layer> layers);

}  // namespace linli::tiles
