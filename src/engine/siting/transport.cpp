#include "engine/siting/transport.h"

#include <algorithm>
#include <cmath>

namespace linli::siting {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr double kLeast = 1e-9;  // people below this are none

class Flows {
 public:
  Flows(const Model& model, const std::vector<uint32_t>& open)
      : model_(model), open_(open), nobody_(open.size()), width_(open.size() + 1) {
    std::vector<size_t> place(model.sites(), width_);
    for (size_t k = 0; k < open.size(); ++k) {
      place[open[k]] = k;
      room_.push_back(model.capacity[open[k]]);
    }
    room_.push_back(kFar);
    cost_.assign(model.clients() * width_, kFar);
    flow_.assign(model.clients() * width_, 0);
    for (size_t i = 0; i < model.clients(); ++i) {
      for (const Arc& arc : model.of_client[i]) {
        if (place[arc.to] < width_)
          cost_[i * width_ + place[arc.to]] = static_cast<double>(arc.cost);
      }
      cost_[i * width_ + nobody_] = static_cast<double>(model.unserved[i]);
    }
  }

  void serve(size_t client) {
    double left = model_.people[client];
    while (left > kLeast) left -= augment(client, left);
  }

  Transport result() const {
    Transport found;
    for (const uint32_t site : open_) found.value += model_.opening[site];
    for (size_t i = 0; i < model_.clients(); ++i) {
      for (size_t k = 0; k < width_; ++k) {
        const double people = flow_[i * width_ + k];
        if (people <= kLeast) continue;
        found.value += people * cost_[i * width_ + k];
        if (k != nobody_) found.served.push_back({static_cast<uint32_t>(i), open_[k], people});
      }
    }
    return found;
  }

 private:
  // A way from the client to a site with room: the first step takes it to a site, each next one
  // sends somebody else on from there (Bellman and Ford). Returns how many went.
  double augment(size_t client, double most) {
    distance_.assign(width_, kFar);
    before_.assign(width_, width_);
    mover_.assign(width_, client);
    for (size_t k = 0; k < width_; ++k) distance_[k] = cost_[client * width_ + k];
    find_steps();
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t from = 0; from < width_; ++from) {
        if (distance_[from] == kFar) continue;
        for (size_t to = 0; to < width_; ++to) {
          const double there = distance_[from] + step_[from * width_ + to];
          if (there >= distance_[to] - 1e-9) continue;
          distance_[to] = there;
          before_[to] = from;
          mover_[to] = step_by_[from * width_ + to];
          changed = true;
        }
      }
    }
    size_t end = nobody_;
    for (size_t k = 0; k < width_; ++k) {
      if (room_[k] > kLeast && distance_[k] < distance_[end]) end = k;
    }
    double amount = std::min(most, room_[end]);
    for (size_t k = end; before_[k] != width_; k = before_[k]) {
      amount = std::min(amount, flow_[mover_[k] * width_ + before_[k]]);
    }
    size_t k = end;
    for (; before_[k] != width_; k = before_[k]) {
      flow_[mover_[k] * width_ + k] += amount;
      flow_[mover_[k] * width_ + before_[k]] -= amount;
    }
    flow_[client * width_ + k] += amount;
    room_[end] -= amount;
    return amount;
  }

  // The cheapest way to send somebody from one site on to another.
  void find_steps() {
    step_.assign(width_ * width_, kFar);
    step_by_.assign(width_ * width_, 0);
    for (size_t i = 0; i < model_.clients(); ++i) {
      for (size_t from = 0; from < width_; ++from) {
        if (flow_[i * width_ + from] <= kLeast) continue;
        for (size_t to = 0; to < width_; ++to) {
          const double step = cost_[i * width_ + to] - cost_[i * width_ + from];
          if (step >= step_[from * width_ + to]) continue;
          step_[from * width_ + to] = step;
          step_by_[from * width_ + to] = i;
        }
      }
    }
  }

  const Model& model_;
  const std::vector<uint32_t>& open_;
  size_t nobody_;
  size_t width_;
  std::vector<double> room_;
  std::vector<double> cost_;
  std::vector<double> flow_;
  std::vector<double> step_;
  std::vector<size_t> step_by_;
  std::vector<double> distance_;
  std::vector<size_t> before_;
  std::vector<size_t> mover_;
};

}  // namespace

Transport transport(const Model& model, const std::vector<uint32_t>& open) {
  Flows flows(model, open);
  for (size_t client = 0; client < model.clients(); ++client) flows.serve(client);
  return flows.result();
}

}  // namespace linli::siting
