#include "domain/circles/workbench.h"

#include <algorithm>

namespace linli::circles {

double NeedTimes::widest_m() const {
  constexpr double kSlackM = 50;  // lengths are rounded to a tenth of a metre a street
  int minutes = 0;
  for (const pack::CircleNeed& need : circle_.needs) {
    minutes = std::max({minutes, need.minutes.urban.value_or(0), need.minutes.rural.value_or(0)});
  }
  return minutes * 60 * fastest_kmh(way_.profile) / 3.6 + kSlackM;
}

Workbench::Workbench(const Facts& facts, CircleTimes times)
    : facts_(facts), times_(std::move(times)) {
  for (size_t way = 0; way < times_.ways(); ++way) {
    widest_m_ = std::max(widest_m_, times_.times(way).widest_m());
  }
  for (const Village& village : *facts_.villages) {
    Box& box = boxes_.emplace_back();
    for (const Home& home : village.homes) {
      const auto [lon, lat] = home.point;
      if (std::exchange(box.empty, false)) box.low = box.high = home.point;
      box.low = {std::min(box.low.lon, lon), std::min(box.low.lat, lat)};
      box.high = {std::max(box.high.lon, lon), std::max(box.high.lat, lat)};
    }
    before_.push_back(evaluate(times_, village));
  }
}

Result<std::shared_ptr<Workbench>> Workbench::make(const Facts& facts, const pack::Circle& circle,
                                                   const CircleTimes::WayOf& way) {
  CircleTimes times = TRY(
      CircleTimes::make(*facts.content, circle, *facts.facilities, way, NeedTimes::Use::to_try));
  return std::shared_ptr<Workbench>(new Workbench(facts, std::move(times)));
}

bool Workbench::near(const Box& box, places::Point point) const {
  if (box.empty) return false;
  const places::Point nearest{std::clamp(point.lon, box.low.lon, box.high.lon),
                              std::clamp(point.lat, box.low.lat, box.high.lat)};
  return geo::distance_m(on_map(point), on_map(nearest)) <= widest_m_;
}

Result<Workbench::Tried> Workbench::after(const std::vector<Trial>& trials) {
  const Changes changes = TRY(changes_of(*facts_.facilities, trials));
  std::vector<places::Point> touched;
  for (const size_t closed : changes.closed) touched.push_back((*facts_.facilities)[closed].point);
  for (const Facility& added : changes.added) touched.push_back(added.point);

  const std::scoped_lock lock(mutex_);
  struct Back {
    CircleTimes& times;
    ~Back() {
      for (size_t way = 0; way < times.ways(); ++way) times.times(way).take_back();
    }
  } const back{times_};
  Tried made;
  for (size_t way = 0; way < times_.ways(); ++way) {
    NeedTimes& times = times_.times(way);
    for (const size_t closed : changes.closed) times.close(closed);
    for (const Facility& added : changes.added) times.add(added);
    for (const Trial::Path& path : changes.paths) {
      const auto ends = TRY(times.open_path(path));
      touched.insert(touched.end(), ends.begin(), ends.end());
      if (way == 0) made.paths.push_back(ends);
    }
  }
  made.rows = before_;
  for (size_t i = 0; i < boxes_.size(); ++i) {
    const bool reached = std::any_of(touched.begin(), touched.end(),
                                     [&](places::Point point) { return near(boxes_[i], point); });
    if (reached) made.rows[i] = evaluate(times_, (*facts_.villages)[i]);
  }
  return made;
}

std::vector<VillageCircle> summaries(const Workbench& bench, std::string_view group,
                                     const Workbench::Rows& rows) {
  std::vector<VillageCircle> made;
  const std::vector<Village>& villages = *bench.facts().villages;
  for (size_t i = 0; i < rows.size(); ++i) {
    made.push_back(summary(bench.circle(), villages[i].code, villages[i].urban, group, rows[i]));
  }
  return made;
}

std::vector<GroupSum> sums(const Workbench& bench, const Workbench::Rows& rows) {
  std::vector<GroupSum> made;
  for (const std::string& group : bench.circle().groups) made.push_back({.resident_group = group});
  for (const std::vector<Reach>& village : rows) {
    for (const Reach& row : village) {
      if (row.need != pack::kComplete) continue;
      for (GroupSum& sum : made) {
        if (sum.resident_group != row.resident_group) continue;
        sum.residents += row.residents;
        sum.located += row.located;
        sum.estimated += row.estimated;
        sum.complete += row.reached;
      }
    }
  }
  return made;
}

}  // namespace linli::circles
