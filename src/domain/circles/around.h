// Boxes of degrees around points and homes, wide enough for metres on every side.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "domain/circles/store.h"

namespace linli::circles {

inline store::Box around(const store::Box& box, double metres) {
  constexpr double kMetresPerDegree = 111'195;
  const double lat = metres / kMetresPerDegree;
  const double north = std::max(std::abs(box.low.lat), std::abs(box.high.lat)) + lat;
  const double lon = lat / std::cos(std::min(north, 85.0) * std::numbers::pi / 180);
  return {{box.low.lon - lon, box.low.lat - lat}, {box.high.lon + lon, box.high.lat + lat}};
}

// The box with the point in it too; of the point alone where there is none.
inline store::Box widened(const std::optional<store::Box>& box, places::Point point) {
  if (!box) return {point, point};
  return {{std::min(box->low.lon, point.lon), std::min(box->low.lat, point.lat)},
          {std::max(box->high.lon, point.lon), std::max(box->high.lat, point.lat)}};
}

}  // namespace linli::circles
