#include "domain/demo/frontage.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/json.h"

namespace linli::demo {
namespace {

constexpr double kMetresADegree = 111'195;

}  // namespace

double length_of(Spot spot) {
  return std::hypot(spot.x, spot.y);
}

Spot aside(Spot along, double metres) {
  const double length = length_of(along);
  return length == 0 ? Spot{} : Spot{-along.y, along.x} * (metres / length);
}

Frame::Frame(places::Point origin)
    : origin_(origin),
      metres_a_lon_(kMetresADegree * std::cos(origin.lat * std::numbers::pi / 180)) {}

Spot Frame::spot(places::Point point) const {
  return {(point.lon - origin_.lon) * metres_a_lon_, (point.lat - origin_.lat) * kMetresADegree};
}

places::Point Frame::point(Spot spot) const {
  return {origin_.lon + spot.x / metres_a_lon_, origin_.lat + spot.y / kMetresADegree};
}

Value point_value(places::Point point) {
  const auto rounded = [](double degrees) {
    return json::write(json::Value(std::round(degrees * 1e6) / 1e6));
  };
  return rounded(point.lon) + "," + rounded(point.lat);
}

void Frontage::add(places::Point from, places::Point to, double length) {
  lines_.push_back({from, to, metres() + length});
}

places::Point Frontage::at(double share) const {
  const double wanted = share * metres();
  auto line = std::upper_bound(lines_.begin(), lines_.end(), wanted,
                               [](double metres, const Line& one) { return metres < one.upto; });
  if (line == lines_.end()) --line;
  const double start = line == lines_.begin() ? 0 : std::prev(line)->upto;
  const double along =
      line->upto > start ? std::clamp((wanted - start) / (line->upto - start), 0.0, 1.0) : 0;
  return {line->from.lon + (line->to.lon - line->from.lon) * along,
          line->from.lat + (line->to.lat - line->from.lat) * along};
}

}  // namespace linli::demo
