#include "engine/grids/start.h"

#include <algorithm>
#include <cmath>

#include <metis.h>

namespace linli::grids {
namespace {

// The units of one component, with numbers of their own.
struct Part {
  std::vector<uint32_t> members;
  double households = 0;
};

std::vector<Part> components_of(const Units& units) {
  std::vector<Part> parts(units.components());
  for (uint32_t unit = 0; unit < units.size(); ++unit) {
    parts[units.component[unit]].members.push_back(unit);
    parts[units.component[unit]].households += units.households[unit];
  }
  return parts;
}

std::vector<idx_t> run_metis(const Units& units, const Part& part, idx_t count, int imbalance,
                             int seed) {
  std::vector<idx_t> number(units.size(), 0);
  for (size_t n = 0; n < part.members.size(); ++n) {
    number[part.members[n]] = static_cast<idx_t>(n);
  }
  std::vector<idx_t> first = {0}, to, edge_weight, weight;
  for (const uint32_t unit : part.members) {
    weight.push_back(static_cast<idx_t>(std::lround(units.households[unit])));
    for (const Edge& edge : units.of(unit)) {
      to.push_back(number[edge.to]);
      edge_weight.push_back(std::max<idx_t>(1, static_cast<idx_t>(std::lround(edge.weight))));
    }
    first.push_back(static_cast<idx_t>(to.size()));
  }
  idx_t options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_CONTIG] = 1;
  options[METIS_OPTION_UFACTOR] = imbalance;
  options[METIS_OPTION_SEED] = seed;
  options[METIS_OPTION_NITER] = 50;
  auto vertices = static_cast<idx_t>(part.members.size());
  idx_t constraints = 1;
  idx_t cut = 0;
  std::vector<idx_t> found(part.members.size(), 0);
  METIS_PartGraphKway(&vertices, &constraints, first.data(), to.data(), weight.data(), nullptr,
                      edge_weight.data(), &count, nullptr, nullptr, options, &cut, found.data());
  return found;
}

// Parts grown one after another, each over neighbours until it has its share: for areas of few
// units, of which METIS leaves parts empty. What no part reaches stays with the last one.
std::vector<idx_t> grow(const Units& units, const Part& part, idx_t count) {
  constexpr idx_t kFree = -1;
  std::vector<idx_t> found(units.size(), kFree);
  double left = part.households;
  for (idx_t number = 0; number + 1 < count; ++number) {
    const double share = left / static_cast<double>(count - number);
    // From the end of the area: the free unit with fewest free neighbours.
    const auto free_neighbours = [&](uint32_t unit) {
      const auto edges = units.of(unit);
      return std::count_if(edges.begin(), edges.end(),
                           [&](const Edge& edge) { return found[edge.to] == kFree; });
    };
    uint32_t start = part.members.front();
    std::ptrdiff_t fewest = std::numeric_limits<std::ptrdiff_t>::max();
    for (const uint32_t unit : part.members) {
      if (found[unit] != kFree || free_neighbours(unit) >= fewest) continue;
      fewest = free_neighbours(unit);
      start = unit;
    }
    if (found[start] != kFree) break;
    std::vector<uint32_t> reached = {start};
    std::vector<bool> seen(units.size(), false);
    seen[start] = true;
    double households = 0;
    for (size_t next = 0; next < reached.size(); ++next) {
      const double more = units.households[reached[next]];
      if (next > 0 && households + more / 2 > share) break;
      found[reached[next]] = number;
      households += more;
      for (const Edge& edge : units.of(reached[next])) {
        if (found[edge.to] != kFree || seen[edge.to]) continue;
        seen[edge.to] = true;
        reached.push_back(edge.to);
      }
    }
    left -= households;
  }
  std::vector<idx_t> of_members;
  for (const uint32_t unit : part.members) {
    of_members.push_back(found[unit] == kFree ? count - 1 : found[unit]);
  }
  return of_members;
}

bool leaves_one_empty(const std::vector<idx_t>& found, idx_t count) {
  std::vector<bool> used(static_cast<size_t>(count), false);
  for (const idx_t one : found) used[static_cast<size_t>(one)] = true;
  return std::find(used.begin(), used.end(), false) != used.end();
}

}  // namespace

Start divide_by_metis(const Units& units, double households_each, int imbalance, int seed) {
  Start start;
  start.part_of.assign(units.size(), 0);
  for (const Part& part : components_of(units)) {
    const auto wanted = std::min(
        static_cast<idx_t>(part.members.size()),
        std::max<idx_t>(1, static_cast<idx_t>(std::lround(part.households / households_each))));
    std::vector<idx_t> found(part.members.size(), 0);
    if (wanted > 1) {
      found = run_metis(units, part, wanted, imbalance, seed);
      if (leaves_one_empty(found, wanted)) found = grow(units, part, wanted);
    }
    // Numbers stay dense where a part is empty all the same.
    std::vector<int32_t> number(static_cast<size_t>(wanted), kNone);
    for (size_t n = 0; n < part.members.size(); ++n) {
      int32_t& of = number[static_cast<size_t>(found[n])];
      if (of == kNone) of = static_cast<int32_t>(start.count++);
      start.part_of[part.members[n]] = of;
    }
  }
  return start;
}

}  // namespace linli::grids
