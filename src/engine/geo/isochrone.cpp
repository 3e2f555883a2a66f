#include "engine/geo/isochrone.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace linli::geo {

namespace {

constexpr double kCellM = 25;
constexpr double kMetresPerUnit = 0.01111950797;
constexpr uint32_t kMargin = 4;        // cells around what is reached
constexpr double kMostCells = 1000;    // along a side; larger areas get larger cells
constexpr double kLongestPace = 8000;  // of a cell; keeps sums within 16 bits
constexpr int kWidenings = 2;          // cells that one walks off a street

}  // namespace

// The raster's place on the ground.
struct Isochrones::Frame {
  Location origin;
  double lon_units = 1;  // of a cell
  double lat_units = 1;
  double cell_m = kCellM;
  uint32_t columns = 0;
  uint32_t rows = 0;
  double pace = 0;  // time units a metre, off the street

  std::pair<double, double> of(Location at) const {
    return {(static_cast<double>(at.lon) - origin.lon) / lon_units,
            (static_cast<double>(at.lat) - origin.lat) / lat_units};
  }
  Location on_ground(RasterPoint point) const {
    return {origin.lon + static_cast<int32_t>(std::lround(point.x * lon_units)),
            origin.lat + static_cast<int32_t>(std::lround(point.y * lat_units))};
  }
};

Isochrones::Isochrones(const Travel& travel, Direction direction)
    : travel_(travel),
      direction_(direction),
      search_(direction == Direction::from_point ? travel.away() : travel.towards()) {
  const Network& network = travel.network();
  street_first_.assign(network.nodes.size() + 1, 0);
  const uint8_t bits = use_bits(travel.profile().mode);
  for (const Street& street : network.streets) {
    if ((street.uses & bits) == 0) continue;
    for (const Node end : street.ends) ++street_first_[end + size_t{1}];
  }
  for (size_t node = 0; node < network.nodes.size(); ++node) {
    street_first_[node + 1] += street_first_[node];
  }
  streets_.resize(street_first_.back());
  std::vector<uint32_t> next(street_first_.begin(), street_first_.end() - 1);
  for (uint32_t street = 0; street < network.streets.size(); ++street) {
    if ((network.streets[street].uses & bits) == 0) continue;
    for (const Node end : network.streets[street].ends) streets_[next[end]++] = street;
  }
}

void Isochrones::search(const Anchor& point, Time limit) {
  point_ = point;
  limit_ = std::min<Time>(limit, kFar - 1);
  std::vector<Seed> seeds;
  for (const AnchorEnd& end : travel_.ends_of(point)) {
    seeds.push_back({end.node, direction_ == Direction::from_point ? end.leave : end.arrive});
  }
  reached_ = search_.within(seeds, limit_);
}

Time Isochrones::time_of(const Anchor& point) const {
  if (point.street == kNoStreet) return kNoTime;
  const bool out = direction_ == Direction::from_point;
  Time best = out ? travel_.along(point_, point) : travel_.along(point, point_);
  for (const AnchorEnd& end : travel_.ends_of(point)) {
    const Time to_end = out ? end.arrive : end.leave;
    if (search_.time(end.node) < kNoTime && to_end < kNoTime)
      best = std::min(best, search_.time(end.node) + to_end);
  }
  return best <= limit_ ? best : kNoTime;
}

std::vector<TimedDoor> Isochrones::doors() const {
  const std::span<const Door> all = travel_.network().doors;
  std::vector<uint32_t> streets;
  if (point_.street != kNoStreet) streets.push_back(point_.street);
  for (const Node node : reached_) {
    streets.insert(streets.end(), streets_.begin() + street_first_[node],
                   streets_.begin() + street_first_[node + size_t{1}]);
  }
  std::sort(streets.begin(), streets.end());
  streets.erase(std::unique(streets.begin(), streets.end()), streets.end());
  std::vector<TimedDoor> found;
  auto door = all.begin();
  for (const uint32_t street : streets) {
    door = std::lower_bound(door, all.end(), street, [](const Door& at, uint32_t wanted) {
      return at.anchor.street < wanted;
    });
    for (; door != all.end() && door->anchor.street == street; ++door) {
      const Time time = time_of(door->anchor);
      if (time <= limit_) found.push_back({static_cast<uint32_t>(door - all.begin()), time});
    }
  }
  return found;
}

