// What follows when grids are applied: records and open cases that lie in another grid now.
#pragma once

#include "domain/grids/rules.h"
#include "host/services.h"

namespace linli::grids {

struct Follow {
  const pack::Register* kind = nullptr;  // none: an open case
  std::string id;
  bool placed = true;  // false: a household that lies nowhere, counted by the grid it was in
  Code to;
};

// Where each house's grid is in the end.
using Places = std::map<std::string, Code>;  // house → place

// Who does not lie where the houses say:
//   households, buildings and homes lie in their house's grid, residents in their household's;
//   an estate or villagers' group in the grid of all its houses, else in the community;
//   whatever else lies in a grid follows the house nearest to its point, or without a point stays
//   while its grid goes on, and else goes where most of the grid's households went.
// What lies in a micro-grid of the right grid stays there.
std::vector<Follow> followers(db::Tx& tx, host::Services& services, const Community& community,
                              const Places& places,
                              const std::map<int32_t, std::vector<Code>>& successors);

// Of each grid without houses those to which its households go, most households first.
std::map<int32_t, std::vector<Code>> successors(const Community& community, const Places& places);

}  // namespace linli::grids
