// All tiles of some layers, zoom by zoom, as one archive.
#pragma once

#include "engine/tiles/pmtiles.h"

namespace linli::tiles {

struct Drawn {
  Layer layer;
  int from_zoom = 0;  // not drawn above
};

// Each tile is encoded from the features that touch it alone.
Archive make_pyramid(const std::string& name, const std::vector<Drawn>& layers, int least_zoom,
                     int most_zoom);

}  // namespace linli::tiles
