#include "engine/tiles/mercator.h"

#include <algorithm>
#include <cmath>

#include "core/cell.h"

namespace linli::tiles {

Spot project(Position position) {
  const cell::Spot spot = cell::project({position.lon, position.lat});
  return {spot.x, spot.y};
}

void Box::add(Position position) {
  west = std::min(west, position.lon);
  east = std::max(east, position.lon);
  south = std::min(south, position.lat);
  north = std::max(north, position.lat);
}

Span span_of(const Box& box, int zoom) {
  const double side = std::ldexp(1.0, zoom);
  const auto tile = [&](double at) {
    return static_cast<uint32_t>(std::clamp(std::floor(at * side), 0.0, side - 1));
  };
  const Spot first = project({box.west, box.north});
  const Spot last = project({box.east, box.south});
  return {tile(first.x), tile(first.y), tile(last.x), tile(last.y)};
}

}  // namespace linli::tiles
