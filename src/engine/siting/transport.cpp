#include "engine/siting/transport.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>

namespace linli::siting {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr double kLeast = 1e-9;  // people below this are none

class Flows {
 public:
  Flows(const Model& model, const std::vector<uint32_t>& open)
      : model_(model), open_(open), nobody_(static_cast<uint32_t>(open.size())) {
    std::vector<uint32_t> place(model.sites(), kNobody);
    for (uint32_t k = 0; k < open.size(); ++k) {
      place[open[k]] = k;
      room_.push_back(model.capacity[open[k]]);
    }
    room_.push_back(kFar);
    steps_.resize(room_.size());
    for (size_t i = 0; i < model.clients(); ++i) {
      const size_t from = ways_.size();
      for (const Arc& arc : model.of_client[i]) {
        if (place[arc.to] == kNobody) continue;
        ways_.push_back({place[arc.to], static_cast<double>(arc.cost)});
      }
      ways_.push_back({nobody_, static_cast<double>(model.unserved[i])});
      std::sort(ways_.begin() + static_cast<std::ptrdiff_t>(from), ways_.end(),
                [](const Way& a, const Way& b) { return a.to < b.to; });
      first_.push_back(ways_.size());
    }
    flow_.assign(ways_.size(), 0);
  }

  void serve(size_t client) {
    double left = model_.people[client];
    while (left > kLeast) left -= augment(client, left);
  }

  Transport result() const {
    Transport found;
    for (const uint32_t site : open_) found.value += model_.opening[site];
    for (size_t i = 0; i < model_.clients(); ++i) {
      for (size_t way = first_[i]; way < first_[i + 1]; ++way) {
        if (flow_[way] <= kLeast) continue;
        found.value += flow_[way] * ways_[way].cost;
        const uint32_t to = ways_[way].to;
        if (to != nobody_)
          found.served.push_back({static_cast<uint32_t>(i), open_[to], flow_[way]});
      }
    }
    return found;
  }

 private:
  struct Way {  // of a client to a site, or to nobody
    uint32_t to;
    double cost;
  };
  struct Mover {  // a client who may go on from one site to another
    double cost;
    size_t client;
    bool operator>(const Mover& other) const {
      return cost != other.cost ? cost > other.cost : client > other.client;
    }
  };
  using Movers = std::priority_queue<Mover, std::vector<Mover>, std::greater<>>;

  size_t way_to(size_t client, uint32_t site) const {
    const auto begin = ways_.begin() + static_cast<std::ptrdiff_t>(first_[client]);
    const auto end = ways_.begin() + static_cast<std::ptrdiff_t>(first_[client + 1]);
    return static_cast<size_t>(
        std::lower_bound(begin, end, site,
                         [](const Way& way, uint32_t to) { return way.to < to; }) -
        ways_.begin());
  }

  void put(size_t client, size_t way, double people) {
    if (flow_[way] <= kLeast) {
      for (size_t other = first_[client]; other < first_[client + 1]; ++other) {
        if (other == way) continue;
        steps_[ways_[way].to][ways_[other].to].push({ways_[other].cost - ways_[way].cost, client});
      }
    }
    flow_[way] += people;
  }

  // The cheapest to go on from a site; null when nobody of those who are there can.
  const Mover* cheapest(uint32_t from, Movers& movers) const {
    while (!movers.empty() && flow_[way_to(movers.top().client, from)] <= kLeast) movers.pop();
    return movers.empty() ? nullptr : &movers.top();
  }

  // To the nearest site when that has room: whatever full sites are worth, it is worth nothing
  // less. Else the shortest way to a site with room, on which others go on (Bellman and Ford).
  // Returns how many went.
  double augment(size_t client, double most) {
    size_t nearest = first_[client];
    const auto rank = [&](size_t way) {
      return std::pair(ways_[way].cost, room_[ways_[way].to] <= kLeast);
    };
    for (size_t way = nearest; way < first_[client + 1]; ++way) {
      if (rank(way) < rank(nearest)) nearest = way;
    }
    if (double& room = room_[ways_[nearest].to]; room > kLeast) {
      const double amount = std::min(most, room);
      put(client, nearest, amount);
      room -= amount;
      return amount;
    }
    find_ways(client);
    uint32_t end = nobody_;
    for (uint32_t k = 0; k < nobody_; ++k) {
      if (room_[k] > kLeast && distance_[k] < distance_[end]) end = k;
    }
    double amount = std::min(most, room_[end]);
    for (uint32_t k = end; before_[k] != kNobody; k = before_[k]) {
      amount = std::min(amount, flow_[way_to(mover_[k], before_[k])]);
    }
    uint32_t k = end;
    for (; before_[k] != kNobody; k = before_[k]) {
      put(mover_[k], way_to(mover_[k], k), amount);
      flow_[way_to(mover_[k], before_[k])] -= amount;
    }
    put(client, way_to(client, k), amount);
    room_[end] -= amount;
    return amount;
  }

  void find_ways(size_t client) {
    distance_.assign(room_.size(), kFar);
    before_.assign(room_.size(), kNobody);
    mover_.assign(room_.size(), client);
    waiting_.assign(room_.size(), false);
    std::queue<uint32_t> queue;
    const auto wait = [&](uint32_t site) {
      if (waiting_[site]) return;
      waiting_[site] = true;
      queue.push(site);
    };
    for (size_t way = first_[client]; way < first_[client + 1]; ++way) {
      distance_[ways_[way].to] = ways_[way].cost;
      wait(ways_[way].to);
    }
    while (!queue.empty()) {
      const uint32_t from = queue.front();
      queue.pop();
      waiting_[from] = false;
      for (auto& [to, movers] : steps_[from]) {
        const Mover* mover = cheapest(from, movers);
        if (mover == nullptr || distance_[from] + mover->cost >= distance_[to] - 1e-9) continue;
        distance_[to] = distance_[from] + mover->cost;
        before_[to] = from;
        mover_[to] = mover->client;
        wait(to);
      }
    }
  }

  const Model& model_;
  const std::vector<uint32_t>& open_;
  uint32_t nobody_;
  std::vector<double> room_;
  std::vector<size_t> first_ = {0};                // of each client's ways
  std::vector<Way> ways_;                          // each client's ascending by site
  std::vector<double> flow_;                       // on each way
  std::vector<std::map<uint32_t, Movers>> steps_;  // from each site to others; some have left since
  std::vector<double> distance_;
  std::vector<uint32_t> before_;
  std::vector<size_t> mover_;
  std::vector<bool> waiting_;
};

}  // namespace

Transport transport(const Model& model, const std::vector<uint32_t>& open) {
  Flows flows(model, open);
  for (size_t client = 0; client < model.clients(); ++client) flows.serve(client);
  return flows.result();
}

}  // namespace linli::siting
