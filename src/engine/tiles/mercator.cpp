#include "engine/tiles/mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace linli::tiles {

Spot project(Position position) {
  const double radians = position.lat * std::numbers::pi / 180;
  const double y = 0.5 - std::asinh(std::tan(radians)) / (2 * std::numbers::pi);
  return {position.lon / 360 + 0.5, std::clamp(y, 0.0, 1.0)};
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
