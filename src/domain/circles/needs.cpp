// Times from homes to what circles need, and how many residents they reach.
#include <algorithm>
#include <limits>

#include "domain/circles/rules.h"

namespace linli::circles {

namespace {

constexpr double kNever = std::numeric_limits<double>::max();
constexpr double kFastestDrive = 130;  // km/h: no faster road is mapped
constexpr double kRounding = 1.05;     // times are rounded street by street

bool serves(const pack::CircleNeed& need, const std::string& kind) {
  return std::find(need.kinds.begin(), need.kinds.end(), kind) != need.kinds.end();
}

// What is counted of one need, or of all together, by group.
struct Counts {
  std::vector<int64_t> located, reached, estimated, unconnected;
  explicit Counts(size_t groups)
      : located(groups), reached(groups), estimated(groups), unconnected(groups) {}
};

std::vector<size_t> groups_asked(const pack::Content& content, const pack::Circle& circle) {
  std::vector<size_t> asked;
  for (size_t i = 0; i < content.groups.size(); ++i) {
    const auto& groups = circle.groups;
    if (std::find(groups.begin(), groups.end(), content.groups[i].key) != groups.end()) {
      asked.push_back(i);
    }
  }
  return asked;
}

double fastest_kmh(const geo::Profile& profile) {
  if (profile.mode == geo::Mode::drive) return kFastestDrive;
  double fastest = std::max(profile.speed_kmh, profile.steps_kmh);
  for (const double speed : profile.kind_kmh) fastest = std::max(fastest, speed);
  return fastest;
}

}  // namespace

NeedTimes::NeedTimes(const Way& way, const pack::Circle& circle,
                     const std::vector<Facility>& facilities)
    : way_(way), circle_(circle) {
  std::vector<geo::LaneFacility> anchored;
  for (const Facility& facility : facilities) {
    Target target{facility.point, {}, {}};
    for (size_t need = 0; need < circle.needs.size() && facility.in_service; ++need) {
      if (serves(circle.needs[need], facility.kind)) target.needs.push_back(need);
    }
    if (target.needs.empty()) continue;
    target.anchor = way.snap(facility.point).anchor;
    for (const size_t need : target.needs) {
      if (target.anchor.street == geo::kNoStreet) break;
      anchored.push_back({target.anchor, static_cast<uint8_t>(need)});
    }
    targets_.push_back(std::move(target));
  }
  for (const pack::CircleNeed& need : circle.needs) {
    if (need.minimum == 1) continue;
    const int most = std::max(need.minutes.urban.value_or(0), need.minutes.rural.value_or(0));
    longest_ = std::max(longest_, most * 60.0);
  }
  if (way.travel != nullptr) nearest_.emplace(*way.travel, anchored);
}

double NeedTimes::straight(places::Point home, const Target& target) const {
  return way_.straight_seconds(home, target.point);
}

NeedTimes::Answer NeedTimes::of(places::Point home) {
  const geo::Snapped snapped = way_.snap(home);
  const bool on_street = snapped.anchor.street != geo::kNoStreet;
  Answer answer;
  answer.seconds.assign(circle_.needs.size(), kNever);
  answer.estimate = !on_street;
  answer.unconnected = way_.travel != nullptr && (!on_street || snapped.island);
  if (on_street) {
    const auto line = nearest_->of(snapped.anchor);
    for (size_t need = 0; need < answer.seconds.size(); ++need) {
      if (line[need] < geo::kFar) {
        answer.seconds[need] = line[need] / double{geo::kUnitsPerSecond};
      }
    }
  }
  for (const Target& target : targets_) {
    if (on_street && target.anchor.street != geo::kNoStreet) continue;
    const double seconds = straight(home, target);
    for (const size_t need : target.needs) {
      answer.seconds[need] = std::min(answer.seconds[need], seconds);
    }
  }
  if (longest_ > 0) count_out(home, snapped.anchor, answer);
  return answer;
}

void NeedTimes::count_out(places::Point home, const geo::Anchor& anchor, Answer& answer) {
  const bool on_street = anchor.street != geo::kNoStreet;
  if (on_street) {
    if (!search_) search_.emplace(*way_.travel, geo::Direction::from_point);
    search_->search(anchor, static_cast<geo::Time>(longest_ * geo::kUnitsPerSecond));
  }
  std::vector<std::vector<double>> times(circle_.needs.size());
  for (const Target& target : targets_) {
    const bool along = on_street && target.anchor.street != geo::kNoStreet;
    double seconds = along ? kNever : straight(home, target);
    if (const geo::Time time = along ? search_->time_of(target.anchor) : geo::kNoTime;
        time < geo::kNoTime) {
      seconds = time / double{geo::kUnitsPerSecond};
    }
    for (const size_t need : target.needs) times[need].push_back(seconds);
  }
  for (size_t need = 0; need < times.size(); ++need) {
    const auto nth = static_cast<size_t>(circle_.needs[need].minimum);
    if (nth == 1) continue;
    std::sort(times[need].begin(), times[need].end());
    answer.seconds[need] = times[need].size() < nth ? kNever : times[need][nth - 1];
  }
}

Result<CircleTimes> CircleTimes::make(const pack::Content& content, const pack::Circle& circle,
                                      const std::vector<Facility>& facilities, const WayOf& way) {
  CircleTimes made;
  made.content_ = &content;
  made.circle_ = &circle;
  std::vector<std::string> profiles;
  const auto number_of = [&](const std::string& profile) -> Result<size_t> {
    const auto known = std::find(profiles.begin(), profiles.end(), profile);
    if (known != profiles.end()) return static_cast<size_t>(known - profiles.begin());
    profiles.push_back(profile);
    made.held_.push_back(TRY(way(profile)));
    made.times_.push_back(std::make_unique<NeedTimes>(*made.held_.back(), circle, facilities));
    return profiles.size() - 1;
  };
  TRY(number_of(circle.mode));
  for (const auto& [group, profile] : circle.profiles) {
    for (size_t i = 0; i < content.groups.size(); ++i) {
      if (content.groups[i].key != group) continue;
      made.others_.emplace_back(uint64_t{1} << i, TRY(number_of(profile)));
    }
  }
  return made;
}

size_t CircleTimes::way_of(uint64_t groups) const {
  for (const auto& [group, way] : others_) {
    if ((groups & group) != 0) return way;
  }
  return 0;
}

std::vector<Reach> evaluate(CircleTimes& times, const Village& village) {
  const pack::Content& content = times.content();
  const pack::Circle& circle = times.circle();
  std::vector<size_t> asked;  // needs with a time here
  std::vector<double> limits;
  for (size_t need = 0; need < circle.needs.size(); ++need) {
    const auto minutes = circle.needs[need].minutes.in(village.urban);
    if (!minutes) continue;
    asked.push_back(need);
    limits.push_back(*minutes * 60.0);
  }
  if (asked.empty()) return {};
  const std::vector<size_t> groups = groups_asked(content, circle);
  std::vector<Counts> counts(asked.size() + 1, Counts(groups.size()));  // the last: all together
  std::vector<bool> reached(asked.size() + 1);
  for (const Home& home : village.homes) {
    std::vector<std::optional<NeedTimes::Answer>> answers(times.ways());
    for (const Cohort& cohort : home.residents) {
      const size_t way = times.way_of(cohort.groups);
      if (!answers[way]) answers[way] = times.times(way).of(home.point);
      const NeedTimes::Answer& answer = *answers[way];
      reached.back() = true;
      for (size_t i = 0; i < asked.size(); ++i) {
        reached[i] = answer.seconds[asked[i]] <= limits[i];
        if (!reached[i]) reached.back() = false;
      }
      for (size_t group = 0; group < groups.size(); ++group) {
        if ((cohort.groups >> groups[group] & 1) == 0) continue;
        for (size_t i = 0; i < counts.size(); ++i) {
          counts[i].located[group] += cohort.count;
          if (reached[i]) counts[i].reached[group] += cohort.count;
          if (home.estimate || answer.estimate) counts[i].estimated[group] += cohort.count;
          if (answer.unconnected) counts[i].unconnected[group] += cohort.count;
        }
      }
    }
  }
  std::vector<int64_t> residents(groups.size());
  for (const Cohort& cohort : village.residents) {
    for (size_t group = 0; group < groups.size(); ++group) {
      if ((cohort.groups >> groups[group] & 1) != 0) residents[group] += cohort.count;
    }
  }
  std::vector<Reach> rows;
  for (size_t i = 0; i < counts.size(); ++i) {
    for (size_t group = 0; group < groups.size(); ++group) {
      if (residents[group] == 0) continue;
      rows.push_back(
          {circle.key, i < asked.size() ? circle.needs[asked[i]].key : std::string(pack::kComplete),
           content.groups[groups[group]].key, residents[group], counts[i].located[group],
           counts[i].reached[group], counts[i].estimated[group], counts[i].unconnected[group]});
    }
  }
  return rows;
}

VillageCircle summary(const pack::Circle& circle, region::Code village, std::optional<bool> urban,
                      std::string_view group, const std::vector<Reach>& rows) {
  VillageCircle made;
  made.village = village;
  made.minutes = circle.minutes.in(urban);
  for (const Reach& row : rows) {
    if (row.circle != circle.key || row.resident_group != group) continue;
    if (row.need == pack::kComplete) {
      made.residents = row.residents;
      made.located = row.located;
      made.estimated = row.estimated;
      made.unconnected = row.unconnected;
      made.complete = row.reached;
    } else {
      made.needs[row.need] = row.reached;
    }
  }
  return made;
}

double widest_reach_m(const pack::Content& content,
                      const std::function<const geo::Profile*(const std::string&)>& profile) {
  double widest = 0;
  for (const pack::Circle& circle : content.circles) {
    int minutes = 0;
    for (const pack::CircleNeed& need : circle.needs) {
      minutes = std::max({minutes, need.minutes.urban.value_or(0), need.minutes.rural.value_or(0)});
    }
    std::vector<std::string> modes{circle.mode};
    for (const auto& [group, mode] : circle.profiles) modes.push_back(mode);
    for (const std::string& mode : modes) {
      if (const geo::Profile* known = profile(mode)) {
        widest = std::max(widest, minutes * 60 * fastest_kmh(*known) / 3.6 * kRounding);
      }
    }
  }
  return widest;
}

}  // namespace linli::circles
