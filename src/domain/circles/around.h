// Boxes of degrees around points and homes, wide enough for metres on every side.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/circles/store.h"

namespace linli::circles {

inline store::Box around(const store::Box& box, double metres) {
  constexpr double kMetresPerDegree = 111'195;
  const double lat = metres / kMetresPerDegree;
  const double north = std::max(std::abs(box.low.lat), std::abs(box.high.lat)) + lat;
  const double lon = lat / std::cos(std::min(north, 85.0) * std::numbers::pi / 180);
  return {{box.low.lon - lon, box.low.lat - lat}, {box.high.lon + lon, box.high.lat + lat}};
}

inline bool contains(const store::Box& box, places::Point point) {
  return box.low.lon <= point.lon && point.lon <= box.high.lon && box.low.lat <= point.lat &&
         point.lat <= box.high.lat;
}

}  // namespace linli::circles
