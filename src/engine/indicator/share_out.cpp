#include "engine/indicator/share_out.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace linli::indicator {
namespace {

constexpr std::array<std::string_view, 4> kMethods = {"equal", "weight", "gap", "hand"};

double steps_of(int decimals) {
  return std::pow(10, decimals);
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

std::string_view name_of(Method method) {
  return kMethods.at(static_cast<size_t>(method));
}

std::optional<Method> method_named(std::string_view name) {
  const auto found = std::find(kMethods.begin(), kMethods.end(), name);
  if (found == kMethods.end()) return std::nullopt;
  return static_cast<Method>(found - kMethods.begin());
}

std::vector<double> share_out(double total, const std::vector<double>& weights, int decimals) {
  if (weights.empty()) return {};
  std::vector<double> used = weights;
  if (sum_of(used) <= 0) std::fill(used.begin(), used.end(), 1.0);
  const double whole = sum_of(used);
  const double sign = total < 0 ? -1 : 1;
  const auto steps = static_cast<int64_t>(std::llround(std::abs(total) * steps_of(decimals)));
  std::vector<int64_t> given;
  std::vector<double> remainders;
  int64_t left = steps;
  for (const double weight : used) {
    const double exact = static_cast<double>(steps) * weight / whole;
    // A hair below a whole step is that step: 0.1 + 0.2 must not cost anybody a share.
    const auto floor = static_cast<int64_t>(std::floor(exact + 1e-9));
    given.push_back(floor);
    remainders.push_back(exact - static_cast<double>(floor));
    left -= floor;
  }
  std::vector<size_t> order(used.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return remainders[a] > remainders[b] + 1e-12; });
  for (size_t i = 0; left > 0; i = (i + 1) % order.size(), --left) ++given[order[i]];
  std::vector<double> parts;
  for (const int64_t part : given) {
    parts.push_back(sign * static_cast<double>(part) / steps_of(decimals));
  }
  return parts;
}

std::vector<double> share_gap(double total, const std::vector<double>& values,
                              const std::vector<double>& weights, int decimals) {
  const double lacking = total - sum_of(values);
  if (lacking <= 0) return share_out(total, weights, decimals);
  std::vector<double> used = weights;
  if (sum_of(used) <= 0) std::fill(used.begin(), used.end(), 1.0);
  std::vector<double> below;
  for (size_t i = 0; i < values.size(); ++i) {
    below.push_back(std::max(0.0, total * used[i] / sum_of(used) - values[i]));
  }
  const std::vector<double> more = share_out(lacking, below, decimals);
  // What the parts have may be finer than a step: the sum is brought to the total by the last step.
  std::vector<double> wanted;
  for (size_t i = 0; i < values.size(); ++i) wanted.push_back(values[i] + more[i]);
  return share_out(total, wanted, decimals);
}

std::vector<double> approach(double target, const std::vector<double>& values,
                             const std::vector<double>& denominators, bool fewer, int decimals) {
  double lacking = 0;  // of the whole's numerator
  double way = 0;      // of all who are behind
  const auto behind = [&](double value) { return fewer ? value > target : value < target; };
  for (size_t i = 0; i < values.size(); ++i) {
    const double away = (target - values[i]) * denominators[i];
    lacking += away;
    if (behind(values[i])) way += away;
  }
  const double part = way == 0 ? 0 : std::clamp(lacking / way, 0.0, 1.0);
  std::vector<double> targets;
  for (const double value : values) {
    if (!behind(value)) {
      targets.push_back(value);
      continue;
    }
    const double wanted = (value + (target - value) * part) * steps_of(decimals);
    const double rounded = fewer ? std::floor(wanted + 1e-9) : std::ceil(wanted - 1e-9);
    targets.push_back(rounded / steps_of(decimals));
  }
  return targets;
}

std::optional<double> weighed(const std::vector<double>& targets,
                              const std::vector<double>& denominators) {
  const double whole = sum_of(denominators);
  if (whole <= 0) return std::nullopt;
  double sum = 0;
  for (size_t i = 0; i < targets.size(); ++i) sum += targets[i] * denominators[i];
  return sum / whole;
}

}  // namespace linli::indicator
