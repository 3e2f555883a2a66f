// Cells of a map where no outlines are known: the parent's area is divided among its children.
//
// Each child is a seed in the area, moved a few times to the centre of its own cell (Lloyd), and
// gets what lies nearer to its seed than to any other (Voronoi), by cutting with half-planes
// (Sutherland–Hodgman). The same codes in the same area give the same cells.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/places/types.h"

namespace linli::places {

using Ring = std::vector<Point>;  // an outer ring, its last point not repeating the first
using Area = std::vector<Ring>;   // parts of one place

// One area for each code, in their order.
std::vector<Area> divide(const Area& whole, const std::vector<Code>& codes);

// The cell of each seed: what of the area lies nearer to it than to any other. Seeds outside the
// area, and all but the first at one point, may have none.
std::vector<Area> cells_around(const Area& whole, const std::vector<Point>& seeds);

// Rings as polygons: each outer ring with its holes, the clockwise rings that lie in it.
std::vector<std::vector<Ring>> polygons_of(const Area& area);
bool runs_left(const Ring& ring);  // counter-clockwise

// The centre of gravity of the largest part.
Point centre_of(const Area& area);
bool contains(const Area& area, Point point);

}  // namespace linli::places
