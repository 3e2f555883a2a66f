// OpenStreetMap to a network: streets between junctions, barriers, squares, doors.
#pragma once

#include "core/result.h"
#include "engine/geo/network_build.h"
#include "engine/geo/osm_read.h"

namespace linli::geo {

// What an import found, for the person who runs it.
struct ImportReport {
  size_t ways = 0;
  size_t streets = 0;
  size_t junctions = 0;
  size_t nodes_missing = 0;  // named by ways, not in the file: cut off at its edge
  size_t islands = 0;        // parts that one cannot walk to from the mainland
  size_t island_streets = 0;
  size_t doors = 0;
  size_t doors_far = 0;     // no street within kDoorLimitM
  size_t doors_island = 0;  // only an island's
};

struct Imported {
  NetworkData network;
  ImportReport report;
};

// `source` names the file in `about`. Refuses `geo.empty` without a street and `geo.stopped`.
Result<Imported> import_osm(OsmExtract extract, std::string_view source, const Progress& progress);

}  // namespace linli::geo
