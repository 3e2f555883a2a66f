#include "engine/geo/contour.h"

#include <array>

namespace linli::geo {

namespace {

enum Side : uint8_t { kBottom, kRight, kTop, kLeft };

// By the corners that are inside (1 bottom left, 2 bottom right, 4 top right, 8 top left) and the
// side where the line comes in: the side where it goes out, with the inside to its left.
constexpr std::array<std::array<Side, 4>, 16> make_exits() {
  std::array<std::array<Side, 4>, 16> exits{};
  exits[1][kBottom] = kLeft;
  exits[2][kRight] = kBottom;
  exits[3][kRight] = kLeft;
  exits[4][kTop] = kRight;
  exits[5][kBottom] = kLeft;
  exits[5][kTop] = kRight;
  exits[6][kTop] = kBottom;
  exits[7][kTop] = kLeft;
  exits[8][kLeft] = kTop;
  exits[9][kBottom] = kTop;
  exits[10][kRight] = kBottom;
  exits[10][kLeft] = kTop;
  exits[11][kRight] = kTop;
  exits[12][kLeft] = kRight;
  exits[13][kBottom] = kRight;
  exits[14][kLeft] = kBottom;
  return exits;
}
constexpr auto kExits = make_exits();
// Where opposite corners are inside and so is the middle of the cell.
constexpr std::array<Side, 4> kJoined5{kRight, kRight, kLeft, kRight};
constexpr std::array<Side, 4> kJoined10{kTop, kTop, kTop, kBottom};

class Tracer {
 public:
  Tracer(std::span<const uint16_t> values, uint32_t columns, uint32_t rows, uint16_t level)
      : values_(values), columns_(columns), rows_(rows), level_(level), seen_(values.size()) {}

  // Every ring somewhere goes up through the bottom of a cell.
  std::vector<Ring> run() {
    std::vector<Ring> rings;
    for (uint32_t y = 1; y + 1 < rows_; ++y) {
      const uint16_t* row = values_.data() + size_t{y} * columns_;
      for (uint32_t x = 0; x + 1 < columns_; ++x) {
        if (row[x] > level_ || row[x + 1] <= level_ || seen_[size_t{y} * columns_ + x]) continue;
        follow(x, y, rings.emplace_back());
      }
    }
    return rings;
  }

 private:
  uint16_t value(uint32_t x, uint32_t y) const { return values_[size_t{y} * columns_ + x]; }
  bool inside(uint32_t x, uint32_t y) const { return value(x, y) <= level_; }

  // How far from a to b the level lies; kept off the corners.
  float between(uint16_t a, uint16_t b) const {
    const float part = (static_cast<float>(level_) + 0.5F - static_cast<float>(a)) /
                       (static_cast<float>(b) - static_cast<float>(a));
    return part < 0.01F ? 0.01F : part > 0.99F ? 0.99F : part;
  }

  RasterPoint point_on(uint32_t x, uint32_t y, Side side) const {
    const auto fx = static_cast<float>(x);
    const auto fy = static_cast<float>(y);
    switch (side) {
      case kBottom:
        return {fx + between(value(x, y), value(x + 1, y)), fy};
      case kTop:
        return {fx + between(value(x, y + 1), value(x + 1, y + 1)), fy + 1};
      case kLeft:
        return {fx, fy + between(value(x, y), value(x, y + 1))};
      default:
        return {fx + 1, fy + between(value(x + 1, y), value(x + 1, y + 1))};
    }
  }

  Side exit(uint32_t x, uint32_t y, Side in) const {
    const auto corners = static_cast<unsigned>(inside(x, y)) |
                         static_cast<unsigned>(inside(x + 1, y)) << 1 |
                         static_cast<unsigned>(inside(x + 1, y + 1)) << 2 |
                         static_cast<unsigned>(inside(x, y + 1)) << 3;
    if (corners == 5 || corners == 10) {
      const uint32_t sum =
          uint32_t{value(x, y)} + value(x + 1, y) + value(x + 1, y + 1) + value(x, y + 1);
      if (sum <= 4 * uint32_t{level_}) return corners == 5 ? kJoined5[in] : kJoined10[in];
    }
    return kExits[corners][in];
  }

  void follow(uint32_t x, uint32_t y, Ring& ring) {
    const uint32_t start_x = x;
    const uint32_t start_y = y;
    Side in = kBottom;
    do {
      if (in == kBottom) seen_[size_t{y} * columns_ + x] = true;
      ring.push_back(point_on(x, y, in));
      switch (exit(x, y, in)) {
        case kBottom:
          --y;
          in = kTop;
          break;
        case kTop:
          ++y;
          in = kBottom;
          break;
        case kLeft:
          --x;
          in = kRight;
          break;
        default:
          ++x;
          in = kLeft;
      }
    } while (x != start_x || y != start_y || in != kBottom);
  }

  std::span<const uint16_t> values_;
  uint32_t columns_;
  uint32_t rows_;
  uint16_t level_;
  std::vector<bool> seen_;
};

}  // namespace

std::vector<Ring> contour(std::span<const uint16_t> values, uint32_t columns, uint32_t rows,
                          uint16_t level) {
  return Tracer(values, columns, rows, level).run();
}

double area_of(const Ring& ring) {
  double twice = 0;
  for (size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
    twice += static_cast<double>(ring[before].x) * ring[i].y -
             static_cast<double>(ring[i].x) * ring[before].y;
  }
  return twice / 2;
}

bool contains(const Ring& ring, RasterPoint point) {
  bool inside = false;
  for (size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
    const RasterPoint a = ring[before];
    const RasterPoint b = ring[i];
    if ((a.y > point.y) == (b.y > point.y)) continue;
    if (point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

std::vector<Area> areas_of(std::span<const Ring> rings) {
  std::vector<Area> areas;
  std::vector<double> sizes;
  std::vector<std::pair<const Ring*, double>> holes;
  for (const Ring& ring : rings) {
    const double size = area_of(ring);
    if (size > 0) {
      areas.push_back({&ring, {}});
      sizes.push_back(size);
    } else {
      holes.emplace_back(&ring, -size);
    }
  }
  for (const auto& [hole, size] : holes) {
    size_t owner = areas.size();
    for (size_t i = 0; i < areas.size(); ++i) {
      if (sizes[i] < size || !contains(*areas[i].outer, hole->front())) continue;
      if (owner == areas.size() || sizes[i] < sizes[owner]) owner = i;
    }
    if (owner < areas.size()) areas[owner].holes.push_back(hole);
  }
  return areas;
}

}  // namespace linli::geo
