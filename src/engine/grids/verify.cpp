#include "engine/grids/verify.h"

#include <cmath>
#include <numeric>
#include <set>

namespace linli::grids {
namespace {

// Parts of a grid that are connected with each other (union and find).
class Parts {
 public:
  explicit Parts(size_t size) : above_(size) { std::iota(above_.begin(), above_.end(), 0); }
  size_t find(size_t one) {
    while (above_[one] != one) one = above_[one] = above_[above_[one]];
    return one;
  }
  void join(size_t a, size_t b) { above_[find(a)] = find(b); }

 private:
  std::vector<size_t> above_;
};

}  // namespace

std::map<int32_t, double> households_of(const Area& area, const Division& division) {
  std::map<int32_t, double> households;
  for (size_t i = 0; i < area.buildings.size(); ++i) {
    if (division[i] != kNone) households[division[i]] += area.buildings[i].households;
  }
  return households;
}

std::vector<Fault> faults_of(const Area& area, const Rule& rule, const Division& division) {
  std::vector<Fault> faults;
  if (division.size() != area.buildings.size()) {
    faults.push_back({FaultKind::without_grid});
    return faults;
  }
  Parts parts(division.size());
  for (const Neighbours& pair : area.neighbours) {
    if (division[pair.a] == division[pair.b]) parts.join(pair.a, pair.b);
  }
  std::map<int32_t, std::set<size_t>> connected;
  std::map<int64_t, std::set<int32_t>> groups;
  for (size_t i = 0; i < division.size(); ++i) {
    const Building& building = area.buildings[i];
    if (division[i] == kNone) {
      faults.push_back({FaultKind::without_grid, kNone, building.group, building.households});
      continue;
    }
    connected[division[i]].insert(parts.find(i));
    if (building.group != kNone) groups[building.group].insert(division[i]);
  }
  const std::map<int32_t, double> households = households_of(area, division);
  for (const auto& [grid, roots] : connected) {
    const double count = households.at(grid);
    if (roots.size() > 1 && !rule.groups_are_grids) {
      faults.push_back({FaultKind::cut_apart, grid, kNone, count});
    }
    if (rule.groups_are_grids) continue;
    if (count < rule.least) faults.push_back({FaultKind::too_few, grid, kNone, count});
    if (count > rule.most) faults.push_back({FaultKind::too_many, grid, kNone, count});
  }
  for (const auto& [group, grids] : groups) {
    if (grids.size() > 1) faults.push_back({FaultKind::group_cut, *grids.begin(), group, 0});
  }
  return faults;
}

double cut_of(const Area& area, const Division& division) {
  double cut = 0;
  for (const Neighbours& pair : area.neighbours) {
    if (division[pair.a] != division[pair.b]) cut += pair.weight;
  }
  return cut;
}

double spread_of(const Area& area, const Division& division) {
  struct Centre {
    double x = 0, y = 0, households = 0;
  };
  std::map<int32_t, Centre> centres;
  double all = 0;
  for (size_t i = 0; i < division.size(); ++i) {
    const Building& building = area.buildings[i];
    Centre& centre = centres[division[i]];
    centre.x += building.households * building.x;
    centre.y += building.households * building.y;
    centre.households += building.households;
    all += building.households;
  }
  double sum = 0;
  for (size_t i = 0; i < division.size(); ++i) {
    const Building& building = area.buildings[i];
    const Centre& centre = centres[division[i]];
    if (building.households == 0) continue;
    sum += building.households * std::hypot(building.x - centre.x / centre.households,
                                            building.y - centre.y / centre.households);
  }
  return all > 0 ? sum / all : 0;
}

double moved_between(const Area& area, const Division& before, const Division& after) {
  double moved = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    if (before[i] != after[i]) moved += area.buildings[i].households;
  }
  return moved;
}

}  // namespace linli::grids
