// Web Mercator: from degrees to the unit square, (0, 0) in the north-west.
#pragma once

#include "engine/tiles/types.h"

namespace linli::tiles {

struct Spot {
  double x = 0;
  double y = 0;
};

// Latitudes beyond the map's edge (about 85.05 degrees) lie on it.
Spot project(Position position);

struct Box {
  double west = 180, south = 90, east = -180, north = -90;
  void add(Position position);
};

// The tiles of a zoom that a box touches: corners, both included.
struct Span {
  uint32_t first_x = 0, first_y = 0, last_x = 0, last_y = 0;
};
Span span_of(const Box& box, int zoom);

}  // namespace linli::tiles
