#include "domain/circles/rules.h"

#include <algorithm>
#include <limits>

#include "engine/geo/door_times.h"

namespace linli::circles {

namespace {

using geo::kLanes;

constexpr double kNever = std::numeric_limits<double>::max();

std::optional<int> minutes_for(const pack::Circle& circle, const Village& village) {
  if (!village.urban) return std::nullopt;
  return *village.urban ? circle.urban_minutes : circle.rural_minutes;
}

// A home's times to the nearest facility of each of up to 32 kinds.
class Times {
 public:
  Times(const Way& way, const std::vector<std::string>& kinds,
        const std::vector<Facility>& facilities)
      : way_(way), kinds_(kinds) {
    std::vector<geo::LaneFacility> anchored;
    for (const Facility& facility : facilities) {
      const auto kind = std::find(kinds.begin(), kinds.end(), facility.kind);
      if (kind == kinds.end() || !facility.in_service) continue;
      const auto lane = static_cast<uint8_t>(kind - kinds.begin());
      const geo::Anchor anchor = way.snap(facility.point).anchor;
      if (anchor.street != geo::kNoStreet) anchored.push_back({anchor, lane});
      points_.push_back({lane, facility.point, anchor.street != geo::kNoStreet});
    }
    if (way.travel != nullptr) times_.emplace(*way.travel, anchored);
  }

  // Seconds; `by_distance` is set when straight lines were taken.
  std::vector<double> of(places::Point home, bool& by_distance) const {
    std::vector<double> seconds(kinds_.size(), kNever);
    const geo::Anchor anchor = way_.snap(home).anchor;
    const bool on_street = times_ && anchor.street != geo::kNoStreet;
    if (on_street) {
      const auto line = times_->of(anchor);
      for (size_t lane = 0; lane < seconds.size(); ++lane) {
        if (line[lane] < geo::kFar) seconds[lane] = line[lane] / double{geo::kUnitsPerSecond};
      }
    }
    // The straight line where either end has no street.
    for (const Point& point : points_) {
      if (on_street && point.on_street) continue;
      by_distance = true;
      seconds[point.lane] = std::min(seconds[point.lane], way_.straight_seconds(home, point.at));
    }
    return seconds;
  }

 private:
  struct Point {
    uint8_t lane;
    places::Point at;
    bool on_street;
  };
  const Way& way_;
  const std::vector<std::string>& kinds_;
  std::vector<Point> points_;
  std::optional<geo::DoorTimes> times_;
};

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
    if (trial.add) facilities.push_back({trial.kind, {}, {}, *trial.add, true});
  }
  return facilities;
}

std::vector<VillageCircle> evaluate(const Way& way, const pack::Circle& circle,
                                    const std::vector<Village>& villages,
                                    const std::vector<Facility>& facilities) {
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : circle.needs) {
    if (kinds.size() < kLanes) kinds.push_back(kind);
  }
  const Times times(way, kinds, facilities);
  std::vector<VillageCircle> all;
  for (const Village& village : villages) {
    VillageCircle& made = all.emplace_back();
    made.village = &village;
    made.minutes = minutes_for(circle, village);
    if (!made.minutes || kinds.empty() || village.homes.empty()) continue;
    made.located = village.residents;
    for (const std::string& kind : kinds) made.needs[kind] = 0;
    const auto homes = static_cast<int64_t>(village.homes.size());
    for (int64_t home = 0; home < homes; ++home) {
      // Residents are spread evenly; the remainder falls on the first homes.
      const int64_t people = village.residents / homes + (home < village.residents % homes ? 1 : 0);
      if (people == 0) break;
      const std::vector<double> seconds =
          times.of(village.homes[static_cast<size_t>(home)], made.by_distance);
      bool everything = true;
      for (size_t lane = 0; lane < kinds.size(); ++lane) {
        const bool reached = seconds[lane] <= *made.minutes * 60.0;
        if (reached) made.needs[kinds[lane]] += people;
        everything = everything && reached;
      }
      if (everything) made.all_needs += people;
    }
  }
  return all;
}

}  // namespace linli::circles
