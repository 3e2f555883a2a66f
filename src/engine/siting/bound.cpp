#include "engine/siting/bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace linli::siting {
namespace {

// The relaxed problem at given multipliers: each site alone takes the clients that are worth it.
class Relaxation {
 public:
  explicit Relaxation(const Model& model)
      : model_(model), worth_(model.sites()), all_people_(model.all_people()) {}

  // The value of the relaxed problem; sites() are those that it opens.
  double solve(const std::vector<double>& multipliers, size_t most_open) {
    multipliers_ = &multipliers;
    // Per person, as costs are.
    per_person_.resize(model_.clients());
    double value = 0;
    float dearest = 0;
    for (size_t i = 0; i < model_.clients(); ++i) {
      value += multipliers[i];
      per_person_[i] = model_.people[i] > 0 ? multipliers[i] / model_.people[i] : 0;
      dearest = std::max(dearest, static_cast<float>(per_person_[i]));
    }
    sites_.clear();
    open_to_all_.clear();
    for (uint32_t j = 0; j < model_.sites(); ++j) {
      worth_[j] = model_.opening[j] + reduced_cost(j, dearest);
      if (model_.kept[j]) {
        value += worth_[j];
        sites_.push_back(j);
      } else {
        open_to_all_.push_back(j);
      }
    }
    return value + choose(most_open);
  }

  const std::vector<uint32_t>& sites() const { return sites_; }

  std::vector<uint32_t> promising() const {
    std::vector<uint32_t> order(model_.sites());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return worth_[a] < worth_[b]; });
    return order;
  }

  // How often each client is taken, weighted when only in part.
  void count(std::vector<double>& taken) {
    taken.assign(model_.clients(), 0);
    for (const uint32_t site : sites_) {
      take(site, [&](uint32_t client, double share) { taken[client] += share; });
    }
  }

 private:
  double reduced_cost(uint32_t site, float dearest) {
    double sum = 0;
    if (model_.covering && !std::isfinite(model_.capacity[site])) {
      for (const Arc& arc : model_.of_site[site]) sum -= (*multipliers_)[arc.to];
      return sum;
    }
    if (!std::isfinite(model_.capacity[site])) {
      for (const Arc& arc : model_.of_site[site]) {
        if (arc.cost >= dearest) break;
        const double saving = static_cast<double>(arc.cost) - per_person_[arc.to];
        if (saving < 0) sum += model_.people[arc.to] * saving;
      }
      return sum;
    }
    take(site, [&](uint32_t client, double share) {
      sum += share * model_.people[client] * (cost_ - per_person_[client]);
    });
    return sum;
  }

  // Who goes to a site that is open: with a capacity, those first who save most (a fractional
  // knapsack). Calls back with the share of the client; cost_ is then what each pays.
  template <class Back>
  void take(uint32_t site, const Back& back) {
    fits_.clear();
    for (const Arc& arc : model_.of_site[site]) {
      if (static_cast<double>(arc.cost) < per_person_[arc.to]) fits_.push_back(arc);
    }
    double left = model_.capacity[site];
    if (std::isfinite(left)) {
      std::sort(fits_.begin(), fits_.end(), [&](const Arc& a, const Arc& b) {
        return static_cast<double>(a.cost) - per_person_[a.to] <
               static_cast<double>(b.cost) - per_person_[b.to];
      });
    }
    for (const Arc& arc : fits_) {
      if (left <= 0) break;
      const double people = model_.people[arc.to];
      cost_ = static_cast<double>(arc.cost);
      back(arc.to, std::min(1.0, left / people));
      left -= people;
    }
  }

  // Opens the sites that lower the value most; returns by how much. Number and budget are relaxed
  // to each other: each alone gives a bound, the better one counts.
  double choose(size_t most_open) {
    const auto by_worth = [&](uint32_t a, uint32_t b) {
      return worth_[a] != worth_[b] ? worth_[a] < worth_[b] : a < b;
    };
    const auto few = std::min(most_open + 1, open_to_all_.size());
    std::partial_sort(open_to_all_.begin(), open_to_all_.begin() + static_cast<std::ptrdiff_t>(few),
                      open_to_all_.end(), by_worth);
    double by_number = 0;
    std::vector<uint32_t> chosen;
    for (const uint32_t site : open_to_all_) {
      if (chosen.size() == most_open || worth_[site] >= 0) break;
      by_number += worth_[site];
      chosen.push_back(site);
    }
    double sum = by_number;
    if (std::isfinite(model_.budget)) {
      std::vector<uint32_t> affordable;
      const double by_budget = choose_by_budget(affordable);
      if (by_budget > by_number) {
        sum = by_budget;
        chosen = affordable;
      }
    }
    sum += add_for_capacity(chosen);
    sites_.insert(sites_.end(), chosen.begin(), chosen.end());
    return sum;
  }

  double choose_by_budget(std::vector<uint32_t>& chosen) {
    std::vector<uint32_t> order = open_to_all_;
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      const double left = worth_[a] * model_.price[b];
      const double right = worth_[b] * model_.price[a];
      return left != right ? left < right : a < b;
    });
    double sum = 0;
    double budget = model_.budget;
    for (const uint32_t site : order) {
      if (worth_[site] >= 0) continue;
      const double price = model_.price[site];
      const double share = price > budget ? budget / price : 1;
      sum += share * worth_[site];
      budget -= share * price;
      if (share >= 1) chosen.push_back(site);
      if (share < 1) break;
    }
    return sum;
  }

  // Those who must be served need room: if everybody must be and the sites chosen are too small,
  // the cheapest room is bought in fractions.
  double add_for_capacity(std::vector<uint32_t>& chosen) {
    const bool number_binds = !open_to_all_.empty() && chosen.size() < open_to_all_.size() &&
                              worth_[open_to_all_[chosen.size()]] < 0;
    if (!model_.all_served || number_binds) return 0;
    double room = 0;
    for (uint32_t j = 0; j < model_.sites(); ++j) room += model_.kept[j] ? model_.capacity[j] : 0;
    for (const uint32_t site : chosen) room += model_.capacity[site];
    if (room >= all_people_) return 0;
    std::vector<bool> open(model_.sites(), false);
    for (const uint32_t site : chosen) open[site] = true;
    std::vector<uint32_t> rest;
    for (const uint32_t site : open_to_all_) {
      if (!open[site] && model_.capacity[site] > 0) rest.push_back(site);
    }
    std::sort(rest.begin(), rest.end(), [&](uint32_t a, uint32_t b) {
      return std::max(0.0, worth_[a]) / model_.capacity[a] <
             std::max(0.0, worth_[b]) / model_.capacity[b];
    });
    double sum = 0;
    for (const uint32_t site : rest) {
      const double share = std::min(1.0, (all_people_ - room) / model_.capacity[site]);
      sum += share * std::max(0.0, worth_[site]);
      room += share * model_.capacity[site];
      chosen.push_back(site);
      if (room >= all_people_) break;
    }
    return sum;
  }

  const Model& model_;
  std::vector<double> worth_;       // by site: the value changes by this when it opens
  std::vector<double> per_person_;  // by client: the multiplier
  std::vector<uint32_t> open_to_all_;
  std::vector<uint32_t> sites_;
  std::vector<Arc> fits_;
  const std::vector<double>* multipliers_ = nullptr;  // of the call that runs
  double cost_ = 0;
  double all_people_;
};

}  // namespace

