#include "engine/grids/divide.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "engine/grids/anneal.h"
#include "engine/grids/start.h"

namespace linli::grids {
namespace {

constexpr double kMoves = 8e7;           // at effort 1
constexpr double kMovesForEdge = 40000;  // where there are few
constexpr double kTrial = 0.1;           // of the moves, for each size that is tried

Done check(const Area& area, const Rule& rule) {
  const bool range = rule.least >= 0 && rule.most > 0 && rule.least <= rule.most;
  if (!range) return refuse(ErrorKind::invalid, "grids.wrong_rule");
  bool right = true;
  for (const Building& building : area.buildings) {
    right = right && std::isfinite(building.x) && std::isfinite(building.y) &&
            building.households >= 0 && std::isfinite(building.households);
  }
  for (const Neighbours& pair : area.neighbours) {
    right = right && pair.a < area.buildings.size() && pair.b < area.buildings.size() &&
            pair.a != pair.b && pair.weight >= 0 && std::isfinite(pair.weight);
  }
  if (!right) return refuse(ErrorKind::invalid, "grids.wrong_area");
  return {};
}

double mean_weight(const Units& units) {
  double sum = 0;
  for (const Edge& edge : units.edges) sum += edge.weight;
  return units.edges.empty() ? 1 : std::max(1e-9, sum / static_cast<double>(units.edges.size()));
}

// At first a household too many or too few costs so much that an average unit's weigh as much as a
// border.
double soft_cost(const Units& units, double weight) {
  const double all = std::accumulate(units.households.begin(), units.households.end(), 0.0);
  return weight * static_cast<double>(units.size()) / std::max(1.0, all);
}

double moves_for(const Units& units, const Control& control) {
  return control.effort * std::min(kMoves, kMovesForEdge * static_cast<double>(units.edges.size()));
}

// Numbers from 1, by the first building of each grid.
Division renumbered(Division division) {
  std::map<int32_t, int32_t> number;
  for (int32_t& grid : division) {
    grid = number.try_emplace(grid, static_cast<int32_t>(number.size()) + 1).first->second;
  }
  return division;
}

Division by_groups(const Area& area) {
  Division division(area.buildings.size(), kNone);
  std::map<int64_t, int32_t> number;
  for (size_t i = 0; i < division.size(); ++i) {
    const int64_t group = area.buildings[i].group;
    if (group == kNone) continue;
    division[i] = number.try_emplace(group, static_cast<int32_t>(number.size()) + 1).first->second;
  }
  return division;
}

Answer answer_of(const Area& area, const Rule& rule, Division division, const Control& control) {
  Answer answer;
  answer.division = std::move(division);
  answer.faults = faults_of(area, rule, answer.division);
  answer.cut = cut_of(area, answer.division);
  answer.spread_m = spread_of(area, answer.division);
  answer.stopped = control.stop.stop_requested();
  return answer;
}

struct Trial {
  Best best;
  size_t count = 0;
};

// Of some starts with grids of about a size, the best, and a short annealing of it.
Trial try_size(const Units& units, const Rule& rule, const Costs& costs, double size, double moves,
               double weight, Random& random, const Control& control) {
  Trial trial;
  double least = std::numeric_limits<double>::infinity();
  for (const int imbalance : {30, 200}) {
    for (int seed = 1; seed <= 2; ++seed) {
      Start start = divide_by_metis(units, size, imbalance, seed);
      const Parts parts(units, start.part_of, start.count, rule.least, rule.most);
      const double cost = parts.cost(costs) + weight * parts.violation();
      if (cost >= least) continue;
      least = cost;
      trial.best.part_of = start.part_of;
      trial.count = start.count;
    }
  }
  Parts parts(units, trial.best.part_of, trial.count, rule.least, rule.most);
  const Schedule schedule{moves, 0.3 * weight, 0.03 * weight, soft_cost(units, weight),
                          30 * soft_cost(units, weight)};
  trial.best = anneal(units, parts, costs, schedule, random, control.stop, [](double) {});
  return trial;
}

Division divide_by_size(const Area& area, const Rule& rule, const Control& control) {
  const Units units = make_units(area);
  Random random(control.seed);
  const double weight = mean_weight(units);
  const double moves = moves_for(units, control);
  const double middle = (rule.least + rule.most) / 2;
  Costs costs;
  {
    const Start start = divide_by_metis(units, middle, 200, 1);
    const Parts parts(units, start.part_of, start.count, rule.least, rule.most);
    if (parts.spread() > 0) costs.spread = control.compactness * parts.cut() / parts.spread();
  }
  Trial best;
  best.best.violation = std::numeric_limits<double>::infinity();
  const std::vector<double> sizes = {middle, 0.5 * (middle + rule.most), 0.9 * rule.most};
  for (size_t k = 0; k < sizes.size(); ++k) {
    if (k > 0 && control.stop.stop_requested()) break;
    Trial trial = try_size(units, rule, costs, sizes[k], kTrial * moves, weight, random, control);
    const bool better =
        trial.best.violation < best.best.violation - 1e-9 ||
        (trial.best.violation <= best.best.violation + 1e-9 && trial.best.cost < best.best.cost);
    if (better) best = std::move(trial);
  }
  Parts parts(units, best.best.part_of, best.count, rule.least, rule.most);
  const Schedule schedule{moves, weight, 0.02 * weight, soft_cost(units, weight),
                          30 * soft_cost(units, weight)};
  const Best found = anneal(units, parts, costs, schedule, random, control.stop, [&](double done) {
    if (control.progress) control.progress(0.3 + 0.7 * done);
  });
  const bool better =
      found.violation < best.best.violation - 1e-9 ||
      (found.violation <= best.best.violation + 1e-9 && found.cost < best.best.cost);
  return renumbered(units.to_buildings(better ? found.part_of : best.best.part_of));
}

}  // namespace

void place_new(const Area& area, Division& division) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const Neighbours& pair : area.neighbours) {
      for (const auto& [to, from] : {std::pair{pair.a, pair.b}, std::pair{pair.b, pair.a}}) {
        if (division[to] != kNone || division[from] == kNone) continue;
        division[to] = division[from];
        changed = true;
      }
    }
  }
  for (size_t i = 0; i < division.size(); ++i) {
    if (division[i] != kNone) continue;
    double nearest = std::numeric_limits<double>::infinity();
    for (size_t k = 0; k < division.size(); ++k) {
      const double away = std::hypot(area.buildings[i].x - area.buildings[k].x,
                                     area.buildings[i].y - area.buildings[k].y);
      if (k == i || division[k] == kNone || away >= nearest) continue;
      nearest = away;
      division[i] = division[k];
    }
    if (division[i] == kNone) division[i] = 1;
  }
}

