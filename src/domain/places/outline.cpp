#include "domain/places/outline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace linli::places {
namespace {

constexpr int kRounds = 8;  // Lloyd's cells look even after 5 to 10
constexpr int kThrows = 200;

struct Box {
  Point low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
  Point high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
};

Box box_of(const Area& area) {
  Box box;
  for (const Ring& ring : area) {
    for (const Point point : ring) {
      box.low = {std::min(box.low.lon, point.lon), std::min(box.low.lat, point.lat)};
      box.high = {std::max(box.high.lon, point.lon), std::max(box.high.lat, point.lat)};
    }
  }
  return box;
}

// Twice the signed area, with the moments that give the centre.
struct Moments {
  double area = 0;
  double lon = 0;
  double lat = 0;
};

Moments moments_of(const Ring& ring) {
  Moments sum;
  const Point origin = ring.empty() ? Point{} : ring.front();
  for (size_t i = 0; i < ring.size(); ++i) {
    const Point a{ring[i].lon - origin.lon, ring[i].lat - origin.lat};
    const Point& next = ring[(i + 1) % ring.size()];
    const Point b{next.lon - origin.lon, next.lat - origin.lat};
    const double cross = a.lon * b.lat - b.lon * a.lat;
    sum.area += cross;
    sum.lon += (a.lon + b.lon) * cross;
    sum.lat += (a.lat + b.lat) * cross;
  }
  return sum;
}

// Keeps the part of a ring on which a·lon + b·lat <= c.
Ring cut(const Ring& ring, double a, double b, double c) {
  Ring kept;
  for (size_t i = 0; i < ring.size(); ++i) {
    const Point p = ring[i];
    const Point q = ring[(i + 1) % ring.size()];
    const double over_p = a * p.lon + b * p.lat - c;
    const double over_q = a * q.lon + b * q.lat - c;
    if (over_p <= 0) kept.push_back(p);
    if ((over_p < 0 && over_q > 0) || (over_p > 0 && over_q < 0)) {
      const double share = over_p / (over_p - over_q);
      kept.push_back({p.lon + share * (q.lon - p.lon), p.lat + share * (q.lat - p.lat)});
    }
  }
  return kept;
}

double apart(Point a, Point b) {
  return std::hypot(a.lon - b.lon, a.lat - b.lat);
}

// The convex cell of seed `own` in the box: what is nearer to it than to any other seed. The
// nearest others cut first; one twice as far away as the cell's farthest corner cuts nothing.
Ring cell_of(const std::vector<Point>& seeds, size_t own, const Box& box) {
  Ring cell = {box.low, {box.high.lon, box.low.lat}, box.high, {box.low.lon, box.high.lat}};
  const Point p = seeds[own];
  std::vector<std::pair<double, size_t>> others;
  for (size_t other = 0; other < seeds.size(); ++other) {
    if (other != own && !(seeds[other] == p)) others.emplace_back(apart(p, seeds[other]), other);
  }
  std::sort(others.begin(), others.end());
  for (const auto& [distance, other] : others) {
    double reach = 0;
    for (const Point corner : cell) reach = std::max(reach, apart(p, corner));
    if (distance > 2 * reach) break;
    const Point q = seeds[other];
    const double c = (q.lon * q.lon + q.lat * q.lat - p.lon * p.lon - p.lat * p.lat) / 2;
    cell = cut(cell, q.lon - p.lon, q.lat - p.lat, c);
  }
  return cell;
}

Area within(const Area& area, const Ring& window) {
  Area inside;
  for (Ring ring : area) {
    for (size_t i = 0; i < window.size() && ring.size() >= 3; ++i) {
      const Point from = window[i];
      const Point to = window[(i + 1) % window.size()];
      const double a = to.lat - from.lat;
      const double b = from.lon - to.lon;
      ring = cut(ring, a, b, a * from.lon + b * from.lat);
    }
    if (ring.size() >= 3) inside.push_back(std::move(ring));
  }
  return inside;
}

std::vector<Area> cells_of(const Area& whole, const std::vector<Point>& seeds) {
  const Box box = box_of(whole);
  std::vector<Area> cells;
  for (size_t i = 0; i < seeds.size(); ++i) {
    cells.push_back(within(whole, cell_of(seeds, i, box)));
  }
  return cells;
}

// SplitMix64 (Steele, Lea, Flood 2014), as a share of one.
double next_share(uint64_t& state) {
  state += 0x9e3779b97f4a7c15ULL;
  uint64_t mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((mixed ^ (mixed >> 31)) >> 11) * 0x1.0p-53;
}

Point throw_into(const Area& area, const Box& box, Code code) {
  auto state = static_cast<uint64_t>(code.padded());
  for (int i = 0; i < kThrows; ++i) {
    const double lon = box.low.lon + next_share(state) * (box.high.lon - box.low.lon);
    const double lat = box.low.lat + next_share(state) * (box.high.lat - box.low.lat);
    if (contains(area, {lon, lat})) return {lon, lat};
  }
  return centre_of(area);
}

// Degrees of longitude are shorter than those of latitude: distances are compared in a plane that
// is stretched by the cosine of the middle latitude.
void stretch(Area& area, double factor) {
  for (Ring& ring : area) {
    for (Point& point : ring) point.lon *= factor;
  }
}

}  // namespace