Isochrones::Frame Isochrones::frame() const {
  const Network& network = travel_.network();
  const std::vector<Location> line = network.line_of(point_.street);
  Location low = line.front();
  Location high = line.front();
  const auto take = [&](Location at) {
    low = {std::min(low.lon, at.lon), std::min(low.lat, at.lat)};
    high = {std::max(high.lon, at.lon), std::max(high.lat, at.lat)};
  };
  for (const Location& at : line) take(at);
  for (const Node node : reached_) take(network.nodes[node]);
  Frame frame;
  const double shorten = std::max(0.01, std::cos(low.lat * 1e-7 * std::numbers::pi / 180));
  // A street that is reached at one end only may lead out of the box as far as time is left for;
  // what leaves the raster is not drawn.
  const double width_m = (static_cast<double>(high.lon) - low.lon) * kMetresPerUnit * shorten;
  const double height_m = (static_cast<double>(high.lat) - low.lat) * kMetresPerUnit;
  frame.cell_m = std::max(kCellM, std::max(width_m, height_m) / kMostCells);
  frame.lat_units = frame.cell_m / kMetresPerUnit;
  frame.lon_units = frame.lat_units / shorten;
  frame.origin = {low.lon - static_cast<int32_t>(frame.lon_units * kMargin),
                  low.lat - static_cast<int32_t>(frame.lat_units * kMargin)};
  frame.columns = static_cast<uint32_t>(width_m / frame.cell_m) + 2 * kMargin + 1;
  frame.rows = static_cast<uint32_t>(height_m / frame.cell_m) + 2 * kMargin + 1;
  frame.pace = kUnitsPerSecond * 3.6 / travel_.profile().approach_kmh;
  return frame;
}

// Lends a time to the four corners of the cell.
void Isochrones::splat(const Frame& frame, double x, double y, double time) {
  const double left = std::floor(x);
  const double bottom = std::floor(y);
  if (left < 1 || bottom < 1 || left + 3 > frame.columns || bottom + 3 > frame.rows) return;
  uint16_t* corner =
      raster_.data() + static_cast<size_t>(bottom) * frame.columns + static_cast<size_t>(left);
  const auto dx = static_cast<float>(x - left);
  const auto dy = static_cast<float>(y - bottom);
  const auto metres = static_cast<float>(frame.cell_m * frame.pace);
  const auto start = static_cast<float>(time);
  const auto lend = [&](uint16_t& to, float across, float up) {
    const float at = start + metres * std::sqrt(across * across + up * up);
    if (at < to) to = static_cast<uint16_t>(at);
  };
  lend(corner[0], dx, dy);
  lend(corner[1], 1 - dx, dy);
  lend(corner[frame.columns], dx, 1 - dy);
  lend(corner[frame.columns + 1], 1 - dx, 1 - dy);
}

// Times along a street from those at its ends, a sample each cell; past the limit nothing.
void Isochrones::draw_line(const Frame& frame, uint32_t street, Time at_first, Time at_second) {
  const Network& network = travel_.network();
  const Street& of = network.streets[street];
  const bool out = direction_ == Direction::from_point;
  const Time forward = street_time(of, travel_.profile(), out);
  const Time back = street_time(of, travel_.profile(), !out);
  const double length = std::max(0.1, of.length_dm / 10.0);
  const double far = 1e9;
  const double from_first = at_first < kNoTime && forward < kNoTime ? at_first : far;
  const double from_second = at_second < kNoTime && back < kNoTime ? at_second : far;
  const double forward_pace = forward / length;
  const double back_pace = back / length;
  // On its own street one need not pass an end.
  const auto from_here = [&](double along) {
    const double dm = along * 10 - point_.along_dm;
    return point_.away_dm / 10.0 * frame.pace +
           (dm >= 0 ? dm / 10 * (forward < kNoTime ? forward_pace : far)
                    : -dm / 10 * (back < kNoTime ? back_pace : far));
  };
  double passed = 0;
  Location before = network.nodes[of.ends[0]];
  for (uint32_t i = 0; i <= of.bend_count; ++i) {
    const Location after =
        i < of.bend_count ? network.bends[of.first_bend + i] : network.nodes[of.ends[1]];
    const auto [x0, y0] = frame.of(before);
    const auto [x1, y1] = frame.of(after);
    const double cells = std::sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    const int steps = static_cast<int>(std::min(cells, 1e5)) + 1;
    for (int step = i == 0 ? 0 : 1; step <= steps; ++step) {
      const double part = static_cast<double>(step) / steps;
      const double along = passed + part * cells * frame.cell_m;
      double time = std::min(from_first + along * forward_pace,
                             from_second + std::max(0.0, length - along) * back_pace);
      if (street == point_.street) time = std::min(time, from_here(along));
      if (time <= limit_) splat(frame, x0 + part * (x1 - x0), y0 + part * (y1 - y0), time);
    }
    passed += cells * frame.cell_m;
    before = after;
  }
}

