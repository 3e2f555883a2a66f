#include "engine/siting/loads.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace linli::siting {
namespace {

uint32_t drawn(Random& random, const std::vector<uint32_t>& list) {
  return list.empty() ? kNobody : list[static_cast<size_t>(random.below(std::ssize(list)))];
}

}  // namespace

Loads::Loads(const Model& model, const std::vector<uint32_t>& open) : model_(model) {
  by_number_ = model.of_client;
  for (size_t i = 0; i < model.clients(); ++i) {
    std::sort(by_number_.arcs.begin() + static_cast<std::ptrdiff_t>(by_number_.first[i]),
              by_number_.arcs.begin() + static_cast<std::ptrdiff_t>(by_number_.first[i + 1]),
              [](const Arc& a, const Arc& b) { return a.to < b.to; });
    value_ += model.people[i] * static_cast<double>(model.unserved[i]);
  }
  open_.assign(model.sites(), false);
  site_of_.assign(model.clients(), kNobody);
  place_of_.assign(model.clients(), 0);
  load_.assign(model.sites(), 0);
  clients_of_.resize(model.sites());
  for (const uint32_t site : open) set_open(site, true);
  std::vector<size_t> order(model.clients());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return model.people[a] > model.people[b]; });
  for (const size_t client : order) {
    put(client, nearest_with_room(client));
  }
  take();
}

std::vector<uint32_t> Loads::open_sites() const {
  std::vector<uint32_t> sites;
  for (uint32_t site = 0; site < open_.size(); ++site) {
    if (open_[site]) sites.push_back(site);
  }
  return sites;
}

// The nearest open site with room; without one, the nearest, which is then too full.
uint32_t Loads::nearest_with_room(size_t client) const {
  uint32_t nearest = kNobody;
  for (const Arc& arc : model_.of_client[client]) {
    if (!is_open(arc.to)) continue;
    if (fits(client, arc.to)) return arc.to;
    if (nearest == kNobody) nearest = arc.to;
  }
  return nearest;
}

void Loads::add_load(uint32_t site, double people) {
  const double capacity = model_.capacity[site] * (1 + 1e-12);
  overload_ -= std::max(0.0, load_[site] - capacity);
  load_[site] += people;
  overload_ += std::max(0.0, load_[site] - capacity);
}

bool Loads::fits(size_t client, uint32_t site) const {
  return load_[site] + model_.people[client] <= model_.capacity[site] * (1 + 1e-12);
}

float Loads::cost(size_t client, uint32_t site) const {
  if (site == kNobody) return model_.unserved[client];
  const std::span<const Arc> arcs = by_number_[client];
  const auto found = std::lower_bound(arcs.begin(), arcs.end(), site,
                                      [](const Arc& arc, uint32_t to) { return arc.to < to; });
  const bool reaches = found != arcs.end() && found->to == site;
  return reaches ? found->cost : std::numeric_limits<float>::infinity();
}

void Loads::put(size_t client, uint32_t site) {
  const uint32_t before = site_of_[client];
  if (before == site) return;
  const double people = model_.people[client];
  value_ += people *
            (static_cast<double>(cost(client, site)) - static_cast<double>(cost(client, before)));
  journal_.push_back({client, before});
  if (before != kNobody) {
    add_load(before, -people);
    std::vector<uint32_t>& list = clients_of_[before];
    list[place_of_[client]] = list.back();
    place_of_[list.back()] = place_of_[client];
    list.pop_back();
  }
  site_of_[client] = site;
  if (site == kNobody) return;
  add_load(site, people);
  place_of_[client] = clients_of_[site].size();
  clients_of_[site].push_back(static_cast<uint32_t>(client));
}

void Loads::set_open(uint32_t site, bool open) {
  open_[site] = open;
  const double sign = open ? 1 : -1;
  value_ += sign * model_.opening[site];
  spent_ += sign * model_.price[site];
  opened_now_.emplace_back(site, open);
  if (model_.kept[site]) return;
  if (open) {
    movable_open_.push_back(site);
    ++opened_;
  } else {
    std::erase(movable_open_, site);
    --opened_;
  }
}

