#include "engine/geo/osm_squares.h"

namespace linli::geo {

namespace {

// Twice the area of a triangle; positive when c lies to the left of a → b.
double turn(Location a, Location b, Location c) {
  return (static_cast<double>(b.lon) - a.lon) * (static_cast<double>(c.lat) - a.lat) -
         (static_cast<double>(b.lat) - a.lat) * (static_cast<double>(c.lon) - a.lon);
}

bool cross(Location a, Location b, Location c, Location d) {
  return (turn(a, b, c) > 0) != (turn(a, b, d) > 0) && (turn(c, d, a) > 0) != (turn(c, d, b) > 0);
}

bool is_inside(std::span<const Location> ring, Location point) {
  bool inside = false;
  for (size_t i = 0; i + 1 < ring.size(); ++i) {
    const Location a = ring[i];
    const Location b = ring[i + 1];
    if ((a.lat > point.lat) == (b.lat > point.lat)) continue;
    const double lon = a.lon + (static_cast<double>(point.lat) - a.lat) /
                                   (static_cast<double>(b.lat) - a.lat) *
                                   (static_cast<double>(b.lon) - a.lon);
    if (point.lon < lon) inside = !inside;
  }
  return inside;
}

bool lies_inside(std::span<const Location> ring, size_t from, size_t to) {
  const Location a = ring[from];
  const Location b = ring[to];
  const Location middle{a.lon / 2 + b.lon / 2, a.lat / 2 + b.lat / 2};
  if (!is_inside(ring, middle)) return false;
  for (size_t i = 0; i + 1 < ring.size(); ++i) {
    const Location c = ring[i];
    const Location d = ring[i + 1];
    if (c == a || c == b || d == a || d == b) continue;
    if (cross(a, b, c, d)) return false;
  }
  return true;
}

}  // namespace

std::vector<std::pair<uint32_t, uint32_t>> crossings_of(
    std::span<const uint32_t> outline, std::span<const Location> at,
    const std::function<bool(uint32_t)>& is_entry) {
  std::vector<std::pair<uint32_t, uint32_t>> lines;
  if (outline.size() < 4) return lines;
  std::vector<Location> ring;
  std::vector<size_t> entries;
  for (size_t i = 0; i < outline.size(); ++i) {
    ring.push_back(at[outline[i]]);
    if (ring.back().lon == 0x7fffffff) return {};
    if (i + 1 < outline.size() && is_entry(outline[i])) entries.push_back(i);
  }
  if (entries.size() > kMostEntries) return lines;
  for (size_t i = 0; i < entries.size(); ++i) {
    for (size_t j = i + 1; j < entries.size(); ++j) {
      const size_t apart = entries[j] - entries[i];
      if (apart == 1 || apart + 2 == outline.size()) continue;
      if (lies_inside(ring, entries[i], entries[j]))
        lines.emplace_back(outline[entries[i]], outline[entries[j]]);
    }
  }
  return lines;
}

}  // namespace linli::geo
