#include "domain/circles/settlement.h"

#include <algorithm>

namespace linli::circles {

void count(std::vector<Cohort>& cohorts, uint64_t groups, int64_t people) {
  if (people == 0) return;
  for (Cohort& cohort : cohorts) {
    if (cohort.groups != groups) continue;
    cohort.count += people;
    return;
  }
  cohorts.push_back({groups, people});
}

void Settlement::add_dwelling(const std::string& id, std::optional<places::Point> point,
                              const std::string& building) {
  if (!point) {
    const auto found = buildings_.find(building);
    if (found != buildings_.end()) point = found->second;
  }
  if (point) dwellings_.emplace(id, *point);
}

void Settlement::add_household(HouseholdAt household, const std::string& dwelling,
                               const std::string& estate) {
  const auto home = dwellings_.find(dwelling);
  const auto at = estates_.find(estate);
  if (home != dwellings_.end()) {
    household.point = home->second;
  } else if (at != estates_.end()) {
    household.point = at->second;
    household.estimate = true;
  }
  number_of_[household.id] = households_.size();
  households_.push_back(std::move(household));
}

void Settlement::settle(const std::string& household, uint64_t groups) {
  const auto known = number_of_.find(household);
  if (known != number_of_.end() && households_[known->second].point) {
    const HouseholdAt& at = households_[known->second];
    count(home(*at.point, at.estimate).residents, groups, 1);
  } else {
    count(homeless_, groups, 1);
  }
}

std::vector<places::Point> Settlement::spread() const {
  std::vector<places::Point> points;
  for (const Points* some : {&dwellings_, &buildings_, &estates_}) {
    if (!points.empty()) break;
    for (const auto& [id, point] : *some) points.push_back(point);
  }
  std::sort(points.begin(), points.end(), [](const places::Point& a, const places::Point& b) {
    return std::pair(a.lon, a.lat) < std::pair(b.lon, b.lat);
  });
  return points;
}

std::vector<Home> Settlement::homes() && {
  if (homeless_.empty()) return std::move(homes_);
  const std::vector<places::Point> points = spread();
  const auto places = static_cast<int64_t>(points.size());
  for (const Cohort& cohort : homeless_) {
    // Evenly; the remainder falls on the first.
    for (int64_t i = 0; i < places; ++i) {
      const int64_t share = cohort.count / places + (i < cohort.count % places ? 1 : 0);
      if (share == 0) break;
      count(home(points[static_cast<size_t>(i)], true).residents, cohort.groups, share);
    }
  }
  return std::move(homes_);
}

Home& Settlement::home(const places::Point& point, bool estimate) {
  const auto [at, fresh] =
      number_.emplace(std::tuple(point.lon, point.lat, estimate), homes_.size());
  if (fresh) homes_.push_back({point, estimate, {}});
  return homes_[at->second];
}

}  // namespace linli::circles
