#include "domain/places/mosaic.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace linli::places {
namespace {

// Gives points that lie within a tolerance of each other one number.
class Corners {
 public:
  explicit Corners(double tolerance) : tolerance_(tolerance) {}

  uint32_t number(Point point) {
    const auto column = static_cast<int64_t>(std::floor(point.lon / (4 * tolerance_)));
    const auto row = static_cast<int64_t>(std::floor(point.lat / (4 * tolerance_)));
    for (int64_t x = column - 1; x <= column + 1; ++x) {
      for (int64_t y = row - 1; y <= row + 1; ++y) {
        const auto known = cells_.find({x, y});
        if (known == cells_.end()) continue;
        for (const uint32_t candidate : known->second) {
          const Point other = points_[candidate];
          if (std::hypot(other.lon - point.lon, other.lat - point.lat) <= tolerance_) {
            return candidate;
          }
        }
      }
    }
    points_.push_back(point);
    const auto made = static_cast<uint32_t>(points_.size() - 1);
    cells_[{column, row}].push_back(made);
    return made;
  }
  Point point(uint32_t number) const { return points_[number]; }

 private:
  double tolerance_;
  std::vector<Point> points_;
  std::map<std::pair<int64_t, int64_t>, std::vector<uint32_t>> cells_;
};

using Side = std::pair<uint32_t, uint32_t>;  // from corner to corner, the inside on the left

// Sides that two cells of a part share run both ways and vanish.
void add(std::multiset<Side>& sides, uint32_t from, uint32_t to) {
  if (from == to) return;
  if (const auto back = sides.find({to, from}); back != sides.end()) {
    sides.erase(back);
  } else {
    sides.emplace(from, to);
  }
}

// Without corners on a straight line.
Ring ring_of(const std::vector<uint32_t>& loop, const Corners& corners) {
  Ring ring;
  for (size_t i = 0; i < loop.size(); ++i) {
    const Point a = corners.point(loop[(i + loop.size() - 1) % loop.size()]);
    const Point b = corners.point(loop[i]);
    const Point c = corners.point(loop[(i + 1) % loop.size()]);
    const double turn = (b.lon - a.lon) * (c.lat - b.lat) - (b.lat - a.lat) * (c.lon - b.lon);
    const double length = std::hypot(c.lon - a.lon, c.lat - a.lat);
    if (std::abs(turn) > 1e-9 * length * length) ring.push_back(b);
  }
  return ring;
}

// The sides as loops; where a loop touches itself it becomes two.
Area loops_of(std::multiset<Side> sides, const Corners& corners) {
  Area area;
  while (!sides.empty()) {
    std::vector<uint32_t> path = {sides.begin()->first};
    for (;;) {
      const auto next = sides.lower_bound({path.back(), 0});
      if (next == sides.end() || next->first != path.back()) break;
      const uint32_t corner = next->second;
      sides.erase(next);
      const auto seen = std::find(path.begin(), path.end(), corner);
      if (seen == path.end()) {
        path.push_back(corner);
        continue;
      }
      Ring ring = ring_of({seen, path.end()}, corners);
      if (ring.size() >= 3) area.push_back(std::move(ring));
      path.erase(seen + 1, path.end());
    }
  }
  return area;
}

}  // namespace

std::map<int32_t, Area> mosaic(const Area& whole, const std::vector<Point>& seeds,
                               const std::vector<int32_t>& part_of) {
  std::map<int32_t, Area> outlines;
  for (const int32_t part : part_of) outlines.try_emplace(part);
  Corners distinct(1e-8);  // a millimetre
  std::vector<Point> apart;
  std::vector<int32_t> part_apart;
  for (size_t i = 0; i < seeds.size(); ++i) {
    if (distinct.number(seeds[i]) < apart.size()) continue;
    apart.push_back(seeds[i]);
    part_apart.push_back(part_of[i]);
  }
  if (apart.empty() || whole.empty()) return outlines;
  Area around = whole;
  for (Ring& ring : around) {
    if (!runs_left(ring)) std::reverse(ring.begin(), ring.end());
  }
  double low = around[0][0].lon;
  double high = low;
  for (const Ring& ring : around) {
    for (const Point point : ring) low = std::min(low, point.lon), high = std::max(high, point.lon);
  }
  Corners corners(std::max(1e-12, (high - low) * 1e-7));
  std::map<int32_t, std::multiset<Side>> sides;
  const std::vector<Area> cells = cells_around(around, apart);
  for (size_t i = 0; i < cells.size(); ++i) {
    for (const Ring& ring : cells[i]) {
      std::vector<uint32_t> loop;
      for (const Point point : ring) loop.push_back(corners.number(point));
      for (size_t k = 0; k < loop.size(); ++k) {
        add(sides[part_apart[i]], loop[k], loop[(k + 1) % loop.size()]);
      }
    }
  }
  for (auto& [part, all] : sides) outlines[part] = loops_of(std::move(all), corners);
  return outlines;
}

}  // namespace linli::places
