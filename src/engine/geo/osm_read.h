// What an OpenStreetMap file says about streets, buildings and addresses, before anything is made
// of it. Two passes over the file: ways first, then the nodes that they name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "engine/geo/network.h"
#include "engine/geo/osm_tags.h"

namespace linli::geo {

struct OsmWay {
  size_t first_ref = 0;  // its nodes, in `refs`, to the next way's
  uint32_t ref_count = 0;
  WayRules rules;     // of a street
  bool area = false;  // a square: its outline is given
};

struct OsmBuilding {
  size_t first_ref = 0;
  uint32_t ref_count = 0;
  uint16_t levels = 0;
  bool residential = false;
  uint32_t address = 0;  // in texts
};

struct OsmAddress {
  Location at;
  uint32_t address = 0;
};

inline constexpr Location kNowhere{0x7fffffff, 0x7fffffff};

struct OsmExtract {
  std::vector<OsmWay> ways;
  std::vector<OsmBuilding> buildings;
  std::vector<OsmAddress> addresses;
  std::vector<uint32_t> refs;            // numbers of nodes, in `at`
  std::vector<Location> at;              // kNowhere: the file does not hold it
  std::map<uint32_t, uint8_t> barriers;  // node → who may pass
  std::vector<uint32_t> entrances;       // nodes, ascending
  std::string texts = std::string(1, '\0');
  std::string date;  // of the data, as its header says; may be empty
};

// Limits against hostile files; a province stays well below.
struct OsmLimits {
  size_t refs = 400'000'000;
  size_t texts = size_t{1} << 30;
};

// `path` ends in .osm.pbf, .pbf, .osm.gz or .osm. Refuses `osm.missing`, `osm.broken` with the
// reader's words, and `osm.too_large` beyond the limits.
Result<OsmExtract> read_osm(const std::string& path, const OsmLimits& limits,
                            const Progress& progress);
// The same from memory; `format` as osmium names it: pbf, xml.
Result<OsmExtract> read_osm_bytes(std::string_view bytes, const std::string& format,
                                  const OsmLimits& limits);

}  // namespace linli::geo
