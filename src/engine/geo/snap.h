// From a point on the ground to the nearest street that a way of travel may use.
#pragma once

#include <vector>

#include "engine/geo/network.h"

namespace linli::geo {

// Fills grid, grid_first and grid_streets.
void make_grid(NetworkData& data);

// Which parts of a network hang together for a mode, one-ways left aside. The part with most
// streets is the mainland, and so is every part with at least kMainlandStreets: towns on islands of
// the sea are no mistake of the map.
inline constexpr uint32_t kMainlandStreets = 100;
struct Islands {
  std::vector<uint32_t> of_node;  // the part's number; that with most streets is 0
  std::vector<uint32_t> streets;  // streets of each part
  bool is_mainland(Node node) const {
    return of_node[node] == 0 || streets[of_node[node]] >= kMainlandStreets;
  }
};
Islands islands(const Network& network, Mode mode);

struct Snapped {
  Anchor anchor;        // anchor.street == kNoStreet: nothing within the limit
  bool island = false;  // only a street that the mainland cannot be reached from is near
};

class Snapper {
 public:
  // The network's memory must outlive the snapper.
  Snapper(Network network, Mode mode);

  // The nearest street of the mainland within `limit_m` metres, else the nearest of an island.
  Snapped snap(Location at, double limit_m) const;
  const Islands& islands() const { return islands_; }

 private:
  Network network_;
  Mode mode_;
  Islands islands_;
};

}  // namespace linli::geo
