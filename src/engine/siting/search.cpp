#include "engine/siting/search.h"

#include <algorithm>
#include <cmath>

namespace linli::siting {
namespace {

// How much worse than the best a shaken state may be and still be gone on from, at first.
constexpr double kSlack = 5e-4;
// First and last temperature, as a share of what an open site is worth on average.
constexpr double kHot = 0.1;
constexpr double kCold = 0.002;

}  // namespace

void search(const Model& model, Swaps& swaps, Random& random, double looks, double enough,
            const std::stop_token& stop,
            const std::function<void(double done, double value)>& tell) {
  const double begin = swaps.looks();
  swaps.fill();
  swaps.look_everywhere();
  swaps.descend(random, stop);
  std::vector<uint32_t> best = swaps.open_sites();
  std::vector<uint32_t> before = best;
  double best_value = swaps.value();
  double here = best_value;
  double told = 0;
  const bool choice = best.size() < model.sites() && swaps.opened() > 0;
  while (choice && best_value > enough && !stop.stop_requested()) {
    const double done = (swaps.looks() - begin) / looks;
    if (done >= 1) break;
    if (done >= told) {
      tell(done, best_value);
      swaps.look_everywhere();
      told = done + 0.01;
    }
    swaps.shake(random, 1 + static_cast<int>(random.below(3)));
    if (model.budget < kUnlimited) swaps.fill();
    swaps.descend(random, stop);
    // A little worse is taken now and then, less and less: else one valley would hold the search.
    const double slack = kSlack * (1 - done) * random.share() * std::abs(best_value);
    if (swaps.value() <= here + slack) {
      here = swaps.value();
      before = swaps.open_sites();
    } else {
      swaps.become(before);
    }
    if (here < best_value - 1e-9 * std::abs(best_value)) {
      best_value = here;
      best = before;
    }
  }
  swaps.become(best);
  swaps.look_everywhere();
  swaps.descend(random, stop);
}

void anneal(const Model& model, Swaps& swaps, Random& random, double looks, double enough,
            const std::stop_token& stop,
            const std::function<void(double done, double value)>& tell) {
  swaps.fill();
  const double begin = swaps.looks();
  std::vector<uint32_t> best = swaps.open_sites();
  double best_value = swaps.value();
  const Swaps nothing(model);
  const double worth =
      (nothing.value() - best_value) / static_cast<double>(std::max<size_t>(1, best.size()));
  const bool choice = best.size() < model.sites() && swaps.opened() > 0;
  double heat = kHot * worth;
  double done = 0;
  swaps.be_quiet(true);
  for (int64_t move = 0; choice && done < 1 && best_value > enough; ++move) {
    if (move % 512 == 0) {
      if (stop.stop_requested()) break;
      done = (swaps.looks() - begin) / looks;
      heat = worth * kHot * std::pow(kCold / kHot, done);
      if (move % 8192 == 0) tell(done, best_value);
    }
    const Swaps::Exchange exchange = swaps.some_exchange(random);
    if (exchange.in == kNobody) continue;
    if (exchange.profit < 0 && random.share() >= std::exp(exchange.profit / heat)) continue;
    swaps.apply(exchange);
    if (done > 0.5 && swaps.value() < best_value - 1e-9 * std::abs(best_value)) {
      best_value = swaps.value();
      best = swaps.open_sites();
    }
  }
  swaps.be_quiet(false);
  if (swaps.value() > best_value) swaps.become(best);
  swaps.look_everywhere();
  swaps.descend(random, stop);
}

}  // namespace linli::siting
