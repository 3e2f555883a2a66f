#include "engine/grids/anneal.h"

#include <cmath>

namespace linli::grids {

Best anneal(const Units& units, Parts& parts, Costs costs, const Schedule& schedule, Random& random,
            const std::stop_token& stop, const std::function<void(double done)>& tell) {
  Best best{parts.part_of(), 0, parts.violation()};
  Costs legal = costs;
  legal.violation = 0;
  best.cost = parts.cost(legal);
  const auto keep_if_best = [&] {
    const double violation = parts.violation();
    const double cost = parts.cost(legal);
    const bool worse = violation > best.violation + 1e-9;
    const bool same = std::abs(violation - best.violation) <= 1e-9;
    if (worse || (same && cost >= best.cost - 1e-9)) return;
    best = {parts.part_of(), cost, violation};
  };
  std::vector<uint32_t> source(units.edges.size());
  for (uint32_t unit = 0; unit < units.size(); ++unit) {
    for (size_t edge = units.first[unit]; edge < units.first[unit + 1]; ++edge) source[edge] = unit;
  }
  if (source.empty()) return best;
  const auto moves = static_cast<int64_t>(schedule.moves);
  double heat = schedule.hot;
  int64_t kept = 0;
  for (int64_t move = 0; move < moves; ++move) {
    if (move % 2000 == 0) {
      if (stop.stop_requested()) break;
      const double done = static_cast<double>(move) / static_cast<double>(moves);
      heat = schedule.hot * std::pow(schedule.cold / schedule.hot, done);
      costs.violation = schedule.soft * std::pow(schedule.hard / schedule.soft, done);
      if (move % 100000 == 0) tell(done);
    }
    const auto edge = static_cast<size_t>(random.below(std::ssize(source)));
    const uint32_t unit = source[edge];
    const int32_t to = parts.part(units.edges[edge].to);
    if (parts.part(unit) == to) continue;
    const double change = parts.change(costs, unit, to);
    if (change > 0 && random.share() >= std::exp(-change / heat)) continue;
    if (!parts.may_leave(unit)) continue;
    parts.move(unit, to);
    // To copy the best takes time: not more often than every so many moves.
    if (parts.violation() <= best.violation + 1e-9 && move - kept > 200) {
      kept = move;
      keep_if_best();
    }
  }
  keep_if_best();
  return best;
}

}  // namespace linli::grids
