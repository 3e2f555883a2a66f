#include "domain/siting/minutes.h"

#include <algorithm>

#include "engine/geo/door_times.h"

namespace linli::siting {

namespace {

using circles::Way;
using Rows = std::vector<std::vector<Reached>>;

constexpr float kUnitsPerMinute = 60.0F * geo::kUnitsPerSecond;

// One way to travel with the origins that travel so.
class Walkers {
 public:
  Walkers(const Ground& ground, size_t way) : ground_(ground), way_(*ground.ways[way]) {
    for (uint32_t i = 0; i < ground.origins.size(); ++i) {
      if (ground.origins[i].way != way) continue;
      const geo::Anchor anchor = way_.snap(ground.origins[i].point).anchor;
      (anchor.street == geo::kNoStreet ? off_street_ : on_street_).push_back({i, anchor});
    }
  }

  bool nobody() const { return off_street_.empty() && on_street_.empty(); }

  // Adds to the rows of the spots from `first` on, at most as many as there are lanes. True when a
  // straight line was taken.
  bool add(size_t first, float slack, Rows& rows, std::vector<Spot>& spots) const {
    std::vector<geo::LaneFacility> anchored;
    std::vector<size_t> off;
    for (size_t lane = 0; lane < rows.size(); ++lane) {
      const geo::Anchor anchor = way_.snap(spots[first + lane].point).anchor;
      if (anchor.street == geo::kNoStreet) {
        off.push_back(lane);
        spots[first + lane].estimate = true;
      } else {
        anchored.push_back({anchor, static_cast<uint8_t>(lane)});
      }
    }
    if (!anchored.empty() && !on_street_.empty()) {
      const geo::DoorTimes times(*way_.travel, anchored);
      for (const auto& [number, anchor] : on_street_) {
        const auto line = times.of(anchor);
        const float limit = ground_.origins[number].limit_minutes * slack;
        const auto within =
            static_cast<geo::LaneTime>(std::min<float>(limit * kUnitsPerMinute, geo::kFar - 1));
        for (size_t lane = 0; lane < rows.size(); ++lane) {
          if (line[lane] > within) continue;
          rows[lane].push_back({number, static_cast<float>(line[lane]) / kUnitsPerMinute});
        }
      }
    }
    bool straight = false;
    for (const size_t lane : off)
      straight |= add_straight(on_street_, spots[first + lane], slack, rows[lane]);
    for (size_t lane = 0; lane < rows.size(); ++lane) {
      straight |= add_straight(off_street_, spots[first + lane], slack, rows[lane]);
    }
    return straight;
  }

 private:
  struct Walker {
    uint32_t number = 0;  // of the origin
    geo::Anchor anchor;
  };

  bool add_straight(const std::vector<Walker>& walkers, const Spot& spot, float slack,
                    std::vector<Reached>& row) const {
    bool any = false;
    for (const Walker& walker : walkers) {
      const Origin& origin = ground_.origins[walker.number];
      const double minutes = way_.straight_seconds(origin.point, spot.point) / 60;
      if (minutes > origin.limit_minutes * slack) continue;
      row.push_back({walker.number, static_cast<float>(minutes)});
      any = true;
    }
    return any;
  }

  const Ground& ground_;
  const Way& way_;
  std::vector<Walker> on_street_;
  std::vector<Walker> off_street_;
};

}  // namespace

Reach reach_of(Ground& ground, float slack, const std::stop_token& stop,
               const std::function<void(double done)>& tell) {
  std::vector<Walkers> ways;
  for (size_t way = 0; way < ground.ways.size(); ++way) {
    Walkers walkers(ground, way);
    if (!walkers.nobody()) ways.push_back(std::move(walkers));
  }
  Reach reach;
  for (size_t first = 0; first < ground.spots.size(); first += geo::kLanes) {
    Rows rows(std::min<size_t>(geo::kLanes, ground.spots.size() - first));
    for (const Walkers& walkers : ways) {
      if (!stop.stop_requested()) {
        ground.by_distance |= walkers.add(first, slack, rows, ground.spots);
      }
    }
    for (const std::vector<Reached>& row : rows) reach.append(row);
    tell(static_cast<double>(first + rows.size()) / static_cast<double>(ground.spots.size()));
  }
  return reach;
}

}  // namespace linli::siting
