// Outlines of parts that are known by what lies in them: houses in grids.
//
// Each seed gets its cell, what lies nearer to it than to any other (outline.h); a part's outline
// is what its cells have no neighbour of their own part along. Corners that two cells computed
// alike are one, so that the outlines fit together without gaps.
#pragma once

#include <map>

#include "domain/places/outline.h"

namespace linli::places {

// Of every part that occurs in `part_of`, one number a seed. Outer rings run counter-clockwise,
// holes clockwise. Seeds at one point share the cell of the first.
std::map<int32_t, Area> mosaic(const Area& whole, const std::vector<Point>& seeds,
                               const std::vector<int32_t>& part_of);

}  // namespace linli::places