Result<Answer> divide(const Area& area, const Rule& rule, const Control& control) {
  TRY(check(area, rule));
  if (area.buildings.empty()) return Answer{};
  Division division = rule.groups_are_grids ? by_groups(area) : divide_by_size(area, rule, control);
  if (control.progress) control.progress(1);
  return answer_of(area, rule, std::move(division), control);
}

namespace {

// The parts of a division, from 0, and their numbers.
struct Numbered {
  std::vector<int32_t> part_of;
  std::vector<int32_t> numbers;
};

Numbered numbered(const std::vector<int32_t>& grid_of) {
  Numbered made;
  const std::set<int32_t> all(grid_of.begin(), grid_of.end());
  made.numbers.assign(all.begin(), all.end());
  for (const int32_t grid : grid_of) {
    made.part_of.push_back(static_cast<int32_t>(
        std::lower_bound(made.numbers.begin(), made.numbers.end(), grid) - made.numbers.begin()));
  }
  return made;
}

// Half of the fullest grid becomes a new one; or the emptiest one joins its neighbours.
void change_number(const Units& units, const Rule& rule, std::vector<int32_t>& grid_of,
                   int32_t fresh) {
  std::map<int32_t, double> households;
  for (size_t unit = 0; unit < units.size(); ++unit) {
    households[grid_of[unit]] += units.households[unit];
  }
  const auto by_count = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto fullest = std::max_element(households.begin(), households.end(), by_count);
  const auto emptiest = std::min_element(households.begin(), households.end(), by_count);
  if (fullest->second - rule.most >= rule.least - emptiest->second) {
    double half = 0;
    std::vector<uint32_t> todo;
    std::vector<bool> taken(units.size(), false);
    for (uint32_t unit = 0; unit < units.size() && todo.empty(); ++unit) {
      if (grid_of[unit] == fullest->first) todo.push_back(unit), taken[unit] = true;
    }
    for (size_t next = 0; next < todo.size() && half < fullest->second / 2; ++next) {
      half += units.households[todo[next]];
      grid_of[todo[next]] = fresh;
      for (const Edge& edge : units.of(todo[next])) {
        if (taken[edge.to] || grid_of[edge.to] != fullest->first) continue;
        taken[edge.to] = true;
        todo.push_back(edge.to);
      }
    }
    return;
  }
  const int32_t gone = emptiest->first;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t unit = 0; unit < units.size(); ++unit) {
      if (grid_of[unit] != gone) continue;
      for (const Edge& edge : units.of(unit)) {
        if (grid_of[edge.to] == gone) continue;
        grid_of[unit] = grid_of[edge.to];
        changed = true;
        break;
      }
    }
  }
}

