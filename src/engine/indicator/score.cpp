#include "engine/indicator/score.h"

#include <algorithm>
#include <cmath>

namespace linli::indicator {

std::optional<double> degree_of(const Goal& goal, std::optional<double> value) {
  if (!value) return std::nullopt;
  if (meets(goal, *value)) return 1.0;
  if (goal.target.comparator == pack::Comparator::between) return 0.0;
  const double above = goal.higher_is_better ? *value : goal.target.value;
  const double below = goal.higher_is_better ? goal.target.value : *value;
  if (below <= 0) return 0.0;
  return std::clamp(above / below, 0.0, 1.0);
}

Composite composite_of(const std::vector<Weighted>& parts) {
  Composite made;
  double sum = 0;
  for (const Weighted& part : parts) {
    made.whole += part.weight;
    if (!part.degree) continue;
    made.weight += part.weight;
    sum += part.weight * *part.degree;
  }
  if (made.weight > 0) made.score = 100 * sum / made.weight;
  return made;
}

Share95 wilson(double successes, double trials) {
  constexpr double kZ = 1.959963984540054;
  if (trials <= 0) return {0, 0, 1};
  const double share = successes / trials;
  const double square = kZ * kZ;
  const double whole = 1 + square / trials;
  const double centre = (share + square / (2 * trials)) / whole;
  const double reach =
      kZ / whole * std::sqrt(share * (1 - share) / trials + square / (4 * trials * trials));
  return {share, std::max(0.0, centre - reach), std::min(1.0, centre + reach)};
}

std::vector<std::optional<Rank>> ranks_of(const std::vector<Trial>& all, bool higher_is_better) {
  std::vector<Share95> shares;
  for (const Trial& one : all) shares.push_back(wilson(one.successes, one.trials));
  const auto counts = [&](size_t i) { return all[i].trials >= kFewestForRank; };
  const auto before = [&](size_t a, size_t b) {  // a is surely better than b
    return higher_is_better ? shares[a].low > shares[b].high : shares[a].high < shares[b].low;
  };
  std::vector<std::optional<Rank>> ranks(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    if (!counts(i)) continue;
    Rank rank{1, 0};
    for (size_t j = 0; j < all.size(); ++j) {
      if (!counts(j)) continue;
      if (before(j, i)) ++rank.best;
      if (!before(i, j)) ++rank.worst;
    }
    ranks[i] = rank;
  }
  return ranks;
}

}  // namespace linli::indicator
