// Times from homes to what circles need, and how many residents they reach.
#include <algorithm>
#include <limits>
#include <utility>

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

}  // namespace

double fastest_kmh(const geo::Profile& profile) {
  if (profile.mode == geo::Mode::drive) return kFastestDrive;
  double fastest = std::max(profile.speed_kmh, profile.steps_kmh);
  for (const double speed : profile.kind_kmh) fastest = std::max(fastest, speed);
  return fastest;
}

NeedTimes::NeedTimes(const Way& way, const pack::Circle& circle,
                     const std::vector<Facility>& facilities, Use use)
    : way_(way), circle_(circle), kept_(use == Use::to_try) {
  for (size_t i = 0; i < facilities.size(); ++i) target(facilities[i], i);
  targets_before_ = targets_.size();
  std::vector<geo::LaneFacility> anchored;
  for (const Target& target : targets_) {
    if (target.anchor.street == geo::kNoStreet) continue;
    for (const size_t need : target.needs) {
      anchored.push_back({target.anchor, static_cast<uint8_t>(need)});
    }
  }
  for (const pack::CircleNeed& need : circle.needs) {
    if (need.minimum == 1) continue;
    const int most = std::max(need.minutes.urban.value_or(0), need.minutes.rural.value_or(0));
    longest_ = std::max(longest_, most * 60.0);
  }
  if (way.travel == nullptr) return;
  if (use == Use::to_try) {
    trials_.emplace(*way.travel, anchored, circle.needs.size());
  } else {
    nearest_.emplace(*way.travel, anchored);
  }
}

void NeedTimes::target(const Facility& facility, size_t number) {
  if (!facility.in_service) return;
  Target made{facility.point, {}, {}, number};
  for (size_t need = 0; need < circle_.needs.size(); ++need) {
    if (serves(circle_.needs[need], facility.kind)) made.needs.push_back(need);
  }
  if (made.needs.empty()) return;
  made.anchor = way_.snap(facility.point).anchor;
  targets_.push_back(std::move(made));
}

void NeedTimes::close(size_t facility) {
  for (size_t i = 0; i < targets_before_; ++i) {
    Target& target = targets_[i];
    if (target.facility != facility) continue;
    for (const size_t need : target.needs) {
      if (trials_) trials_->remove({target.anchor, static_cast<uint8_t>(need)});
    }
    closed_.emplace_back(i, std::exchange(target.needs, {}));
    return;
  }
}

void NeedTimes::add(const Facility& facility) {
  const size_t before = targets_.size();
  target(facility, 0);
  if (!trials_ || targets_.size() == before) return;
  for (const size_t need : targets_.back().needs) {
    trials_->add({targets_.back().anchor, static_cast<uint8_t>(need)});
  }
}

Result<std::array<places::Point, 2>> NeedTimes::open_path(const Trial::Path& path) {
  std::array<geo::Node, 2> ends{geo::kNoNode, geo::kNoNode};
  if (trials_) {
    ends = {trials_->junction(way_.snap(path.from).anchor),
            trials_->junction(way_.snap(path.to).anchor)};
  }
  if (ends[0] == geo::kNoNode || ends[1] == geo::kNoNode) {
    return refuse(ErrorKind::invalid, "circle.no_street_near");
  }
  trials_->open_path(ends[0], ends[1]);
  const auto& nodes = way_.travel->network().nodes;
  return std::array{off_map(nodes[ends[0]]), off_map(nodes[ends[1]])};
}

void NeedTimes::take_back() {
  while (trials_ && trials_->undo()) {
  }
  targets_.resize(targets_before_);
  for (auto& [target, needs] : closed_) targets_[target].needs = std::move(needs);
  closed_.clear();
}

const geo::Snapped& NeedTimes::snapped(places::Point home) {
  if (!kept_) snapped_.clear();
  const geo::Location at = on_map(home);
  const uint64_t key =
      uint64_t{static_cast<uint32_t>(at.lon)} << 32 | static_cast<uint32_t>(at.lat);
  const auto [found, fresh] = snapped_.try_emplace(key);
  if (fresh) found->second = way_.snap(home);
  return found->second;
}

double NeedTimes::straight(places::Point home, const Target& target) const {
  return way_.straight_seconds(home, target.point);
}

NeedTimes::Answer NeedTimes::of(places::Point home) {
  const geo::Snapped snapped = this->snapped(home);
  const bool on_street = snapped.anchor.street != geo::kNoStreet;
  Answer answer;
  answer.seconds.assign(circle_.needs.size(), kNever);
  answer.estimate = !on_street;
  answer.unconnected = way_.travel != nullptr && (!on_street || snapped.island);
  if (on_street) {
    const auto line = trials_ ? trials_->of(snapped.anchor) : nearest_->of(snapped.anchor);
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
                                      const std::vector<Facility>& facilities, const WayOf& way,
                                      NeedTimes::Use use) {
  CircleTimes made;
  made.content_ = &content;
  made.circle_ = &circle;
  std::vector<std::string> profiles;
  const auto number_of = [&](const std::string& profile) -> Result<size_t> {
    const auto known = std::find(profiles.begin(), profiles.end(), profile);
    if (known != profiles.end()) return static_cast<size_t>(known - profiles.begin());
    profiles.push_back(profile);
    made.held_.push_back(TRY(way(profile)));
    made.times_.push_back(std::make_unique<NeedTimes>(*made.held_.back(), circle, facilities, use));
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
