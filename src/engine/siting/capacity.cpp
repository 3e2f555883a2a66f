#include "engine/siting/capacity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "engine/siting/loads.h"
#include "engine/siting/swaps.h"
#include "engine/siting/transport.h"

namespace linli::siting {
namespace {

constexpr double kMoves = 3e6;        // at effort 1
constexpr double kMovesEach = 15000;  // for each client and site, where there are few
constexpr double kCooling = 2000;     // from the first to the last temperature
constexpr double kHardening = 1000;   // from the first to the last penalty on overload
constexpr size_t kExactSets = 400;
constexpr size_t kFewestExactSets = 4;
constexpr double kExactWork = 4e6;  // ways from clients to sites, in all sets together

std::vector<uint32_t> first_sites(const Model& model) {
  // Where openings cost, annealing closes what is not worth it; else the best ignoring capacities.
  const bool costly =
      std::any_of(model.opening.begin(), model.opening.end(), [](double of) { return of > 0; });
  if (costly && model.budget == kUnlimited) {
    std::vector<uint32_t> all(model.sites());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  Swaps swaps(model);
  swaps.fill();
  return swaps.open_sites();
}

Allotment read(const Model& model, const Loads& loads) {
  Allotment found{loads.value(), loads.open_sites(), {}};
  for (uint32_t i = 0; i < model.clients(); ++i) {
    if (loads.site_of()[i] != kNobody) {
      found.served.push_back({i, loads.site_of()[i], model.people[i]});
    }
  }
  return found;
}

// What a person pays on average who is served; what somebody unserved pays, if that is nothing.
double typical_cost(const Model& model, const Loads& loads) {
  double sum = 0;
  double people = 0;
  double unserved = 0;
  for (size_t i = 0; i < model.clients(); ++i) {
    unserved = std::max(unserved, static_cast<double>(model.unserved[i]));
    for (const Arc& arc : model.of_client[i]) {
      if (arc.to != loads.site_of()[i]) continue;
      sum += model.people[i] * static_cast<double>(arc.cost);
      people += model.people[i];
      break;
    }
  }
  return sum > 0 ? sum / people : unserved;
}

class ExactSets {
 public:
  explicit ExactSets(const Model& model) : model_(model) {
    const double affordable = kExactWork / (1.0 + static_cast<double>(model.of_client.arcs.size()));
    most_ = static_cast<size_t>(
        std::clamp<double>(affordable, kFewestExactSets, static_cast<double>(kExactSets)));
  }

  void consider(const std::vector<uint32_t>& open) {
    if (tried_.size() >= most_ || !tried_.insert(open).second) return;
    Transport exact = transport(model_, open);
    if (tried_.size() == 1 || exact.value < best_.value - 1e-9 * std::abs(best_.value)) {
      best_ = {exact.value, open, std::move(exact.served)};
    }
  }

  // Opens, closes and exchanges single sites as long as that helps.
  void improve(const std::stop_token& stop) {
    for (double before = kUnlimited; best_.value < before && !stop.stop_requested();) {
      before = best_.value;
      const std::vector<uint32_t> here = best_.open;
      for (uint32_t site = 0; site < model_.sites(); ++site) {
        if (model_.kept[site] || tried_.size() >= most_ || stop.stop_requested()) continue;
        consider_without_or_with(here, site);
      }
    }
  }

  Allotment best() const { return best_; }

 private:
  void consider_without_or_with(std::vector<uint32_t> sites, uint32_t site) {
    const auto place = std::lower_bound(sites.begin(), sites.end(), site);
    if (place != sites.end() && *place == site) {
      sites.erase(place);
      consider(sites);
      return;
    }
    sites.insert(place, site);
    if (allowed(sites)) consider(sites);
    for (const uint32_t other : std::vector<uint32_t>(sites)) {
      if (other == site || model_.kept[other]) continue;
      std::vector<uint32_t> exchanged = sites;
      std::erase(exchanged, other);
      if (allowed(exchanged)) consider(exchanged);
    }
  }

  bool allowed(const std::vector<uint32_t>& sites) const {
    double spent = 0;
    size_t opened = 0;
    for (const uint32_t site : sites) {
      spent += model_.price[site];
      opened += model_.kept[site] ? 0 : 1;
    }
    return opened <= model_.most_open && spent <= model_.budget;
  }

  const Model& model_;
  size_t most_ = kExactSets;
  std::set<std::vector<uint32_t>> tried_;
  Allotment best_;
};

}  // namespace

Allotment allot(const Model& model, bool dividable, const Control& control,
                const std::function<void(double done, double value)>& tell) {
  Random random(control.seed);
  Loads loads(model, first_sites(model));
  Allotment best;
  best.value = kUnlimited;
  std::map<std::vector<uint32_t>, double> sets;
  const auto size = static_cast<double>(model.clients() + model.sites());
  const auto moves = static_cast<int64_t>(control.effort * std::min(kMoves, kMovesEach * size));
  const bool small = model.clients() <= 2000;  // to keep the best of a large one takes its time
  const double typical = typical_cost(model, loads);
  const double hottest = typical * model.all_people() / static_cast<double>(model.clients());
  double heat = hottest;
  double penalty = 0;
  int64_t looked = 0;
  const auto energy = [&] { return loads.value() + penalty * loads.overload(); };
  const auto keep_if_best = [&] {
    if (loads.overload() > 1e-6 || loads.value() >= best.value - 1e-9 * std::abs(best.value))
      return;
    best = read(model, loads);
    if (dividable) sets[best.open] = best.value;
  };
  keep_if_best();
  for (int64_t move = 0; move < moves && !control.stop.stop_requested(); ++move) {
    const double done = static_cast<double>(move) / static_cast<double>(moves);
    if (move % 1000 == 0) {
      heat = hottest * std::pow(1.0 / kCooling, done);
      penalty = typical * 0.3 * std::pow(kHardening, done);
    }
    if (move % 30000 == 0) tell(done, best.value);
    const double before = energy();
    if (!loads.propose(random)) continue;
    const double worse = energy() - before;
    if (worse > 0 && random.share() >= std::exp(-worse / heat)) {
      loads.undo();
      continue;
    }
    loads.take();
    if (small || move - looked > 500) {
      looked = move;
      keep_if_best();
    }
  }
  keep_if_best();
  if (!dividable) return best;
  ExactSets exact(model);
  exact.consider(best.open.empty() ? loads.open_sites() : best.open);
  std::vector<std::pair<double, std::vector<uint32_t>>> order;
  for (const auto& [open, value] : sets) order.emplace_back(value, open);
  std::sort(order.begin(), order.end());
  for (size_t k = 0; k < std::min<size_t>(order.size(), 20); ++k) exact.consider(order[k].second);
  exact.improve(control.stop);
  return exact.best();
}

}  // namespace linli::siting
