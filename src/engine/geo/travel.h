// A network for one way to travel: how long each street takes, and everything that answers from it.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/geo/dijkstra.h"
#include "engine/geo/network.h"
#include "engine/geo/profile.h"
#include "engine/geo/snap.h"
#include "engine/geo/sweep.h"

namespace linli::geo {

// The time along a street in a direction; kNoTime: not allowed that way.
Time street_time(const Street& street, const Profile& profile, bool forward);

// The ends of an anchor's street with the times between them and the point.
struct AnchorEnd {
  Node node = kNoNode;
  Time leave = kNoTime;   // from the point to the end
  Time arrive = kNoTime;  // from the end to the point
};

class Travel {
 public:
  // The network's memory must outlive it. Takes about 0.2 s for a city of 0.4 M junctions.
  Travel(Network network, Profile profile);

  const Network& network() const { return network_; }
  const Profile& profile() const { return profile_; }
  const Snapper& snapper() const { return snapper_; }
  const SweepGraph& sweep() const { return sweep_; }
  const Graph& away() const { return away_; }        // arcs as they are travelled
  const Graph& towards() const { return towards_; }  // the same reversed

  std::array<AnchorEnd, 2> ends_of(const Anchor& anchor) const;
  // Straight along one street from one anchor to another; kNoTime: not the same, or not that way.
  Time along(const Anchor& from, const Anchor& to) const;
  // Where there is no network: the straight line, longer by the profile's detour.
  Time by_distance(Location from, Location to) const;

 private:
  Time approach(uint32_t away_dm) const;
  Time part(const Street& street, bool forward, uint32_t dm) const;

  Network network_;
  Profile profile_;
  Snapper snapper_;
  SweepGraph sweep_;
  Graph away_;
  Graph towards_;
};

}  // namespace linli::geo
