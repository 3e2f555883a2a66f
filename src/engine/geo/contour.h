// Lines of equal time on a raster: marching squares with linear interpolation (W. Lorensen,
// H. Cline, SIGGRAPH 1987, in the plane).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace linli::geo {

// A point in cells of the raster.
struct RasterPoint {
  float x = 0;
  float y = 0;
};
using Ring = std::vector<RasterPoint>;  // not closed: the first point is not repeated

// Around the values that are at most `level`. Outer rings turn left (counter-clockwise with y
// upwards), holes right. The raster's border must lie above the level.
std::vector<Ring> contour(std::span<const uint16_t> values, uint32_t columns, uint32_t rows,
                          uint16_t level);

// An outer ring and the holes in it, each hole with the smallest ring around it.
struct Area {
  const Ring* outer = nullptr;
  std::vector<const Ring*> holes;
};
std::vector<Area> areas_of(std::span<const Ring> rings);

double area_of(const Ring& ring);  // in cells; of holes negative
bool contains(const Ring& ring, RasterPoint point);

}  // namespace linli::geo
