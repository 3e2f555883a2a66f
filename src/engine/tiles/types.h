// Vector tiles of maps: what is drawn, and where.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace linli::tiles {

struct Position {  // WGS-84, degrees
  double lon = 0;
  double lat = 0;
};

enum class Shape { point, line, area };

// What is said of a feature: words and numbers.
using Tag = std::variant<std::string, int64_t, double>;

// A point has one ring of one position; a line has its positions in one. The rings of an area are
// its parts, outer rings without holes; the last position does not repeat the first.
struct Feature {
  uint64_t id = 0;
  Shape shape = Shape::point;
  std::vector<std::vector<Position>> rings;
  std::vector<std::pair<std::string, Tag>> tags;
};

struct Layer {
  std::string name;
  std::vector<Feature> features;
};

// A square of the Web Mercator map (OGC 17-083r4, WebMercatorQuad): y counts from the north.
struct Tile {
  int z = 0;
  uint32_t x = 0;
  uint32_t y = 0;
  friend auto operator<=>(const Tile&, const Tile&) = default;
};

inline constexpr int kMostZoom = 22;

}  // namespace linli::tiles
