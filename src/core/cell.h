// Cells of the map, for finding what lies in a box by ranges of whole numbers, on any database.
//
// The square of the Web Mercator map (OGC 17-083r4, WebMercatorQuad) is halved again and again. A
// cell's number interleaves the bits of its column and row, y from the north (Morton 1966): the
// cells inside a tile, or inside a larger cell, are one range of numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace linli::cell {

inline constexpr int kDepth = 28;  // 15 cm at the equator: 4 096 steps in a tile of zoom 16

struct Spot {  // of the unit square, (0, 0) in the north-west
  double x = 0;
  double y = 0;
};
struct Position {  // WGS-84, degrees
  double lon = 0;
  double lat = 0;
};
// Both ends included.
struct Range {
  int64_t first = 0;
  int64_t last = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

// Latitudes beyond the map's edge (about 85.05 degrees) lie on it.
Spot project(Position position);
Position unproject(Spot spot);

// The cell of a position at kDepth, and the middle of a cell.
int64_t of(Position position);
Position middle(int64_t cell, int depth = kDepth);
// The cell at a lesser depth in which one at kDepth lies.
int64_t at_depth(int64_t cell, int depth);

// The cells at `depth` of the square (x, y) of a zoom not above `depth`.
Range inside(int zoom, uint32_t x, uint32_t y, int depth = kDepth);
// At most `most` ranges at kDepth, ascending, that cover a box (west <= east) and little more.
std::vector<Range> cover(double west, double south, double east, double north, size_t most = 16);

}  // namespace linli::cell
