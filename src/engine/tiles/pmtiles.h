// Tiles in one file that a map reads by ranges, from a server or a disk: PMTiles version 3
// (github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
//
//   header      127 bytes: the places and lengths of what follows, zooms, bounds
//   root        entries, or where the leaves lie
//   metadata    JSON: name, vector_layers
//   leaves      entries, where they are too many for the root
//   tiles       one after the other, in the order of their numbers
//
// A directory is varints: the count, differences of tile numbers, run lengths, lengths, offsets.
// Nothing is compressed: transport and disk may.
#pragma once

#include <map>

#include "engine/tiles/mercator.h"

namespace linli::tiles {

// A tile's number along Hilbert curves, zoom after zoom.
uint64_t number_of(Tile tile);

struct Archive {
  std::string name;
  std::vector<std::string> layers;
  Box bounds;
  std::map<uint64_t, std::string> tiles;  // by number; encoded, none empty
};

// The whole file.
std::string write_pmtiles(const Archive& archive, int least_zoom, int most_zoom);

}  // namespace linli::tiles
