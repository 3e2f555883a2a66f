#include "engine/geo/travel.h"

#include <algorithm>
#include <cmath>

namespace linli::geo {

namespace {

Time time_for(double metres, double kmh) {
  const double units = metres / (kmh / 3.6) * kUnitsPerSecond;
  return units < kNoTime - 1 ? static_cast<Time>(std::lround(units)) : kNoTime;
}

std::vector<Arc> arcs_of(const Network& network, const Profile& profile) {
  std::vector<Arc> arcs;
  arcs.reserve(network.streets.size() * 2);
  for (const Street& street : network.streets) {
    arcs.push_back({street.ends[0], street.ends[1], street_time(street, profile, true)});
    arcs.push_back({street.ends[1], street.ends[0], street_time(street, profile, false)});
  }
  return arcs;
}

}  // namespace

Time street_time(const Street& street, const Profile& profile, bool forward) {
  if ((street.uses & use_bit(profile.mode, forward)) == 0) return kNoTime;
  double kmh = profile.kind_kmh[static_cast<size_t>(street.kind)];
  if (kmh <= 0) kmh = profile.speed_kmh;
  if (profile.mode == Mode::drive && street.speed_kmh > 0)
    kmh = std::min<double>(kmh, street.speed_kmh);
  if (street.kind == StreetKind::steps && profile.steps_kmh > 0) kmh = profile.steps_kmh;
  return std::max<Time>(1, time_for(street.length_dm / 10.0, kmh));
}

Travel::Travel(Network network, Profile profile)
    : network_(network), profile_(std::move(profile)), snapper_(network_, profile_.mode) {
  const std::vector<Arc> arcs = arcs_of(network_, profile_);
  away_ = make_graph(static_cast<Node>(network_.nodes.size()), arcs);
  towards_ = reversed(away_);
  sweep_ = make_sweep_graph(network_.hierarchy_first, network_.hierarchy_heads,
                            customise(network_.hierarchy_first, network_.hierarchy_heads, arcs));
}

Time Travel::approach(uint32_t away_dm) const {
  return time_for(away_dm / 10.0, profile_.approach_kmh);
}

// A part of the street in proportion to its length.
Time Travel::part(const Street& street, bool forward, uint32_t dm) const {
  const Time whole = street_time(street, profile_, forward);
  if (whole == kNoTime) return kNoTime;
  if (street.length_dm == 0) return 0;
  return static_cast<Time>(
      (uint64_t{whole} * std::min(dm, street.length_dm) + street.length_dm / 2) / street.length_dm);
}

std::array<AnchorEnd, 2> Travel::ends_of(const Anchor& anchor) const {
  const Street& street = network_.streets[anchor.street];
  const Time away = approach(anchor.away_dm);
  const uint32_t left = street.length_dm - std::min(anchor.along_dm, street.length_dm);
  const auto sum = [&](Time part) {
    return part == kNoTime ? kNoTime : std::min(part + away, kNoTime);
  };
  return {{{street.ends[0], sum(part(street, false, anchor.along_dm)),
            sum(part(street, true, anchor.along_dm))},
           {street.ends[1], sum(part(street, true, left)), sum(part(street, false, left))}}};
}

Time Travel::along(const Anchor& from, const Anchor& to) const {
  if (from.street != to.street || from.street == kNoStreet) return kNoTime;
  const bool forward = from.along_dm <= to.along_dm;
  const uint32_t dm = forward ? to.along_dm - from.along_dm : from.along_dm - to.along_dm;
  const Time time = part(network_.streets[from.street], forward, dm);
  if (time == kNoTime) return kNoTime;
  return std::min(time + approach(from.away_dm) + approach(to.away_dm), kNoTime);
}

Time Travel::by_distance(Location from, Location to) const {
  return time_for(distance_m(from, to) * profile_.detour, profile_.speed_kmh);
}

}  // namespace linli::geo
