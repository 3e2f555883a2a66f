// Somebody who travels: how fast, and on what. Profiles are content of packs (the list
// `travel_profile`, docs/formats/network.md); this engine holds no speed of its own.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"
#include "engine/geo/network.h"

namespace linli::geo {

struct Profile {
  std::string key;  // walk, walk_75, wheelchair, cycle, drive
  Mode mode = Mode::walk;
  double speed_kmh = 0;
  double steps_kmh = 0;     // on steps; 0: as elsewhere
  double approach_kmh = 0;  // between a point and the street
  double detour = 1;        // how much longer ways are than the straight line, without a network
  std::array<double, kStreetKindNames.size()> kind_kmh{};  // on a kind of street; 0: speed_kmh
};

// Reads the attributes of one choice. Refuses `profile.invalid` naming what is wrong: an unknown
// mode or attribute, a speed that is not in (0, 200], a detour that is not in [1, 3].
Result<Profile> read_profile(std::string_view key,
                             const std::map<std::string, json::Value>& attributes);

}  // namespace linli::geo
