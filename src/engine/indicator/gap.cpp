#include "engine/indicator/gap.h"

#include <algorithm>
#include <cmath>

namespace linli::indicator {
namespace {

double lack_of(const Part& part, double wanted, bool fewer, bool whole_things) {
  const double away = wanted * part.denominator - part.numerator;
  const double lack = std::max(0.0, fewer ? -away : away);
  // A hair of rounding is no whole thing.
  return whole_things ? std::ceil(lack - 1e-9 * std::max(1.0, part.denominator)) : lack;
}

}  // namespace

std::optional<Gap> gap_of(const Part& whole, const std::vector<Part>& parts, double factor,
                          double target, bool fewer, bool whole_things) {
  if (whole.denominator <= 0 || factor == 0) return std::nullopt;
  const double wanted = target / factor;
  Gap gap;
  gap.value = factor * whole.numerator / whole.denominator;
  gap.lack = lack_of(whole, wanted, fewer, whole_things);
  for (const Part& part : parts) {
    Pull pull;
    if (part.denominator > 0) pull.value = factor * part.numerator / part.denominator;
    pull.weight = part.denominator / whole.denominator;
    pull.pull = factor * (part.numerator - wanted * part.denominator) / whole.denominator;
    pull.lack = lack_of(part, wanted, fewer, whole_things);
    gap.pulls.push_back(pull);
  }
  std::vector<size_t> order;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (gap.pulls[i].lack > 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return gap.pulls[a].lack > gap.pulls[b].lack; });
  double together = 0;
  for (const size_t part : order) {
    if (gap.lack <= 0) break;
    together += gap.pulls[part].lack;
    const bool enough = together >= gap.lack;
    gap.carriers.push_back({part, gap.pulls[part].lack, together, enough});
    if (enough) break;
  }
  return gap;
}

}  // namespace linli::indicator
