#include <algorithm>
#include <cmath>

#include "engine/siting/swaps.h"

// What exchanges are worth, and walks from one to the next; swaps.cpp keeps the state.
namespace linli::siting {

// Returns the gain of opening the site, and leaves in extra_ what it makes good of each loss.
double Swaps::weigh(uint32_t in) {
  double gain = 0;
  for (const Arc& arc : model_.of_site[in]) {
    ++looks_;
    if (arc.cost >= farthest_) break;
    const State& state = clients_[arc.to];
    if (arc.cost >= state.cost2) continue;
    // If the nearest closes, the client comes here instead of going to the second.
    double saved = (static_cast<double>(state.cost2) - static_cast<double>(arc.cost));
    if (arc.cost < state.cost1) {
      gain += state.people * (static_cast<double>(state.cost1) - static_cast<double>(arc.cost));
      saved = (static_cast<double>(state.cost2) - static_cast<double>(state.cost1));
    }
    if (extra_[state.slot1] == 0) touched_.push_back(state.slot1);
    extra_[state.slot1] += state.people * saved;
  }
  return gain;
}

void Swaps::forget() {
  for (const uint32_t slot : touched_) extra_[slot] = 0;
  touched_.clear();
}

bool Swaps::may_close(uint32_t slot) const {
  return site_in_[slot] != kNobody && !model_.kept[site_in_[slot]];
}

uint32_t Swaps::least_lost() {
  if (least_lost_ != kNobody) return least_lost_;
  for (uint32_t slot = 0; slot + 1 < site_in_.size(); ++slot) {
    if (may_close(slot) && (least_lost_ == kNobody || loss_[slot] < loss_[least_lost_])) {
      least_lost_ = slot;
    }
  }
  return least_lost_;
}

Swaps::Exchange Swaps::best_exchange(uint32_t in) {
  const double gain = weigh(in);
  Exchange best{in, kNobody, -std::numeric_limits<double>::infinity()};
  if (opened_ < model_.most_open && affordable(in, kNobody)) best.profit = gain;
  const auto consider = [&](uint32_t slot) {
    if (!may_close(slot) || !affordable(in, site_in_[slot])) return;
    const double profit = gain - loss_[slot] + extra_[slot];
    if (profit > best.profit) best = {in, site_in_[slot], profit};
  };
  // Without a gain no exchange can be of profit: what is made good is at most what is lost.
  if (opened_ > 0 && gain > 0) {
    for (const uint32_t slot : touched_) consider(slot);
    if (model_.budget == kUnlimited) {
      consider(least_lost());
    } else {
      for (uint32_t slot = 0; slot + 1 < site_in_.size(); ++slot) consider(slot);
    }
  }
  forget();
  return best;
}

std::vector<Swaps::Exchange> Swaps::replacements() {
  std::vector<Exchange> best(site_in_.size());
  for (uint32_t in = 0; in < model_.sites(); ++in) {
    if (is_open(in)) continue;
    const double gain = weigh(in);
    for (uint32_t slot = 0; slot + 1 < site_in_.size(); ++slot) {
      if (!may_close(slot) || !affordable(in, site_in_[slot])) continue;
      const double profit = gain - loss_[slot] + extra_[slot];
      if (best[slot].in == kNobody || profit > best[slot].profit) {
        best[slot] = {in, site_in_[slot], profit};
      }
    }
    forget();
  }
  std::erase_if(best, [](const Exchange& one) { return one.in == kNobody; });
  return best;
}

bool Swaps::descend(Random& random, const std::stop_token& stop) {
  // Sums of many differences drift; a profit below this is none.
  const double least = 1e-9 * (1 + std::abs(value_));
  while (!queue_.empty()) {
    if (stop.stop_requested()) return false;
    const auto drawn = static_cast<size_t>(random.below(std::ssize(queue_)));
    std::swap(queue_[drawn], queue_.back());
    const uint32_t site = queue_.back();
    queue_.pop_back();
    queued_[site] = false;
    if (is_open(site)) continue;
    const Exchange exchange = best_exchange(site);
    if (exchange.profit <= least) continue;
    apply(exchange);
  }
  return true;
}

void Swaps::look_everywhere() {
  farthest_ = 0;
  for (const State& state : clients_) farthest_ = std::max(farthest_, state.cost2);
  for (uint32_t site = 0; site < model_.sites(); ++site) {
    if (queued_[site] || is_open(site)) continue;
    queued_[site] = true;
    queue_.push_back(site);
  }
}

// A closed site near the clients of an open one; of all, if there is none.
std::optional<uint32_t> Swaps::some_neighbour(Random& random, uint32_t site) const {
  const std::span<const Arc> clients = model_.of_site[site];
  for (int attempt = 0; attempt < 8; ++attempt) {
    uint32_t found = kNobody;
    if (!clients.empty() && !random.chance(0.1)) {
      const State* state = nullptr;
      uint32_t client = kNobody;
      for (int draw = 0; draw < 8; ++draw) {
        client = clients[static_cast<size_t>(random.below(std::ssize(clients)))].to;
        state = &clients_[client];
        if (state->slot1 == slot_of_[site] || state->slot2 == slot_of_[site]) break;
      }
      const std::span<const Arc> sites = model_.of_client[client];
      const auto near =
          std::upper_bound(sites.begin(), sites.end(), state->cost2,
                           [](float cost, const Arc& arc) { return cost < arc.cost; });
      found =
          sites[static_cast<size_t>(random.below(std::max<int64_t>(1, near - sites.begin())))].to;
    } else {
      found = static_cast<uint32_t>(random.below(static_cast<int64_t>(model_.sites())));
    }
    if (!is_open(found) && affordable(found, site)) return found;
  }
  return std::nullopt;
}

uint32_t Swaps::some_open(Random& random) const {
  auto slot = static_cast<uint32_t>(random.below(std::ssize(site_in_) - 1));
  while (!may_close(slot)) slot = (slot + 1) % static_cast<uint32_t>(site_in_.size() - 1);
  return site_in_[slot];
}

void Swaps::shake(Random& random, int count) {
  for (int done = 0; done < count && opened_ > 0; ++done) {
    const uint32_t out = some_open(random);
    const std::optional<uint32_t> in = some_neighbour(random, out);
    if (model_.budget < kUnlimited) {
      // A full budget lets nothing in: so something goes first, and fill() then spends the rest.
      close(out);
      if (in && random.chance(0.5) && affordable(*in, kNobody)) open(*in);
    } else if (in) {
      apply({*in, out, 0});
    }
  }
}

void Swaps::apply(const Exchange& exchange) {
  open(exchange.in);
  if (exchange.out != kNobody) close(exchange.out);
}

}  // namespace linli::siting
