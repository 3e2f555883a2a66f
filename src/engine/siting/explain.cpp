#include "engine/siting/explain.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/siting/swaps.h"

namespace linli::siting {
namespace {

// What happens without a site: its people go to the nearest other one with room, or nowhere.
class Without {
 public:
  Without(const Model& model, const Allotment& found)
      : model_(model), open_(model.sites(), false), room_(model.capacity) {
    for (const uint32_t site : found.open) open_[site] = true;
    for (const Served& served : found.served) room_[served.site] -= served.people;
  }

  double lost(uint32_t site, const std::vector<const Served*>& served) const {
    std::map<uint32_t, double> taken;
    double lost = -model_.opening[site];
    for (const Served* one : served) {
      double left = one->people;
      double here = 0;
      for (const Arc& arc : model_.of_client[one->client]) {
        if (arc.to == site) here = static_cast<double>(arc.cost);
        if (arc.to == site || !open_[arc.to] || left <= 0) continue;
        const double goes = std::min(left, room_[arc.to] - taken[arc.to]);
        if (goes <= 0) continue;
        taken[arc.to] += goes;
        left -= goes;
        lost += goes * static_cast<double>(arc.cost);
      }
      lost += left * static_cast<double>(model_.unserved[one->client]) - one->people * here;
    }
    return lost;
  }

 private:
  const Model& model_;
  std::vector<bool> open_;
  std::vector<double> room_;
};

// The network's minutes from a client to the sites that serve it, with the client's pace.
std::vector<double> minutes_of(const Question& question, const Allotment& found) {
  std::map<std::pair<uint32_t, uint32_t>, double> of;
  for (const uint32_t site : found.open) {
    for (const Reached& reached : question.reach.of(site)) {
      of[{reached.client, site}] =
          static_cast<double>(reached.minutes * question.clients[reached.client].pace);
    }
  }
  std::vector<double> minutes;
  for (const Served& served : found.served) minutes.push_back(of[{served.client, served.site}]);
  return minutes;
}

}  // namespace

Allotment nearest_of(const Model& model, const std::vector<uint32_t>& open) {
  Allotment found{0, open, {}};
  std::vector<bool> is_open(model.sites(), false);
  for (const uint32_t site : open) {
    is_open[site] = true;
    found.value += model.opening[site];
  }
  for (uint32_t i = 0; i < model.clients(); ++i) {
    const std::span<const Arc> arcs = model.of_client[i];
    const auto near =
        std::find_if(arcs.begin(), arcs.end(), [&](const Arc& arc) { return is_open[arc.to]; });
    const float cost = near == arcs.end() ? model.unserved[i] : near->cost;
    found.value += model.people[i] * static_cast<double>(cost);
    if (near != arcs.end()) found.served.push_back({i, near->to, model.people[i]});
  }
  return found;
}

Answer explain(const Question& question, const Model& model, const Allotment& found) {
  Answer answer;
  answer.served = found.served;
  std::vector<std::vector<const Served*>> of(model.sites());
  std::vector<double> people(model.sites(), 0);
  std::vector<double> walked(model.sites(), 0);
  const std::vector<double> minutes = minutes_of(question, found);
  double all_walked = 0;
  for (size_t k = 0; k < answer.served.size(); ++k) {
    const Served& served = answer.served[k];
    of[served.site].push_back(&served);
    people[served.site] += served.people;
    walked[served.site] += served.people * minutes[k];
    answer.people += served.people;
    all_walked += served.people * minutes[k];
  }
  answer.mean_minutes = answer.people > 0 ? all_walked / answer.people : 0;
  const Without without(model, found);
  for (const uint32_t site : found.open) {
    answer.choices.push_back({.site = site,
                              .people = people[site],
                              .mean_minutes = people[site] > 0 ? walked[site] / people[site] : 0,
                              .lost_without = without.lost(site, of[site])});
  }
  if (model.has_capacities()) return answer;
  Swaps swaps(model);
  swaps.become(found.open);
  for (const Swaps::Exchange& exchange : swaps.replacements()) {
    for (Choice& choice : answer.choices) {
      if (choice.site != exchange.out) continue;
      choice.instead = exchange.in;
      choice.worse_with_instead = -exchange.profit;
    }
  }
  return answer;
}

}  // namespace linli::siting