void Isochrones::draw_street(const Frame& frame, uint32_t street) {
  const Street& of = travel_.network().streets[street];
  draw_line(frame, street, search_.time(of.ends[0]), search_.time(of.ends[1]));
}

void Isochrones::widen(const Frame& frame) {
  const auto pace = static_cast<uint16_t>(std::min(kLongestPace, frame.cell_m * frame.pace));
  const size_t columns = frame.columns;
  for (int i = 0; i < kWidenings; ++i) {
    wider_.resize(raster_.size());
    std::copy_n(raster_.begin(), columns, wider_.begin());
    std::copy_n(raster_.end() - static_cast<ptrdiff_t>(columns), columns,
                wider_.end() - static_cast<ptrdiff_t>(columns));
    const uint16_t* from = raster_.data();
    uint16_t* to = wider_.data();
    for (size_t at = columns; at + columns < raster_.size(); ++at) {
      const uint16_t beside = std::min(from[at - 1], from[at + 1]);
      const uint16_t above = std::min(from[at - columns], from[at + columns]);
      const auto later = static_cast<uint16_t>(std::min(beside, above) + pace);
      to[at] = std::min(from[at], later);
    }
    std::swap(raster_, wider_);
  }
}

std::vector<Polygon> Isochrones::polygons() {
  if (point_.street == kNoStreet) return {};
  const Frame frame = this->frame();
  // What no street touches counts as a little later than the limit: lines keep near the streets.
  const auto pace = static_cast<uint16_t>(std::min(kLongestPace, frame.cell_m * frame.pace));
  raster_.assign(size_t{frame.columns} * frame.rows, static_cast<uint16_t>(limit_ + pace));
  for (const Node node : reached_) {
    for (uint32_t i = street_first_[node]; i < street_first_[node + size_t{1}]; ++i) {
      const Street& street = travel_.network().streets[streets_[i]];
      const Node first = street.ends[0];
      // Once a street: at its first end, or at the second when the first is not reached.
      if (node == first || search_.time(first) == kNoTime) draw_street(frame, streets_[i]);
    }
  }
  draw_street(frame, point_.street);
  widen(frame);
  // The border stays outside.
  for (uint32_t column = 0; column < frame.columns; ++column) {
    raster_[column] = raster_[raster_.size() - 1 - column] = kFar;
  }
  for (uint32_t row = 0; row < frame.rows; ++row) {
    raster_[size_t{row} * frame.columns] = raster_[size_t{row + 1} * frame.columns - 1] = kFar;
  }
  const std::vector<Ring> rings =
      contour(raster_, frame.columns, frame.rows, static_cast<uint16_t>(limit_));
  std::vector<Polygon> polygons;
  std::vector<std::pair<const Ring*, double>> outers;
  const auto on_ground = [&](const Ring& ring) {
    std::vector<Location> line;
    line.reserve(ring.size());
    for (const RasterPoint& point : ring) line.push_back(frame.on_ground(point));
    return line;
  };
  std::vector<double> areas;
  areas.reserve(rings.size());
  for (const Ring& ring : rings) {
    areas.push_back(area_of(ring));
    if (areas.back() <= 0) continue;
    outers.emplace_back(&ring, areas.back());
    polygons.push_back({on_ground(ring), {}});
  }
  for (size_t i = 0; i < rings.size(); ++i) {
    if (areas[i] > 0) continue;
    size_t owner = outers.size();
    for (size_t outer = 0; outer < outers.size(); ++outer) {
      if (outers[outer].second < -areas[i] || !contains(*outers[outer].first, rings[i][0]))
        continue;
      if (owner == outers.size() || outers[outer].second < outers[owner].second) owner = outer;
    }
    if (owner < outers.size()) polygons[owner].holes.push_back(on_ground(rings[i]));
  }
  return polygons;
}

}  // namespace linli::geo
