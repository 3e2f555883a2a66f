#include "domain/circles/rules.h"

#include <algorithm>
#include <limits>

namespace linli::circles {

namespace {

constexpr double kNever = std::numeric_limits<double>::max();

}  // namespace

std::vector<Reached> in_reach(const Way& way, const std::vector<Facility>& facilities,
                              places::Point from, double seconds) {
  const geo::Anchor start = way.snap(from).anchor;
  std::optional<geo::Isochrones> search;
  if (start.street != geo::kNoStreet) {
    search.emplace(*way.travel, geo::Direction::from_point);
    search->search(start, static_cast<geo::Time>(seconds * geo::kUnitsPerSecond));
  }
  std::vector<Reached> found;
  for (const Facility& facility : facilities) {
    const double straight = way.straight_seconds(from, facility.point);
    // No way is shorter than the straight line without its detour.
    if (!facility.in_service || (way.profile.mode != geo::Mode::drive && straight > seconds * 3))
      continue;
    const geo::Anchor there = search ? way.snap(facility.point).anchor : geo::Anchor{};
    if (there.street == geo::kNoStreet) {
      if (straight <= seconds) found.push_back({&facility, straight, true});
      continue;
    }
    const geo::Time time = search->time_of(there);
    if (time < geo::kNoTime)
      found.push_back({&facility, time / double{geo::kUnitsPerSecond}, false});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Reached& a, const Reached& b) { return a.seconds < b.seconds; });
  return found;
}

Result<std::vector<Facility>> after(std::vector<Facility> facilities,
                                    const std::vector<Trial>& trials) {
  for (const Trial& trial : trials) {
    if (trial.close) {
      const auto nearest = std::min_element(
          facilities.begin(), facilities.end(), [&](const Facility& a, const Facility& b) {
            const auto key = [&](const Facility& of) {
              return of.kind == trial.kind && of.in_service
                         ? geo::distance_m(on_map(of.point), on_map(*trial.close))
                         : kNever;
            };
            return key(a) < key(b);
          });
      if (nearest == facilities.end() || nearest->kind != trial.kind || !nearest->in_service)
        return refuse(ErrorKind::not_found, "circle.nothing_to_close", trial.kind);
      nearest->in_service = false;
    }
    if (trial.add) {
      facilities.push_back({.kind = trial.kind, .name = {}, .place = {}, .point = *trial.add});
    }
  }
  return facilities;
}

}  // namespace linli::circles
