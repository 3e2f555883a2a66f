#include "engine/geo/isochrone.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace linli::geo {

namespace {

constexpr float kCellM = 25;
constexpr float kSampleCells = 1.5;
constexpr float kNever = 1e9F;
constexpr double kMetresPerUnit = 0.01111950797;
constexpr uint32_t kMargin = 4;        // cells around what is reached
constexpr double kMostCells = 1000;    // along a side; larger areas get larger cells
constexpr double kLongestPace = 8000;  // of a cell; keeps sums within 16 bits
constexpr int kWidenings = 2;          // cells that one walks off a street

}  // namespace

// The raster's place on the ground.
struct Isochrones::Frame {
  Location origin;
  float lon_units = 1;  // of a cell
  float lat_units = 1;
  float lon_cells = 1;  // of a unit
  float lat_cells = 1;
  float cell_m = kCellM;
  float cell_pace = 0;  // time units to walk a cell off the street
  uint32_t columns = 0;
  uint32_t rows = 0;

  std::pair<float, float> of(Location at) const {
    return {static_cast<float>(at.lon - origin.lon) * lon_cells,
            static_cast<float>(at.lat - origin.lat) * lat_cells};
  }
  Location on_ground(RasterPoint point) const {
    return {origin.lon + static_cast<int32_t>(point.x * lon_units),
            origin.lat + static_cast<int32_t>(point.y * lat_units)};
  }
};

Isochrones::Isochrones(const Travel& travel, Direction direction)
    : travel_(travel),
      direction_(direction),
      search_(direction == Direction::from_point ? travel.away() : travel.towards()) {
  const Network& network = travel.network();
  side_first_.assign(network.nodes.size() + 1, 0);
  const uint8_t bits = use_bits(travel.profile().mode);
  for (const Street& street : network.streets) {
    if ((street.uses & bits) == 0) continue;
    for (const Node end : street.ends) ++side_first_[end + size_t{1}];
  }
  for (size_t node = 0; node < network.nodes.size(); ++node) {
    side_first_[node + 1] += side_first_[node];
  }
  sides_.resize(side_first_.back());
  const bool out = direction == Direction::from_point;
  std::vector<uint32_t> next(side_first_.begin(), side_first_.end() - 1);
  for (uint32_t street = 0; street < network.streets.size(); ++street) {
    const Street& of = network.streets[street];
    if ((of.uses & bits) == 0) continue;
    const Time forward = street_time(of, travel.profile(), out);
    const Time back = street_time(of, travel.profile(), !out);
    const float metres = static_cast<float>(of.length_dm) / 10;
    const bool bent = of.bend_count > 0;
    sides_[next[of.ends[0]]++] = {of.ends[1], street, forward, back, metres, bent, false};
    sides_[next[of.ends[1]]++] = {of.ends[0], street, back, forward, metres, bent, true};
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
    for (const Side& side : sides_of(node)) streets.push_back(side.street);
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
  for (const Node node : reached_) {
    take(network.nodes[node]);
    // Drawing comes next.
    __builtin_prefetch(sides_.data() + side_first_[node]);
    __builtin_prefetch(sides_.data() + side_first_[node] + 2);
  }
  Frame frame;
  const double shorten = std::max(0.01, std::cos(low.lat * 1e-7 * std::numbers::pi / 180));
  // A street that is reached at one end only may lead out of the box as far as time is left for;
  // what leaves the raster is not drawn.
  const double width_m = (static_cast<double>(high.lon) - low.lon) * kMetresPerUnit * shorten;
  const double height_m = (static_cast<double>(high.lat) - low.lat) * kMetresPerUnit;
  const double cell_m = std::max<double>(kCellM, std::max(width_m, height_m) / kMostCells);
  const double lat_units = cell_m / kMetresPerUnit;
  const double lon_units = lat_units / shorten;
  frame.cell_m = static_cast<float>(cell_m);
  frame.lat_units = static_cast<float>(lat_units);
  frame.lon_units = static_cast<float>(lon_units);
  frame.lat_cells = static_cast<float>(1 / lat_units);
  frame.lon_cells = static_cast<float>(1 / lon_units);
  frame.origin = {low.lon - static_cast<int32_t>(lon_units * kMargin),
                  low.lat - static_cast<int32_t>(lat_units * kMargin)};
  frame.columns = static_cast<uint32_t>(width_m / cell_m) + 2 * kMargin + 1;
  frame.rows = static_cast<uint32_t>(height_m / cell_m) + 2 * kMargin + 1;
  frame.cell_pace = static_cast<float>(
      std::min(kLongestPace, cell_m * kUnitsPerSecond * 3.6 / travel_.profile().approach_kmh));
  return frame;
}

// Lends a time to the four corners of the cell.
void Isochrones::splat(const Frame& frame, float x, float y, float time) {
  const auto left = static_cast<int32_t>(x);
  const auto bottom = static_cast<int32_t>(y);
  if (left < 1 || bottom < 1 || left + 3 > static_cast<int32_t>(frame.columns) ||
      bottom + 3 > static_cast<int32_t>(frame.rows))
    return;
  uint16_t* corner = raster_.data() + static_cast<size_t>(bottom) * frame.columns + left;
  const float dx = x - static_cast<float>(left);
  const float dy = y - static_cast<float>(bottom);
  const float across[4] = {dx, 1 - dx, dx, 1 - dx};
  const float up[4] = {dy, dy, 1 - dy, 1 - dy};
  uint16_t at[4];
  for (int i = 0; i < 4; ++i) {
    at[i] = static_cast<uint16_t>(time + frame.cell_pace *
                                             std::sqrt(across[i] * across[i] + up[i] * up[i]));
  }
  corner[0] = std::min(corner[0], at[0]);
  corner[1] = std::min(corner[1], at[1]);
  corner[frame.columns] = std::min(corner[frame.columns], at[2]);
  corner[frame.columns + 1] = std::min(corner[frame.columns + 1], at[3]);
}

// Times along a street, at its bends and every cell and a half between; past the limit nothing. The
// ends are drawn as nodes.
void Isochrones::draw_side(const Frame& frame, Node node, const Side& side) {
  const Network& network = travel_.network();
  const auto at_end = [&](Node end, Time along) {
    const Time time = search_.time(end);
    return time < kNoTime && along < kNoTime ? static_cast<float>(time) : kNever;
  };
  const float near = at_end(node, side.out);
  const float far = at_end(side.other, side.back);
  const auto out = static_cast<float>(side.out);
  const auto back = static_cast<float>(side.back);
  const auto limit = static_cast<float>(limit_);
  const auto draw = [&](float x, float y, float part) {
    const float time = std::min(near + part * out, far + (1 - part) * back);
    if (time <= limit) splat(frame, x, y, time);
  };
  std::span<const Location> bends;
  if (side.bent) {
    const Street& of = network.streets[side.street];
    bends = network.bends.subspan(of.first_bend, of.bend_count);
  }
  const float whole = std::max(0.1F, side.metres);
  float passed = 0;
  auto [x0, y0] = frame.of(network.nodes[node]);
  for (size_t i = 0; i <= bends.size(); ++i) {
    const bool last = i == bends.size();
    const auto [x1, y1] = frame.of(last ? network.nodes[side.other]
                                        : bends[side.reversed ? bends.size() - 1 - i : i]);
    const float cells = std::sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    const int steps = static_cast<int>(std::min(cells, 1e5F) / kSampleCells) + 1;
    for (int step = 1; step < steps + (last ? 0 : 1); ++step) {
      const float part = static_cast<float>(step) / static_cast<float>(steps);
      draw(x0 + part * (x1 - x0), y0 + part * (y1 - y0),
           std::min(1.0F, (passed + part * cells * frame.cell_m) / whole));
    }
    passed += cells * frame.cell_m;
    x0 = x1;
    y0 = y1;
  }
}

// On the point's own street one need not pass an end.
void Isochrones::draw_own_street(const Frame& frame) {
  const Street& of = travel_.network().streets[point_.street];
  const bool out = direction_ == Direction::from_point;
  const std::vector<Location> line = travel_.network().line_of(point_.street);
  const float whole = std::max(0.1F, static_cast<float>(of.length_dm) / 10);
  const auto pace = [&](bool forward) {
    const Time time = street_time(of, travel_.profile(), forward);
    return time < kNoTime ? static_cast<float>(time) / whole : kNever;
  };
  const float forward = pace(out);
  const float back = pace(!out);
  float passed = 0;
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const auto [x0, y0] = frame.of(line[i]);
    const auto [x1, y1] = frame.of(line[i + 1]);
    const float cells = std::sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
    const int steps = static_cast<int>(std::min(cells, 1e5F)) + 1;
    for (int step = 0; step <= steps; ++step) {
      const float part = static_cast<float>(step) / static_cast<float>(steps);
      const float metres =
          passed + part * cells * frame.cell_m - static_cast<float>(point_.along_dm) / 10;
      const float time = metres >= 0 ? metres * forward : -metres * back;
      if (time <= static_cast<float>(limit_))
        splat(frame, x0 + part * (x1 - x0), y0 + part * (y1 - y0), time);
    }
    passed += cells * frame.cell_m;
  }
}

