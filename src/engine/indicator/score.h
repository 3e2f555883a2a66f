// Scores and rankings that can be defended: how far a target is reached, shares with an interval,
// ranks as ranges.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/indicator/target.h"

namespace linli::indicator {

// How far a value reaches its target, 0 to 1: the value by the target, the other way round where
// less is better, 1 within a range and else 0. None without a value.
std::optional<double> degree_of(const Goal& goal, std::optional<double> value);

struct Weighted {
  double weight = 0;
  std::optional<double> degree;
};
struct Composite {
  std::optional<double> score;  // 0 to 100, of those with data; none without any
  double weight = 0;            // of those with data
  double whole = 0;             // of all
};
Composite composite_of(const std::vector<Weighted>& parts);

// A share with its interval at 95 % (Wilson 1927).
struct Share95 {
  double value = 0;
  double low = 0;
  double high = 0;
};
Share95 wilson(double successes, double trials);

inline constexpr double kFewestForRank = 30;  // trials: fewer are listed, not ranked

// The best and the worst place each share can have among those with enough trials: who lies
// apart by the intervals comes before or after, others share the range. None for too few trials.
struct Rank {
  int64_t best = 0;
  int64_t worst = 0;
};
struct Trial {
  double successes = 0;
  double trials = 0;
};
std::vector<std::optional<Rank>> ranks_of(const std::vector<Trial>& all, bool higher_is_better);

}  // namespace linli::indicator