bool contains(const Area& area, Point point) {
  bool inside = false;
  for (const Ring& ring : area) {
    for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const Point a = ring[i];
      const Point b = ring[j];
      if ((a.lat > point.lat) != (b.lat > point.lat) &&
          point.lon < a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

Point centre_of(const Area& area) {
  Moments largest;
  const Ring* ring = nullptr;
  for (const Ring& part : area) {
    const Moments moments = moments_of(part);
    if (ring == nullptr || std::abs(moments.area) > std::abs(largest.area)) {
      largest = moments;
      ring = &part;
    }
  }
  if (ring == nullptr || ring->empty()) return {};
  if (largest.area == 0) return ring->front();
  return {ring->front().lon + largest.lon / (3 * largest.area),
          ring->front().lat + largest.lat / (3 * largest.area)};
}

bool runs_left(const Ring& ring) {
  return moments_of(ring).area > 0;
}

std::vector<std::vector<Ring>> polygons_of(const Area& area) {
  std::vector<std::vector<Ring>> polygons;
  const auto around = [&](const Ring& hole) -> std::vector<Ring>* {
    for (std::vector<Ring>& polygon : polygons) {
      if (contains({polygon.front()}, hole.front())) return &polygon;
    }
    return nullptr;
  };
  for (const Ring& ring : area) {
    if (runs_left(ring)) polygons.push_back({ring});
  }
  for (const Ring& ring : area) {
    if (runs_left(ring)) continue;
    std::vector<Ring>* outer = around(ring);
    outer == nullptr ? polygons.push_back({ring}) : outer->push_back(ring);
  }
  return polygons;
}

std::vector<Area> cells_around(const Area& whole, const std::vector<Point>& seeds) {
  Area plane = whole;
  const Box given = box_of(whole);
  const double factor = std::cos((given.low.lat + given.high.lat) / 2 * std::numbers::pi / 180);
  // About the origin: squares of degrees far from it would lose the metres.
  const auto shift = [&](Area& area, double sign) {
    for (Ring& ring : area) {
      for (Point& point : ring) {
        point = {point.lon + sign * given.low.lon, point.lat + sign * given.low.lat};
      }
    }
  };
  shift(plane, -1);
  stretch(plane, factor);
  std::vector<Point> moved;
  for (const Point seed : seeds) {
    moved.push_back({(seed.lon - given.low.lon) * factor, seed.lat - given.low.lat});
  }
  std::vector<Area> cells = cells_of(plane, moved);
  for (Area& cell : cells) {
    stretch(cell, 1 / factor);
    shift(cell, 1);
  }
  return cells;
}

std::vector<Area> divide(const Area& whole, const std::vector<Code>& codes) {
  Area plane = whole;
  const Box given = box_of(whole);
  const double factor = std::cos((given.low.lat + given.high.lat) / 2 * std::numbers::pi / 180);
  stretch(plane, factor);
  const Box box = box_of(plane);

  std::vector<Point> seeds;
  for (const Code code : codes) seeds.push_back(throw_into(plane, box, code));
  std::vector<Area> cells = cells_of(plane, seeds);
  for (int round = 0; round < kRounds && codes.size() > 1; ++round) {
    for (size_t i = 0; i < seeds.size(); ++i) {
      const Point centre = centre_of(cells[i]);
      if (contains(plane, centre)) seeds[i] = centre;
    }
    cells = cells_of(plane, seeds);
  }
  for (Area& cell : cells) stretch(cell, 1 / factor);
  return cells;
}

}  // namespace linli::places
