#include "engine/siting/search.h"

#include <algorithm>
#include <cmath>

namespace linli::siting {
namespace {

// How much worse than the best a shaken state may be and still be gone on from, at first.
constexpr double kSlack = 5e-4;

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

}  // namespace linli::siting
