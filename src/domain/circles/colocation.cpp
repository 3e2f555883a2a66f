// Which facilities stand beside those that a plan wants beside them.
#include <algorithm>

#include "domain/circles/rules.h"

namespace linli::circles {

namespace {

bool is_one_of(const std::vector<std::string>& kinds, const Facility& facility) {
  return facility.in_service && std::find(kinds.begin(), kinds.end(), facility.kind) != kinds.end();
}

bool share_a_house(const Facility& a, const Facility& b) {
  return (!a.host.empty() && (a.host == b.host || a.host == b.id)) ||
         (!b.host.empty() && b.host == a.id);
}

}  // namespace

std::vector<Neighbour> neighbours(const pack::Colocation& wanted,
                                  const std::vector<Facility>& facilities, region::Code place) {
  std::vector<const Facility*> beside;
  for (const Facility& facility : facilities) {
    if (is_one_of(wanted.beside, facility)) beside.push_back(&facility);
  }
  std::vector<Neighbour> found;
  for (const Facility& facility : facilities) {
    if (!is_one_of(wanted.kinds, facility) || !place.contains(facility.place)) continue;
    Neighbour& made = found.emplace_back();
    made.wanted = &wanted;
    made.facility = &facility;
    for (const Facility* other : beside) {
      if (other == &facility) continue;
      const bool housed = share_a_house(facility, *other);
      const double metres = geo::distance_m(on_map(facility.point), on_map(other->point));
      const bool better = made.nearest == nullptr || metres < made.metres;
      if (better || (housed && !made.kept)) {
        made.nearest = other;
        made.metres = metres;
      }
      made.kept = made.kept || housed || metres <= wanted.metres;
    }
  }
  return found;
}

}  // namespace linli::circles
