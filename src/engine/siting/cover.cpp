#include "engine/siting/cover.h"

#include <algorithm>
#include <cmath>

namespace linli::siting {
namespace {

// First and last temperature, as a share of what an open site is worth on average.
constexpr double kHot = 0.1;
constexpr double kCold = 0.002;
constexpr double kAway = 0.25;  // of exchanges, to another part of the city
constexpr uint32_t kSeveral = kNobody - 1;

struct Exchange {
  size_t place = 0;  // of the site that closes, among those that may
  uint32_t in = 0;
  double profit = 0;
};

class Cover {
 public:
  Cover(const Model& model, const std::vector<uint32_t>& open) : model_(model) {
    reach_.reserve(model.of_site.arcs.size());
    for (const Arc& arc : model.of_site.arcs) reach_.push_back(arc.to);
    only_.assign(model.clients(), kNobody);
    clients_.reserve(model.clients());
    for (const double people : model.people) {
      clients_.push_back({people, 0, 0});
      value_ += people;
    }
    is_open_.assign(model.sites(), 0);
    loss_.assign(model.sites(), 0);
    for (const uint32_t site : open) {
      this->open(site);
      (model.kept[site] ? kept_ : movable_).push_back(site);
    }
  }

  double value() const { return value_; }  // people out of reach
  double looks() const { return static_cast<double>(looks_); }
  bool has_choice() const {
    return !movable_.empty() && kept_.size() + movable_.size() < model_.sites();
  }
  const std::vector<uint32_t>& movable() const { return movable_; }
  const std::vector<uint32_t>& kept() const { return kept_; }

  // An exchange drawn by chance; false if the draw failed.
  bool draw(Random& random, Exchange& exchange) {
    exchange.place = some_place(random);
    if (random.chance(kAway)) {
      // Somewhere else: who reaches nothing gets a site, and of a few the least missed closes.
      for (int draw = 1; draw < 4; ++draw) {
        const size_t other = some_place(random);
        if (loss_[movable_[other]] < loss_[movable_[exchange.place]]) exchange.place = other;
      }
      exchange.in = some_missing(random);
    } else {
      exchange.in = some_neighbour(random, movable_[exchange.place]);
    }
    const uint32_t out = movable_[exchange.place];
    if (is_open_[exchange.in] != 0) return false;
    const std::span<const uint32_t> clients = clients_of(exchange.in);
    looks_ += clients.size();
    double gain = 0;
    for (const uint32_t client : clients) {
      if (only_[client] == kNobody || only_[client] == out) gain += clients_[client].people;
    }
    exchange.profit = gain - loss_[out];
    return true;
  }

  void apply(const Exchange& exchange) {
    close(movable_[exchange.place]);
    open(exchange.in);
    movable_[exchange.place] = exchange.in;
  }

 private:
  struct Client {
    double people;
    uint32_t count;  // of open sites in reach
    uint32_t sum;    // of their numbers, overflowing
  };

  std::span<const uint32_t> clients_of(uint32_t site) const {
    const std::vector<size_t>& first = model_.of_site.first;
    return {reach_.data() + first[site], reach_.data() + first[site + size_t{1}]};
  }

  void open(uint32_t site) {
    is_open_[site] = 1;
    for (const uint32_t number : clients_of(site)) {
      Client& client = clients_[number];
      if (client.count == 0) {
        loss_[site] += client.people;
        value_ -= client.people;
      } else if (client.count == 1) {
        loss_[client.sum] -= client.people;
      }
      ++client.count;
      client.sum += site;
      only_[number] = client.count == 1 ? site : kSeveral;
    }
    looks_ += clients_of(site).size();
  }

  void close(uint32_t site) {
    is_open_[site] = 0;
    for (const uint32_t number : clients_of(site)) {
      Client& client = clients_[number];
      --client.count;
      client.sum -= site;
      if (client.count == 0) {
        value_ += client.people;
        only_[number] = kNobody;
      } else if (client.count == 1) {
        loss_[client.sum] += client.people;
        only_[number] = client.sum;
      }
    }
    looks_ += clients_of(site).size();
    loss_[site] = 0;
  }

  size_t some_place(Random& random) const {
    return static_cast<size_t>(random.below(std::ssize(movable_)));
  }

  // A site that somebody reaches who reaches none.
  uint32_t some_missing(Random& random) const {
    size_t client = 0;
    for (int draw = 0; draw < 16; ++draw) {
      client = static_cast<size_t>(random.below(std::ssize(clients_)));
      if (only_[client] == kNobody && !model_.of_client[client].empty()) break;
    }
    const std::span<const Arc> sites = model_.of_client[client];
    if (sites.empty()) return static_cast<uint32_t>(random.below(std::ssize(is_open_)));
    return random.one_of(sites).to;
  }

  // A site near the clients of another, those before all that it alone is open to.
  uint32_t some_neighbour(Random& random, uint32_t site) const {
    const std::span<const uint32_t> clients = clients_of(site);
    if (clients.empty())
      return static_cast<uint32_t>(random.below(static_cast<int64_t>(model_.sites())));
    uint32_t client = 0;
    for (int draw = 0; draw < 8; ++draw) {
      client = random.one_of(clients);
      if (only_[client] == site) break;
    }
    return random.one_of(model_.of_client[client]).to;
  }

  const Model& model_;
  std::vector<uint32_t> reach_;  // clients of each site, in the rows of of_site
  std::vector<Client> clients_;
  std::vector<uint32_t> only_;  // by client: the one open site in reach, kNobody or kSeveral
  std::vector<char> is_open_;
  std::vector<double> loss_;  // by site: people who reach only this one
  std::vector<uint32_t> kept_;
  std::vector<uint32_t> movable_;
  double value_ = 0;
  size_t looks_ = 0;
};

}  // namespace

std::vector<uint32_t> anneal_cover(const Model& model, const std::vector<uint32_t>& open,
                                   Random& random, double looks, double enough,
                                   const std::stop_token& stop,
                                   const std::function<void(double done, double value)>& tell) {
  Cover cover(model, open);
  const double begin = cover.looks();
  const double worth = (model.all_people() - cover.value()) / static_cast<double>(open.size());
  std::vector<uint32_t> best = cover.movable();
  double best_value = cover.value();
  double heat = kHot * worth;
  double done = 0;
  Exchange exchange;
  for (int64_t move = 0; cover.has_choice() && done < 1 && best_value > enough; ++move) {
    if (move % 512 == 0) {
      if (stop.stop_requested()) break;
      done = (cover.looks() - begin) / looks;
      heat = worth * kHot * std::pow(kCold / kHot, done);
      if (move % 8192 == 0) tell(done, best_value);
    }
    if (!cover.draw(random, exchange)) continue;
    if (exchange.profit < 0 && random.share() >= std::exp(exchange.profit / heat)) continue;
    cover.apply(exchange);
    if (done > 0.5 && cover.value() < best_value - 1e-9 * std::abs(best_value)) {
      best_value = cover.value();
      best = cover.movable();
    }
  }
  best.insert(best.end(), cover.kept().begin(), cover.kept().end());
  std::sort(best.begin(), best.end());
  return best;
}

}  // namespace linli::siting
