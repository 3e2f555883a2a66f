#include "domain/demo/sharing.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <numeric>

namespace linli::demo {
namespace {

// The towns, or the villages, of a county.
struct Group {
  double weight = 0;  // persons at full size
  double filled = 0;
  std::deque<size_t> left;
};

// The order in which villages are filled.
class Filling {
 public:
  Filling(const std::vector<Village>& villages, const std::vector<double>& weights)
      : weights_(weights) {
    for (size_t i = 0; i < villages.size(); ++i) {
      Group& group = groups_[{villages[i].county, villages[i].urban}];
      group.left.push_back(i);
      group.weight += weights[i];
      total_ += weights[i];
    }
    const auto town = std::find_if(villages.begin(), villages.end(),
                                   [](const Village& village) { return village.urban; });
    const Village& first = town == villages.end() ? villages.front() : *town;
    fill(groups_.at({first.county, first.urban}));
    if (const auto country = groups_.find({first.county, !first.urban}); country != groups_.end()) {
      fill(country->second);
    }
    least_ = order_.size();
    while (order_.size() < villages.size()) fill(most_missing());
  }

  // So many of the first that their full sizes come nearest to so many persons.
  std::vector<size_t> for_persons(double persons) const {
    double sum = 0;
    size_t count = 0;
    while (count < order_.size()) {
      const double next = weights_[order_[count]];
      if (count >= least_ && sum + next - persons > persons - sum) break;
      sum += next;
      ++count;
    }
    return {order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count)};
  }

 private:
  void fill(Group& group) {
    const size_t village = group.left.front();
    group.left.pop_front();
    group.filled += weights_[village];
    filled_ += weights_[village];
    order_.push_back(village);
  }

  Group& most_missing() {
    Group* most = nullptr;
    double largest = 0;
    for (auto& [key, group] : groups_) {
      const double missing = group.weight / total_ * filled_ - group.filled;
      if (group.left.empty() || (most != nullptr && missing <= largest)) continue;
      most = &group;
      largest = missing;
    }
    return *most;
  }

  const std::vector<double>& weights_;
  std::map<std::pair<region::Code, bool>, Group> groups_;
  double total_ = 0;
  double filled_ = 0;
  size_t least_ = 0;
  std::vector<size_t> order_;
};

}  // namespace

void share_out(const json::Value& size, uint64_t seed, int64_t persons, bool everywhere,
               std::vector<Village>& villages) {
  const Both<double> full = both_numbers(size);
  std::vector<double> weights;
  for (const Village& village : villages) {
    Random random(seed, static_cast<uint64_t>(village.place.code.padded()));
    weights.push_back(random.log_normal(full.of(village.urban), size.number("spread")));
  }
  std::vector<size_t> filled(villages.size());
  std::iota(filled.begin(), filled.end(), size_t{0});
  double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const auto wanted = static_cast<double>(persons);
  if (!everywhere && wanted < size.number("fewest") * sum) {
    filled = Filling(villages, weights).for_persons(wanted);
    std::sort(filled.begin(), filled.end());
    sum = 0;
    for (const size_t i : filled) sum += weights[i];
  }
  // Whole, and adding up.
  double upto = 0;
  int64_t given = 0;
  for (const size_t i : filled) {
    upto += weights[i];
    const int64_t until = std::llround(upto / sum * wanted);
    villages[i].persons = until - given;
    villages[i].scale =
        std::min(1.0, static_cast<double>(villages[i].persons) / full.of(villages[i].urban));
    given = until;
  }
}

}  // namespace linli::demo
