#include "domain/grids/rules.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

namespace linli::grids {
namespace {

// Metres on a plane that touches the community.
std::pair<double, double> on_plane(places::Point point, places::Point origin) {
  constexpr double kDegreeM = 111'320;
  const double narrower = std::cos(origin.lat * std::numbers::pi / 180);
  return {(point.lon - origin.lon) * kDegreeM * narrower, (point.lat - origin.lat) * kDegreeM};
}

// Houses without a villagers' group go with the nearest that has one.
void join_nearest_group(const Community& community, Area& area,
                        std::vector<std::string>& without_group) {
  const std::vector<Building> known = area.buildings;
  for (size_t i = 0; i < known.size(); ++i) {
    if (known[i].group != kNone) continue;
    double least = std::numeric_limits<double>::infinity();
    for (const Building& other : known) {
      const double away = std::hypot(other.x - known[i].x, other.y - known[i].y);
      if (other.group == kNone || away >= least) continue;
      least = away;
      area.buildings[i].group = other.group;
    }
    without_group.push_back(community.houses[i].id);
  }
}

std::string replaced(std::string pattern, std::string_view what, const std::string& with) {
  if (const size_t at = pattern.find(what); at != std::string::npos) {
    pattern.replace(at, what.size(), with);
  }
  return pattern;
}

}  // namespace

std::string_view name_of(DraftState state) {
  constexpr std::string_view kNames[] = {"draft", "applying", "applied", "discarded", "stopped"};
  return kNames[static_cast<size_t>(state)];
}

DraftState draft_state_named(std::string_view name) {
  for (const DraftState state : {DraftState::draft, DraftState::applying, DraftState::applied,
                                 DraftState::discarded, DraftState::stopped}) {
    if (name_of(state) == name) return state;
  }
  throw std::logic_error("no state of a draft: " + std::string(name));
}

int32_t number_in(Code parent, Code place) {
  const region::Level level =
      parent.level() == region::Level::village ? region::Level::grid : region::Level::micro_grid;
  if (!parent.contains(place) || place.level() < level) return kNone;
  const int64_t below = place.at(level).padded() - parent.padded();
  return static_cast<int32_t>(level == region::Level::grid ? below / 100 : below);
}

Code code_of(Code parent, int32_t number) {
  const int64_t step = parent.level() == region::Level::village ? 100 : 1;
  return Code(parent.padded() + number * step);
}

Ground ground(const Community& community, const LocalRule& rule, const Walk& walk) {
  Ground made;
  made.rule = {.least = rule.least, .most = rule.most, .groups_are_grids = rule.by_groups};
  std::map<std::string, double> households;
  for (const House& house : community.houses) {
    for (const std::string& group : {house.estate, house.villagers_group}) {
      if (!group.empty()) households[group] += static_cast<double>(house.all.households);
    }
  }
  std::map<std::string, int64_t> numbers;
  const auto number = [&](const std::string& group) -> int64_t {
    if (group.empty()) return kNone;
    const auto next = static_cast<int64_t>(numbers.size()) + 1;
    return numbers.try_emplace(group, next).first->second;
  };
  std::vector<int64_t> close;
  for (const House& house : community.houses) {
    const auto [x, y] = on_plane(*house.point, *community.houses.front().point);
    Building building{.x = x, .y = y, .households = static_cast<double>(house.all.households)};
    const bool estate_fits = !house.estate.empty() && households[house.estate] <= made.rule.most;
    const bool group_fits =
        !house.villagers_group.empty() && households[house.villagers_group] <= made.rule.most;
    if (rule.by_groups) {
      building.group = number(house.villagers_group);
    } else if (estate_fits) {
      building.group = number(house.estate);
    } else if (group_fits && house.estate.empty()) {
      building.group = number(house.villagers_group);
    }
    close.push_back(number(house.estate));
    made.area.buildings.push_back(building);
  }
  if (rule.by_groups) join_nearest_group(community, made.area, made.without_group);
  for (const auto& [group, its_number] : numbers) made.blocks[its_number] = group;
  made.area.neighbours = neighbours(made.area.buildings, close, walk);
  return made;
}

GridOf in_force(const Community& community) {
  std::set<int32_t> active;
  for (const Grid& grid : community.grids) active.insert(grid.number);
  GridOf found;
  for (const House& house : community.houses) {
    int32_t grid = number_in(community.parent, house.place);
    int64_t most = 0;
    for (const auto& [recorded, count] : house.recorded) {
      if (count.households > most) most = count.households, grid = recorded;
    }
    if (active.contains(grid)) found[house.id] = grid;
  }
  return found;
}

Division division_of(const Community& community, const GridOf& grid_of) {
  Division division;
  for (const House& house : community.houses) {
    const auto known = grid_of.find(house.id);
    division.push_back(known == grid_of.end() ? kNone : known->second);
  }
  return division;
}

GridOf grid_of(const Community& community, const Division& division) {
  GridOf made;
  for (size_t i = 0; i < division.size(); ++i) {
    if (division[i] != kNone) made[community.houses[i].id] = division[i];
  }
  return made;
}

Division complete(const Community& community, const Ground& ground, const GridOf& grid_of) {
  Division division = division_of(community, grid_of);
  const bool any =
      std::any_of(division.begin(), division.end(), [](int32_t grid) { return grid != kNone; });
  any ? place_new(ground.area, division) : std::fill(division.begin(), division.end(), kFirstNew);
  return division;
}

int32_t fresh_number(const Division& division) {
  int32_t highest = kFirstNew - 1;
  for (const int32_t grid : division) highest = std::max(highest, grid);
  return highest + 1;
}

Division keep_numbers(const Community& community, const Division& before, const Division& drawn) {
  std::map<std::pair<int32_t, int32_t>, int64_t> shared;  // drawn, before → households
  for (size_t i = 0; i < drawn.size(); ++i) {
    if (before[i] != kNone) shared[{drawn[i], before[i]}] += community.houses[i].all.households;
  }
  std::vector<std::pair<int64_t, std::pair<int32_t, int32_t>>> order;
  for (const auto& [pair, households] : shared) order.emplace_back(-households, pair);
  std::sort(order.begin(), order.end());
  std::map<int32_t, int32_t> number;
  std::set<int32_t> taken;
  for (const auto& [households, pair] : order) {
    if (number.contains(pair.first) || taken.contains(pair.second)) continue;
    number[pair.first] = pair.second;
    taken.insert(pair.second);
  }
  int32_t fresh = fresh_number(before);
  Division kept;
  for (const int32_t grid : drawn) {
    const auto [known, is_new] = number.try_emplace(grid, fresh);
    if (is_new) ++fresh;
    kept.push_back(known->second);
  }
  return kept;
}

Change change_of(const Community& community, const Division& division) {
  Change change;
  std::set<int32_t> used;
  for (size_t i = 0; i < division.size(); ++i) {
    used.insert(division[i]);
    const House& house = community.houses[i];
    change.households += house.all.households;
    for (const auto& [recorded, count] : house.recorded) {
      const bool first = recorded == kNone;
      if (recorded == division[i]) continue;
      (first ? change.first : change.moved) += count.households;
      (first ? change.residents_first : change.residents_moved) += count.residents;
    }
  }
  for (const Grid& grid : community.grids) {
    if (used.erase(grid.number) == 0) change.closed.push_back(grid.number);
  }
  used.erase(kNone);
  change.opened.assign(used.begin(), used.end());
  return change;
}

Result<std::vector<uint32_t>> with_their_group(const Community& community, const Ground& ground,
                                               const std::vector<std::string>& houses) {
  std::set<uint32_t> all;
  for (const std::string& id : houses) {
    const auto found = std::find_if(community.houses.begin(), community.houses.end(),
                                    [&](const House& house) { return house.id == id; });
    if (found == community.houses.end()) {
      return refuse(ErrorKind::invalid, "grids.unknown_building", id);
    }
    const auto at = static_cast<uint32_t>(found - community.houses.begin());
    const int64_t group = ground.area.buildings[at].group;
    all.insert(at);
    for (uint32_t i = 0; group != kNone && i < ground.area.buildings.size(); ++i) {
      if (ground.area.buildings[i].group == group) all.insert(i);
    }
  }
  return std::vector<uint32_t>(all.begin(), all.end());
}

std::string name_of_grid(const Community& community, const pack::Content& content,
                         const LocalRule& rule, const GridOf& grid_of,
                         const std::map<int32_t, std::string>& given, int32_t number) {
  if (const auto name = given.find(number); name != given.end()) return name->second;
  for (const Grid& grid : community.grids) {
    if (grid.number == number) return grid.name;
  }
  const bool micro = community.parent.level() == region::Level::grid;
  const std::string key = micro ? "micro_grid" : rule.by_groups ? "villagers_group" : "grid";
  const pack::ChoiceList* kinds = content.list("grid_kind");
  const pack::Choice* kind = kinds == nullptr ? nullptr : kinds->find(key);
  std::string pattern = "{n}";
  if (kind != nullptr && kind->attributes.contains("pattern")) {
    pattern = kind->attributes.at("pattern").as_string();
  }
  if (pattern.find("{group}") != std::string::npos) {
    for (const House& house : community.houses) {
      const auto its = grid_of.find(house.id);
      const auto group = community.villagers_groups.find(house.villagers_group);
      if (its == grid_of.end() || its->second != number) continue;
      if (group != community.villagers_groups.end()) {
        return replaced(pattern, "{group}", group->second);
      }
    }
    pattern = "{n}";
  }
  // The code that it will get: those of the new grids before it come first.
  std::set<int32_t> before;
  for (const auto& [house, other] : grid_of) {
    if (other >= kFirstNew && other < number) before.insert(other);
  }
  const int32_t nth = community.last_number + static_cast<int32_t>(before.size()) + 1;
  return replaced(pattern, "{n}", std::to_string(nth));
}

std::string not_placed_in(Code grid) {
  return "without-" + grid.text();
}

bool is_proven(const std::vector<Fault>& faults) {
  return std::all_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.kind == FaultKind::too_few || fault.kind == FaultKind::too_many;
  });
}

bool is_in_range(const std::vector<Fault>& faults) {
  return std::none_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.kind == FaultKind::too_few || fault.kind == FaultKind::too_many;
  });
}

}  // namespace linli::grids