namespace {

// What the sites cost as an answer, capacities aside.
double value_of(const Model& model, const std::vector<uint32_t>& sites) {
  std::vector<bool> open(model.sites(), false);
  double value = 0;
  for (const uint32_t site : sites) {
    open[site] = true;
    value += model.opening[site];
  }
  if (model.covering) {
    std::vector<bool> served(model.clients(), false);
    value += model.all_people();
    for (const uint32_t site : sites) {
      for (const Arc& arc : model.of_site[site]) {
        if (!served[arc.to]) value -= model.people[arc.to];
        served[arc.to] = true;
      }
    }
    return value;
  }
  for (size_t i = 0; i < model.clients(); ++i) {
    float cost = model.unserved[i];
    for (const Arc& arc : model.of_client[i]) {
      if (!open[arc.to]) continue;
      cost = arc.cost;
      break;
    }
    value += model.people[i] * static_cast<double>(cost);
  }
  return value;
}

}  // namespace

Bound lower_bound(const Model& model, double upper, int steps, std::vector<double> start,
                  const std::stop_token& stop) {
  Bound best{-std::numeric_limits<double>::infinity(), {}, std::move(start)};
  if (best.multipliers.empty()) best.multipliers.assign(model.clients(), 0);
  std::vector<double> multipliers = best.multipliers;
  std::vector<double> taken;
  std::vector<double> direction(model.clients(), 0);
  Relaxation relaxation(model);
  double stride = 1.5;
  double best_value = kUnlimited;
  int since_better = 0;
  for (int step = 0; step < steps && !stop.stop_requested(); ++step) {
    const double value = relaxation.solve(multipliers, model.most_open);
    if (value > best.lower + 1e-7 * std::abs(best.lower)) since_better = 0;
    if (const double answer = value_of(model, relaxation.sites()); answer < best_value) {
      best_value = answer;
      best.sites = relaxation.sites();
    }
    if (value > best.lower) {
      best.lower = value;
      best.multipliers = multipliers;
    } else if (++since_better >= 12) {
      stride /= 1.6;
      since_better = 0;
      multipliers = best.multipliers;
      static_cast<void>(relaxation.solve(multipliers, model.most_open));
    }
    if (best.lower >= upper - 1e-9 * std::abs(upper) || stride < 1e-4) break;
    relaxation.count(taken);
    double squared = 0;
    for (size_t i = 0; i < taken.size(); ++i) {
      direction[i] = 0.6 * (1 - taken[i]) + 0.4 * direction[i];
      squared += direction[i] * direction[i];
    }
    if (squared < 1e-12) break;
    const double length = stride * (1.002 * upper - value) / squared;
    for (size_t i = 0; i < taken.size(); ++i) {
      const double most = model.people[i] * static_cast<double>(model.unserved[i]);
      multipliers[i] = std::clamp(multipliers[i] + length * direction[i], 0.0, most);
    }
  }
  static_cast<void>(relaxation.solve(best.multipliers, model.most_open));
  best.promising = relaxation.promising();
  return best;
}

double bound_with(const Model& model, const std::vector<double>& multipliers, size_t most_open) {
  return Relaxation(model).solve(multipliers, most_open);
}

}  // namespace linli::siting
