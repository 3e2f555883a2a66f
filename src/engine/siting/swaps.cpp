#include "engine/siting/swaps.h"

#include <algorithm>
#include <cmath>
#include <queue>

namespace linli::siting {

Swaps::Swaps(const Model& model) : model_(model) {
  // One more than may be open, for the moment of an exchange; the last is nobody's: who reaches
  // nothing is "served" there.
  const auto kept = static_cast<size_t>(std::count(model.kept.begin(), model.kept.end(), true));
  const size_t slots = kept + model.most_open + 2;
  site_in_.assign(slots, kNobody);
  slot_of_.assign(model.sites(), kNobody);
  const auto nobody = static_cast<uint32_t>(slots - 1);
  loss_.assign(slots, 0);
  extra_.assign(slots, 0);
  queued_.assign(model.sites(), false);
  for (uint32_t slot = nobody; slot-- > 0;) free_.push_back(slot);
  clients_.reserve(model.clients());
  for (size_t i = 0; i < model.clients(); ++i) {
    clients_.push_back({model.unserved[i], model.unserved[i], nobody, nobody, model.people[i]});
    value_ += model.people[i] * static_cast<double>(model.unserved[i]);
    farthest_ = std::max(farthest_, model.unserved[i]);
  }
  for (uint32_t site = 0; site < model.sites(); ++site) {
    if (model.kept[site]) open(site);
  }
}

std::vector<uint32_t> Swaps::open_sites() const {
  std::vector<uint32_t> sites;
  for (uint32_t site = 0; site < slot_of_.size(); ++site) {
    if (is_open(site)) sites.push_back(site);
  }
  return sites;
}

Swaps::Nearest Swaps::nearest(size_t client) const {
  return {site_in_[clients_[client].slot1], clients_[client].cost1};
}

Swaps::Nearest Swaps::second(size_t client) const {
  return {site_in_[clients_[client].slot2], clients_[client].cost2};
}

// Candidates nearer than `within` may be worth something else now.
void Swaps::touch(size_t client, float within) {
  for (const Arc& arc : model_.of_client[client]) {
    ++looks_;
    if (arc.cost >= within) break;
    if (queued_[arc.to] || is_open(arc.to)) continue;
    queued_[arc.to] = true;
    queue_.push_back(arc.to);
  }
}

void Swaps::set_nearest(size_t client, State changed) {
  State& state = clients_[client];
  const double people = state.people;
  loss_[state.slot1] -=
      people * (static_cast<double>(state.cost2) - static_cast<double>(state.cost1));
  loss_[changed.slot1] +=
      people * (static_cast<double>(changed.cost2) - static_cast<double>(changed.cost1));
  value_ += people * (static_cast<double>(changed.cost1) - static_cast<double>(state.cost1));
  farthest_ = std::max(farthest_, changed.cost2);
  touch(client, std::max(state.cost2, changed.cost2));
  state = changed;
}

void Swaps::find_nearest(size_t client) {
  const auto nobody = static_cast<uint32_t>(site_in_.size() - 1);
  const float unserved = model_.unserved[client];
  State found{unserved, unserved, nobody, nobody, clients_[client].people};
  for (const Arc& arc : model_.of_client[client]) {
    ++looks_;
    if (!is_open(arc.to)) continue;
    if (found.slot1 == nobody) {
      found.cost1 = arc.cost;
      found.slot1 = slot_of_[arc.to];
    } else {
      found.cost2 = arc.cost;
      found.slot2 = slot_of_[arc.to];
      break;
    }
  }
  set_nearest(client, found);
}

void Swaps::open(uint32_t site) {
  const uint32_t slot = free_.back();
  free_.pop_back();
  site_in_[slot] = site;
  slot_of_[site] = slot;
  loss_[slot] = 0;
  for (const Arc& arc : model_.of_site[site]) {
    ++looks_;
    if (arc.cost >= farthest_) break;
    State state = clients_[arc.to];
    if (arc.cost < state.cost1) {
      state = {arc.cost, state.cost1, slot, state.slot1, state.people};
    } else if (arc.cost < state.cost2) {
      state.cost2 = arc.cost;
      state.slot2 = slot;
    } else {
      continue;
    }
    set_nearest(arc.to, state);
  }
  spent_ += model_.price[site];
  least_lost_ = kNobody;
  if (!model_.kept[site]) ++opened_;
}

void Swaps::close(uint32_t site) {
  const uint32_t slot = slot_of_[site];
  slot_of_[site] = kNobody;
  for (const Arc& arc : model_.of_site[site]) {
    ++looks_;
    if (arc.cost > farthest_) break;
    const State& state = clients_[arc.to];
    if (state.slot1 == slot || state.slot2 == slot) find_nearest(arc.to);
  }
  site_in_[slot] = kNobody;
  free_.push_back(slot);
  spent_ -= model_.price[site];
  least_lost_ = kNobody;
  if (!model_.kept[site]) --opened_;
  if (!queued_[site]) {
    queued_[site] = true;
    queue_.push_back(site);
  }
}

void Swaps::become(const std::vector<uint32_t>& sites) {
  std::vector<bool> wanted(model_.sites(), false);
  for (const uint32_t site : sites) wanted[site] = true;
  for (const uint32_t site : std::vector<uint32_t>(site_in_)) {
    if (site != kNobody && !wanted[site]) close(site);
  }
  for (const uint32_t site : sites) {
    if (!is_open(site)) open(site);
  }
}

double Swaps::gain(uint32_t site) {
  double gain = 0;
  looks_ += model_.of_site[site].size();
  for (const Arc& arc : model_.of_site[site]) {
    const State& state = clients_[arc.to];
    if (arc.cost < state.cost1)
      gain += state.people * (static_cast<double>(state.cost1) - static_cast<double>(arc.cost));
  }
  return gain;
}

bool Swaps::affordable(uint32_t in, uint32_t out) const {
  const double freed = out == kNobody ? 0 : model_.price[out];
  return spent_ - freed + model_.price[in] <= model_.budget;
}

void Swaps::fill(double enough) {
  if (opened_ >= model_.most_open) return;
  // Gains only shrink while sites open, so an old gain is an upper bound (Minoux 1978).
  struct Entry {
    double worth;
    uint32_t site;
    size_t when;
    bool operator<(const Entry& other) const {
      return worth != other.worth ? worth < other.worth : site > other.site;
    }
  };
  const bool paid = model_.budget < kUnlimited;
  const auto worth = [&](uint32_t site) {
    const double price = paid ? model_.price[site] : 0;
    return gain(site) / (price > 0 ? price : 1);
  };
  std::priority_queue<Entry> entries;
  for (uint32_t site = 0; site < model_.sites(); ++site) {
    if (!is_open(site)) entries.push({worth(site), site, opened_});
  }
  while (opened_ < model_.most_open && !entries.empty() && value_ > enough) {
    const Entry best = entries.top();
    entries.pop();
    if (best.worth <= 0) break;
    if (!affordable(best.site, kNobody)) continue;
    if (best.when == opened_) {
      open(best.site);
    } else {
      entries.push({worth(best.site), best.site, opened_});
    }
  }
}

}  // namespace linli::siting
