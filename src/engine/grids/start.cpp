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

}  // namespace

Start divide_by_metis(const Units& units, double households_each, int imbalance, int seed) {
  Start start;
  start.part_of.assign(units.size(), 0);
  for (const Part& part : components_of(units)) {
    const auto wanted = std::min(
        static_cast<idx_t>(part.members.size()),
        std::max<idx_t>(1, static_cast<idx_t>(std::lround(part.households / households_each))));
    std::vector<idx_t> found(part.members.size(), 0);
    if (wanted > 1) found = run_metis(units, part, wanted, imbalance, seed);
    // METIS may leave a part empty; numbers stay dense.
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