void Isochrones::widen(const Frame& frame) {
  const auto pace = static_cast<uint16_t>(frame.cell_pace);
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
  const auto pace = static_cast<uint16_t>(frame.cell_pace);
  raster_.assign(size_t{frame.columns} * frame.rows, static_cast<uint16_t>(limit_ + pace));
  for (const Node node : reached_) {
    const auto [x, y] = frame.of(travel_.network().nodes[node]);
    splat(frame, x, y, static_cast<float>(search_.time(node)));
    for (const Side& side : sides_of(node)) {
      // Once a street: from its lower end, or from the only one that is reached. Short straight
      // ones are covered by their ends.
      if (side.other < node && search_.time(side.other) < kNoTime) continue;
      if (side.bent || side.metres > kSampleCells * frame.cell_m) draw_side(frame, node, side);
    }
  }
  draw_own_street(frame);
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
  const auto on_ground = [&](const Ring& ring) {
    std::vector<Location> line;
    line.reserve(ring.size());
    for (const RasterPoint& point : ring) line.push_back(frame.on_ground(point));
    return line;
  };
  std::vector<Polygon> polygons;
  for (const Area& area : areas_of(rings)) {
    Polygon& polygon = polygons.emplace_back(Polygon{on_ground(*area.outer), {}});
    for (const Ring* hole : area.holes) polygon.holes.push_back(on_ground(*hole));
  }
  return polygons;
}

}  // namespace linli::geo
