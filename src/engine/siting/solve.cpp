#include "engine/siting/solve.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/siting/bound.h"
#include "engine/siting/cover.h"
#include "engine/siting/explain.h"
#include "engine/siting/search.h"
#include "engine/siting/transport.h"

namespace linli::siting {
namespace {

constexpr int kFirstSteps = 120;
constexpr int kSteps = 300;
constexpr double kLooks = 4e8;       // at effort 1
constexpr double kLooksEach = 1500;  // for each arc and site, where there are few
constexpr double kAnneal = 0.7;      // of the looks
constexpr size_t kPromising = 150;   // sites, and six times as many as are to be opened

// Where the relaxation starts: a client is worth more than its nearest site and less than the next.
std::vector<double> first_multipliers(const Model& model, const std::vector<uint32_t>& open) {
  Swaps swaps(model);
  swaps.become(open);
  std::vector<double> multipliers(model.clients());
  for (size_t i = 0; i < multipliers.size(); ++i) {
    const auto near = static_cast<double>(swaps.nearest(i).cost);
    const auto next = static_cast<double>(swaps.second(i).cost);
    multipliers[i] = model.people[i] * (near + 0.3 * (next - near));
  }
  return multipliers;
}

// Turns the model's value, less of which is better, into the question's.
double in_unit(const Question& question, const Model& model, double value) {
  return question.goal == Goal::most_people ? model.all_people() - value : value;
}

bool needs_allotting(const Model& model) {
  return model.has_capacities() ||
         std::any_of(model.opening.begin(), model.opening.end(), [](double of) { return of > 0; });
}

struct Proven {
  Allotment found;
  double lower = 0;
};

// What the relaxation opened is another place to search from.
std::vector<uint32_t> allowed_of(const Model& model, const std::vector<uint32_t>& sites) {
  std::vector<uint32_t> allowed;
  double spent = 0;
  for (const uint32_t site : sites) {
    if (spent + model.price[site] > model.budget) continue;
    spent += model.price[site];
    allowed.push_back(site);
  }
  return allowed;
}

// A search of its own among the sites that the relaxation finds promising: they are few.
std::vector<uint32_t> search_promising(const Model& model, const Bound& bound,
                                       const std::vector<uint32_t>& best, Random& random,
                                       double looks, const std::stop_token& stop,
                                       const std::function<void(double done, double value)>& tell) {
  std::set<uint32_t> chosen(best.begin(), best.end());
  chosen.insert(bound.sites.begin(), bound.sites.end());
  const size_t wanted = chosen.size() + std::max(kPromising, 6 * model.most_open);
  for (const uint32_t site : bound.promising) {
    if (chosen.size() < wanted || model.kept[site]) chosen.insert(site);
  }
  const std::vector<uint32_t> sites(chosen.begin(), chosen.end());
  const Model part = with_sites(model, sites);
  std::vector<uint32_t> start;
  for (uint32_t n = 0; n < sites.size(); ++n) {
    if (std::binary_search(best.begin(), best.end(), sites[n])) start.push_back(n);
  }
  Swaps swaps(part);
  swaps.become(start);
  search(part, swaps, random, looks, bound.lower, stop, tell);
  std::vector<uint32_t> found;
  for (const uint32_t n : swaps.open_sites()) found.push_back(sites[n]);
  return found;
}

double looks_of(const Model& model, const Control& control) {
  const auto size = static_cast<double>(model.of_site.arcs.size() + model.sites());
  return control.effort * std::min(kLooks, (model.covering ? 2 : 1) * kLooksEach * size);
}

// Fewer steps where one takes long.
int steps_of(const Model& model, int steps) {
  const double affordable = 1e9 / (1.0 + static_cast<double>(model.of_site.arcs.size()));
  return static_cast<int>(std::clamp(affordable, 0.25 * steps, 1.0 * steps));
}

// A short search, a bound, a long search among what the bound leaves promising and a search
// everywhere from what that found; each ends when the bound is met.
Proven find_open(const Model& model, const Control& control,
                 const std::function<void(double done, double value, double lower)>& tell) {
  Random random(control.seed);
  Swaps swaps(model);
  const double looks = looks_of(model, control);
  search(model, swaps, random, 0.1 * looks, 0, control.stop,
         [&](double done, double value) { tell(0.1 * done, value, 0); });
  std::vector<uint32_t> best = swaps.open_sites();
  double value = swaps.value();
  Bound bound =
      lower_bound(model, value, steps_of(model, model.covering ? kFirstSteps / 4 : kFirstSteps),
                  first_multipliers(model, best), control.stop);
  swaps.become(allowed_of(model, bound.sites));
  if (swaps.value() < value) {
    value = swaps.value();
    best = swaps.open_sites();
  }
  const auto met = [&] { return value <= bound.lower + 1e-9 * std::abs(value); };
  const auto tell_middle = [&](double done, double searched) {
    tell(0.2 + 0.4 * done, std::min(value, searched), bound.lower);
  };
  if (!met()) {
    swaps.become(best);
    if (model.covering && model.budget == kUnlimited) {
      swaps.become(anneal_cover(model, best, random, kAnneal * looks, bound.lower, control.stop,
                                tell_middle));
    } else {
      swaps.become(
          search_promising(model, bound, best, random, 0.6 * looks, control.stop, tell_middle));
    }
    if (swaps.value() > value) swaps.become(best);
    search(model, swaps, random, (model.covering ? 0.05 : 0.3) * looks, bound.lower, control.stop,
           [&](double done, double searched) { tell(0.6 + 0.2 * done, searched, bound.lower); });
    best = swaps.open_sites();
    value = swaps.value();
  }
  double lower = bound.lower;
  if (!met()) {
    bound = lower_bound(model, value, steps_of(model, kSteps), bound.multipliers, control.stop);
    lower = std::max(lower, bound.lower);
  }
  return {nearest_of(model, best), lower};
}

Proven find_allotted(const Model& model, bool dividable, const Control& control,
                     const std::function<void(double done, double value, double lower)>& tell) {
  Proven proven;
  proven.found = allot(model, dividable, control,
                       [&](double done, double value) { tell(0.8 * done, value, 0); });
  proven.lower = lower_bound(model, proven.found.value, steps_of(model, 2 * kSteps),
                             first_multipliers(model, proven.found.open), control.stop)
                     .lower;
  return proven;
}

Answer best_sites(const Question& question, const Model& model, const Control& control) {
  const auto tell = [&](double done, double value, double lower) {
    if (!control.progress) return;
    control.progress({done, in_unit(question, model, value), in_unit(question, model, lower)});
  };
  const Proven proven = needs_allotting(model)
                            ? find_allotted(model, question.dividable, control, tell)
                            : find_open(model, control, tell);
  const double lower = std::clamp(proven.lower, 0.0, proven.found.value);
  Answer answer = explain(question, model, proven.found);
  answer.value = in_unit(question, model, proven.found.value);
  answer.bound = in_unit(question, model, lower);
  answer.stopped = control.stop.stop_requested();
  tell(1, proven.found.value, lower);
  return answer;
}

// How many of the sites that were opened are not kept.
size_t opened(const Model& model, const Allotment& found) {
  return static_cast<size_t>(std::count_if(found.open.begin(), found.open.end(),
                                           [&](uint32_t site) { return !model.kept[site]; }));
}

// The fewest sites that the bound does not rule out for a value of `enough`.
size_t least_needed(Model& model, double enough, size_t found, const Allotment& almost,
                    const std::stop_token& stop) {
  if (found == 0) return 0;
  model.most_open = found - 1;
  const Bound bound =
      lower_bound(model, almost.value, kSteps, first_multipliers(model, almost.open), stop);
  size_t needed = found;
  while (needed > 0 && bound_with(model, bound.multipliers, needed - 1) <= enough) --needed;
  return needed;
}

// Takes one site away as long as the rest can reach the share, and proves how few could do.
Result<Answer> fewest_sites(const Question& question, Model model, const Control& control) {
  const double enough = (1 - question.share + 1e-12) * model.all_people();
  Allotment found;
  if (model.has_capacities()) {
    found = allot(model, question.dividable, control, [](double, double) {});
  } else {
    Swaps swaps(model);
    swaps.fill(enough);
    found = nearest_of(model, swaps.open_sites());
  }
  if (found.value > enough) return refuse(ErrorKind::conflict, "siting.share_out_of_reach");
  const auto without_one = [&] {
    if (model.has_capacities()) {
      return allot(model, question.dividable, control, [](double, double) {});
    }
    Random random(control.seed);
    Swaps swaps(model);
    search(model, swaps, random, looks_of(model, control) / 2, enough, control.stop,
           [](double, double) {});
    return nearest_of(model, swaps.open_sites());
  };
  Allotment almost;
  const size_t first = opened(model, found);
  size_t count = first;
  while (count > 0) {
    model.most_open = count - 1;
    almost = without_one();
    if (almost.value > enough || control.stop.stop_requested()) break;
    found = almost;
    count = opened(model, found);
    if (control.progress) {
      control.progress({1 - static_cast<double>(count) / static_cast<double>(first),
                        static_cast<double>(count), 0});
    }
  }
  Answer answer = explain(question, model, found);
  answer.value = static_cast<double>(count);
  answer.bound = static_cast<double>(least_needed(model, enough, count, almost, control.stop));
  answer.stopped = control.stop.stop_requested();
  if (control.progress) control.progress({1, answer.value, answer.bound});
  return answer;
}

}  // namespace

double Answer::gap() const {
  const double best = std::max(std::abs(bound), 1e-12);
  return std::abs(value - bound) <= 1e-9 * best ? 0 : std::abs(value - bound) / best;
}

Result<Answer> solve(const Question& question, const Control& control) {
  Model model = TRY(make_model(question));
  if (question.goal == Goal::fewest_sites) return fewest_sites(question, std::move(model), control);
  return best_sites(question, model, control);
}

Result<Answer> serve(const Question& question) {
  if (question.sites.empty()) return Answer{};
  const Model model = TRY(make_model(question));
  std::vector<uint32_t> all(model.sites());
  std::iota(all.begin(), all.end(), 0);
  Allotment found = nearest_of(model, all);
  if (model.has_capacities()) {
    Transport exact = transport(model, all);
    found = {exact.value, all, std::move(exact.served)};
  }
  Answer answer = explain(question, model, found);
  answer.value = answer.bound = in_unit(question, model, found.value);
  return answer;
}

}  // namespace linli::siting