double least_moved(const Area& area, const Rule& rule, const Division& before) {
  double excess = 0;
  double deficit = 0;
  for (const auto& [grid, households] : households_of(area, before)) {
    excess += std::max(0.0, households - rule.most);
    deficit += std::max(0.0, rule.least - households);
  }
  return std::max(excess, deficit);
}

}  // namespace

Result<Answer> rebalance(const Area& area, const Rule& rule, const Division& before,
                         const Control& control) {
  TRY(check(area, rule));
  if (before.size() != area.buildings.size()) {
    return refuse(ErrorKind::invalid, "grids.wrong_area");
  }
  if (area.buildings.empty()) return Answer{};
  if (rule.groups_are_grids) return answer_of(area, rule, by_groups(area), control);
  Division placed = before;
  place_new(area, placed);
  const Units units = make_units(area);
  Random random(control.seed);
  const std::vector<int32_t> home = units.from_buildings(placed);
  std::vector<int32_t> grid_of = home;
  Best best;
  best.violation = std::numeric_limits<double>::infinity();
  int32_t fresh = *std::max_element(placed.begin(), placed.end());
  for (int attempt = 0; attempt < 5 && !control.stop.stop_requested(); ++attempt) {
    const Numbered now = numbered(grid_of);
    std::vector<int32_t> home_parts;
    for (const int32_t grid : home) {
      const auto found = std::lower_bound(now.numbers.begin(), now.numbers.end(), grid);
      const bool stands = found != now.numbers.end() && *found == grid;
      home_parts.push_back(stands ? static_cast<int32_t>(found - now.numbers.begin()) : kNone);
    }
    Parts parts(units, now.part_of, now.numbers.size(), rule.least, rule.most, home_parts);
    Best found{now.part_of, 0, parts.violation()};
    if (parts.violation() > 0 || attempt > 0) {
      // In households: a moved one counts 1, borders only a little.
      const Costs costs{.cut = 0.02 / mean_weight(units), .moved = 1};
      const Schedule schedule{0.5 * moves_for(units, control), 10, 0.1, 1, 30};
      found = anneal(units, parts, costs, schedule, random, control.stop, [&](double done) {
        if (control.progress) control.progress(0.2 * (attempt + done));
      });
    }
    if (found.violation < best.violation - 1e-9) {
      best = found;
      for (int32_t& part : best.part_of) part = now.numbers[static_cast<size_t>(part)];
    }
    if (best.violation <= 1e-9) break;
    grid_of = best.part_of;
    change_number(units, rule, grid_of, ++fresh);
  }
  if (control.progress) control.progress(1);
  Answer answer = answer_of(area, rule, units.to_buildings(best.part_of), control);
  answer.moved = moved_between(area, placed, answer.division);
  answer.moved_least = least_moved(area, rule, placed);
  return answer;
}

}  // namespace linli::grids