void Loads::undo() {
  while (!journal_.empty()) {
    const Step step = journal_.back();
    put(step.client, step.before);
    journal_.resize(journal_.size() - 2);
  }
  while (!opened_now_.empty()) {
    const auto [site, open] = opened_now_.back();
    set_open(site, !open);
    opened_now_.resize(opened_now_.size() - 2);
  }
}

bool Loads::affordable(uint32_t in, uint32_t out) const {
  const double freed = out == kNobody ? 0 : model_.price[out];
  return spent_ - freed + model_.price[in] <= model_.budget;
}

uint32_t Loads::some_open_near(Random& random, size_t client) const {
  int64_t skip = random.below(4);
  uint32_t found = kNobody;
  for (const Arc& arc : model_.of_client[client]) {
    if (!is_open(arc.to) || arc.to == site_of_[client]) continue;
    found = arc.to;
    if (skip-- == 0) break;
  }
  return found;
}

uint32_t Loads::some_closed_near(Random& random, size_t client) const {
  const std::span<const Arc> arcs = model_.of_client[client];
  if (arcs.empty()) return kNobody;
  const double share = random.share();
  const auto index = static_cast<size_t>(share * share * static_cast<double>(arcs.size()));
  return is_open(arcs[index].to) ? kNobody : arcs[index].to;
}

size_t Loads::some_client_of(Random& random, uint32_t site) const {
  return drawn(random, clients_of_[site]);
}

bool Loads::shift(Random& random) {
  const auto client = static_cast<size_t>(random.below(static_cast<int64_t>(model_.clients())));
  const uint32_t site = random.chance(0.02) ? kNobody : some_open_near(random, client);
  if (site == site_of_[client]) return false;
  put(client, site);
  return true;
}

bool Loads::exchange(Random& random) {
  const auto client = static_cast<size_t>(random.below(static_cast<int64_t>(model_.clients())));
  const uint32_t from = site_of_[client];
  const uint32_t to = some_open_near(random, client);
  if (to == kNobody || clients_of_[to].empty()) return false;
  const size_t other = some_client_of(random, to);
  if (!std::isfinite(cost(other, from))) return false;
  put(other, from);
  put(client, to);
  return true;
}

// The site moves to another place, with all who go there.
bool Loads::relocate(Random& random) {
  const uint32_t out = drawn(random, movable_open_);
  if (out == kNobody || clients_of_[out].empty()) return false;
  const uint32_t in = some_closed_near(random, some_client_of(random, out));
  if (in == kNobody || !affordable(in, out)) return false;
  set_open(in, true);
  set_open(out, false);
  const std::vector<uint32_t> clients = clients_of_[out];
  for (const uint32_t client : clients) {
    put(client, std::isfinite(cost(client, in)) ? in : nearest_with_room(client));
  }
  if (random.chance(0.3)) gather(in);
  return true;
}

// Sends to a site with room those who are better off there.
void Loads::gather(uint32_t site) {
  for (const Arc& arc : model_.of_site[site]) {
    if (load_[site] >= model_.capacity[site]) break;
    if (arc.cost < cost(arc.to, site_of_[arc.to]) && fits(arc.to, site)) put(arc.to, site);
  }
}

bool Loads::open_one(Random& random) {
  const auto client = static_cast<size_t>(random.below(static_cast<int64_t>(model_.clients())));
  const uint32_t in = some_closed_near(random, client);
  if (in == kNobody) return false;
  uint32_t out = kNobody;
  if (opened_ >= model_.most_open || !affordable(in, kNobody) || random.chance(0.3)) {
    out = drawn(random, movable_open_);
    if (out == kNobody || !affordable(in, out)) return false;
  }
  set_open(in, true);
  gather(in);
  if (out != kNobody) close(out);
  return true;
}

bool Loads::close_one(Random& random) {
  const uint32_t out = drawn(random, movable_open_);
  if (out == kNobody) return false;
  close(out);
  return true;
}

void Loads::close(uint32_t site) {
  set_open(site, false);
  const std::vector<uint32_t> clients = clients_of_[site];
  for (const uint32_t client : clients) put(client, nearest_with_room(client));
}

bool Loads::propose(Random& random) {
  const double kind = random.share();
  if (kind < 0.45) return shift(random);
  if (kind < 0.90) return exchange(random);
  if (kind < 0.94) return relocate(random);
  if (kind < 0.98) return open_one(random);
  return close_one(random);
}

}  // namespace linli::siting
