#include "engine/grids/edit.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace linli::grids {
namespace {

bool is_hard(const Fault& fault) {
  return fault.kind != FaultKind::too_few && fault.kind != FaultKind::too_many;
}

size_t hard_faults(const std::vector<Fault>& faults) {
  return static_cast<size_t>(std::count_if(faults.begin(), faults.end(), is_hard));
}

bool exists(const Division& division, int32_t grid) {
  return grid != kNone && std::find(division.begin(), division.end(), grid) != division.end();
}

// What was wrong before may stay wrong; nothing may become worse.
Result<Edit> proven(const Area& area, const Rule& rule, const Division& before, Division after) {
  Edit edit;
  const std::vector<Fault> faults = faults_of(area, rule, after);
  if (hard_faults(faults) > hard_faults(faults_of(area, rule, before))) {
    return refuse(ErrorKind::conflict, "grids.would_be_cut");
  }
  std::set<int32_t> changed;
  for (size_t i = 0; i < after.size(); ++i) {
    if (before[i] != after[i]) changed.insert({before[i], after[i]});
  }
  for (const auto& [grid, households] : households_of(area, after)) {
    if (changed.contains(grid)) edit.households[grid] = households;
  }
  for (const Fault& fault : faults) {
    if (changed.contains(fault.grid)) edit.faults.push_back(fault);
  }
  edit.division = std::move(after);
  return edit;
}

}  // namespace

Result<Edit> move_buildings(const Area& area, const Rule& rule, const Division& division,
                            std::span<const uint32_t> buildings, int32_t to) {
  if (to == kNone) return refuse(ErrorKind::invalid, "grids.unknown_grid");
  Division after = division;
  for (const uint32_t building : buildings) {
    if (building >= after.size() || division.size() != area.buildings.size()) {
      return refuse(ErrorKind::invalid, "grids.unknown_building");
    }
    after[building] = to;
  }
  return proven(area, rule, division, std::move(after));
}

Result<Edit> join(const Area& area, const Rule& rule, const Division& division, int32_t into,
                  int32_t from) {
  if (!exists(division, into) || !exists(division, from) || into == from) {
    return refuse(ErrorKind::invalid, "grids.unknown_grid");
  }
  Division after = division;
  std::replace(after.begin(), after.end(), from, into);
  return proven(area, rule, division, std::move(after));
}

Result<Edit> part(const Area& area, const Rule& rule, const Division& division, int32_t grid,
                  int32_t fresh, const Control& control) {
  if (!exists(division, grid) || exists(division, fresh) || fresh == kNone) {
    return refuse(ErrorKind::invalid, "grids.unknown_grid");
  }
  Area inside;
  std::vector<uint32_t> number(division.size(), 0);
  std::vector<size_t> members;
  double households = 0;
  for (size_t i = 0; i < division.size(); ++i) {
    if (division[i] != grid) continue;
    number[i] = static_cast<uint32_t>(members.size());
    members.push_back(i);
    inside.buildings.push_back(area.buildings[i]);
    households += area.buildings[i].households;
  }
  for (const Neighbours& pair : area.neighbours) {
    if (division[pair.a] != grid || division[pair.b] != grid) continue;
    inside.neighbours.push_back({number[pair.a], number[pair.b], pair.weight});
  }
  const Rule halves{0.45 * households, 0.55 * households + 1};
  const Answer halved = TRY(divide(inside, halves, control));
  Division after = division;
  for (size_t n = 0; n < members.size(); ++n) {
    // More than two are possible only where the grid was in pieces; they stay what they were.
    if (halved.division[n] == 2) after[members[n]] = fresh;
  }
  if (after == division) return refuse(ErrorKind::conflict, "grids.would_be_cut");
  return proven(area, rule, division, std::move(after));
}

}  // namespace linli::grids
