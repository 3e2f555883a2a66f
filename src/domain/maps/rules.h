// What paths and parameters of maps mean.
#pragma once

#include "core/result.h"
#include "domain/maps/types.h"

namespace linli::maps {

// {z}/{x}/{y}.mvt. Refuses `tile.not_found` for what is no tile of zoom 0 to kMostZoom.
Result<tiles::Tile> read_tile(std::string_view z, std::string_view x, std::string_view file);

// The depth at which a tile's crowds are counted: 8 to 32 cells a side, fewer beyond the deepest.
int crowd_depth(int zoom);

}  // namespace linli::maps
