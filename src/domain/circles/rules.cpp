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

std::optional<places::Point> middle_of(const std::vector<Facility>& facilities,
                                       region::Code place) {
  std::vector<double> lons;
  std::vector<double> lats;
  for (const Facility& facility : facilities) {
    if (!facility.in_service || !place.contains(facility.place)) continue;
    lons.push_back(facility.point.lon);
    lats.push_back(facility.point.lat);
  }
  if (lons.empty()) return std::nullopt;
  const auto median = [](std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  };
  return places::Point{median(lons), median(lats)};
}

Result<Changes> changes_of(const std::vector<Facility>& facilities,
                           const std::vector<Trial>& trials) {
  Changes made;
  const auto nearest = [&](const Trial& trial) {
    size_t best = facilities.size();
    double least = kNever;
    for (size_t i = 0; i < facilities.size(); ++i) {
      const Facility& facility = facilities[i];
      if (facility.kind != trial.kind || !facility.in_service) continue;
      if (std::find(made.closed.begin(), made.closed.end(), i) != made.closed.end()) continue;
      const double metres = geo::distance_m(on_map(facility.point), on_map(*trial.close));
      if (metres >= least) continue;
      least = metres;
      best = i;
    }
    return best;
  };
  for (const Trial& trial : trials) {
    if (trial.close) {
      const size_t closed = nearest(trial);
      if (closed == facilities.size())
        return refuse(ErrorKind::not_found, "circle.nothing_to_close", trial.kind);
      made.closed.push_back(closed);
    }
    if (trial.add) {
      made.added.push_back({.kind = trial.kind, .name = {}, .place = {}, .point = *trial.add});
    }
    if (trial.path) made.paths.push_back(*trial.path);
  }
  return made;
}

}  // namespace linli::circles
