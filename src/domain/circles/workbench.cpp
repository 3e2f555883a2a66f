#include "domain/circles/workbench.h"

#include <algorithm>

namespace linli::circles {

namespace {

// Adds a village's rows to the sums, or takes them away again.
void add(std::vector<GroupSum>& sums, const std::vector<Reach>& rows, int64_t sign) {
  for (const Reach& row : rows) {
    if (row.need != pack::kComplete) continue;
    for (GroupSum& sum : sums) {
      if (sum.resident_group != row.resident_group) continue;
      sum.residents += sign * row.residents;
      sum.located += sign * row.located;
      sum.estimated += sign * row.estimated;
      sum.complete += sign * row.reached;
    }
  }
}

}  // namespace

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
  for (const std::string& group : circle().groups) sums_.push_back({.resident_group = group});
  for (const Village& village : *facts_.villages) {
    Box& box = boxes_.emplace_back();
    for (const Home& home : village.homes) {
      const auto [lon, lat] = home.point;
      if (std::exchange(box.empty, false)) box.low = box.high = home.point;
      box.low = {std::min(box.low.lon, lon), std::min(box.low.lat, lat)};
      box.high = {std::max(box.high.lon, lon), std::max(box.high.lat, lat)};
    }
    before_.push_back(evaluate(times_, village));
    add(sums_, before_.back(), 1);
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
  for (size_t i = 0; i < boxes_.size(); ++i) {
    const bool reached = std::any_of(touched.begin(), touched.end(),
                                     [&](places::Point point) { return near(boxes_[i], point); });
    if (!reached) continue;
    std::vector<Reach> rows = evaluate(times_, (*facts_.villages)[i]);
    if (rows != before_[i]) made.changed[i] = std::move(rows);
  }
  return made;
}

VillageCircle summary(const Workbench& bench, std::string_view group, size_t village,
                      const std::vector<Reach>& rows) {
  const Village& of = (*bench.facts().villages)[village];
  return summary(bench.circle(), of.code, of.urban, group, rows);
}

std::vector<GroupSum> sums(const Workbench& bench, const Workbench::Tried& tried) {
  std::vector<GroupSum> made = bench.sums_before();
  for (const auto& [village, rows] : tried.changed) {
    add(made, bench.before()[village], -1);
    add(made, rows, 1);
  }
  return made;
}

}  // namespace linli::circles
