#include "engine/siting/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace linli::siting {
namespace {

bool is_amount(double number) {
  return number >= 0 && !std::isnan(number);
}

Done check(const Question& question) {
  if (question.sites.empty()) return refuse(ErrorKind::invalid, "siting.no_sites");
  if (question.reach.sites() != question.sites.size()) {
    return refuse(ErrorKind::invalid, "siting.reach_incomplete");
  }
  bool right = is_amount(question.share) && question.share <= 1 && is_amount(question.budget) &&
               is_amount(question.beyond_minutes);
  for (const Client& client : question.clients) {
    right = right && is_amount(client.people) && std::isfinite(client.people) &&
            is_amount(client.limit_minutes) && is_amount(client.pace) && std::isfinite(client.pace);
  }
  for (const Site& site : question.sites) {
    right = right && is_amount(site.cost) && std::isfinite(site.cost) && is_amount(site.capacity);
  }
  if (!right) return refuse(ErrorKind::invalid, "siting.wrong_number");
  for (size_t site = 0; site < question.sites.size(); ++site) {
    for (const Reached& reached : question.reach.of(site)) {
      if (reached.client >= question.clients.size()) {
        return refuse(ErrorKind::invalid, "siting.unknown_client");
      }
      if (!is_amount(reached.minutes)) return refuse(ErrorKind::invalid, "siting.wrong_number");
    }
  }
  return {};
}

void sort_rows(Rows& rows) {
  for (size_t row = 0; row < rows.size(); ++row) {
    std::sort(rows.arcs.begin() + static_cast<std::ptrdiff_t>(rows.first[row]),
              rows.arcs.begin() + static_cast<std::ptrdiff_t>(rows.first[row + 1]),
              [](const Arc& a, const Arc& b) {
                return a.cost != b.cost ? a.cost < b.cost : a.to < b.to;
              });
  }
}

Rows transpose(const Rows& rows, size_t columns) {
  Rows turned;
  turned.first.assign(columns + 1, 0);
  for (const Arc& arc : rows.arcs) ++turned.first[arc.to + 1];
  std::partial_sum(turned.first.begin(), turned.first.end(), turned.first.begin());
  turned.arcs.resize(rows.arcs.size());
  std::vector<size_t> next(turned.first.begin(), turned.first.end() - 1);
  for (size_t row = 0; row < rows.size(); ++row) {
    for (const Arc& arc : rows[row]) {
      turned.arcs[next[arc.to]++] = {static_cast<uint32_t>(row), arc.cost};
    }
  }
  return turned;
}

// What a person counts who reaches nothing. Where all must be served, far more than any walk.
float beyond(const Question& question) {
  if (!question.all_served) return question.beyond_minutes;
  float farthest = 1;
  for (size_t site = 0; site < question.reach.sites(); ++site) {
    for (const Reached& reached : question.reach.of(site)) {
      farthest = std::max(farthest, reached.minutes * question.clients[reached.client].pace);
    }
  }
  return 1000 * farthest;
}

}  // namespace

double Model::all_people() const {
  return std::accumulate(people.begin(), people.end(), 0.0);
}

bool Model::has_capacities() const {
  return std::any_of(capacity.begin(), capacity.end(), [](double of) { return std::isfinite(of); });
}

Model with_sites(const Model& model, const std::vector<uint32_t>& sites) {
  Model part;
  part.people = model.people;
  part.unserved = model.unserved;
  part.all_served = model.all_served;
  part.covering = model.covering;
  part.most_open = std::min(model.most_open, sites.size());
  part.budget = model.budget;
  std::vector<uint32_t> number(model.sites(), kNobody);
  for (uint32_t n = 0; n < sites.size(); ++n) {
    const uint32_t site = sites[n];
    number[site] = n;
    part.price.push_back(model.price[site]);
    part.opening.push_back(model.opening[site]);
    part.capacity.push_back(model.capacity[site]);
    part.kept.push_back(model.kept[site]);
    const std::span<const Arc> arcs = model.of_site[site];
    part.of_site.arcs.insert(part.of_site.arcs.end(), arcs.begin(), arcs.end());
    part.of_site.first.push_back(part.of_site.arcs.size());
  }
  for (size_t i = 0; i < model.clients(); ++i) {
    for (const Arc& arc : model.of_client[i]) {
      if (number[arc.to] != kNobody) part.of_client.arcs.push_back({number[arc.to], arc.cost});
    }
    part.of_client.first.push_back(part.of_client.arcs.size());
  }
  return part;
}

Result<Model> make_model(const Question& question) {
  TRY(check(question));
  const bool covering = question.goal == Goal::most_people || question.goal == Goal::fewest_sites;
  const float unserved = covering ? 1 : beyond(question);
  Model model;
  model.covering = covering;
  model.all_served = question.all_served && !covering;
  for (const Client& client : question.clients) {
    model.people.push_back(client.people);
    model.unserved.push_back(unserved);
  }
  for (size_t j = 0; j < question.sites.size(); ++j) {
    const Site& site = question.sites[j];
    model.kept.push_back(site.standing == Standing::kept);
    model.price.push_back(model.kept[j] ? 0 : site.cost);
    model.opening.push_back(question.goal == Goal::least_cost ? model.price[j] : 0);
    model.capacity.push_back(site.capacity);
    if (site.standing == Standing::movable) model.movable.push_back(static_cast<uint32_t>(j));
    for (const Reached& reached : question.reach.of(j)) {
      const Client& client = question.clients[reached.client];
      const float minutes = reached.minutes * client.pace;
      if (client.people == 0 || minutes > client.limit_minutes) continue;
      const float cost = covering ? 0 : minutes;
      if (cost < model.unserved[reached.client]) {
        model.of_site.arcs.push_back({reached.client, cost});
      }
    }
    model.of_site.first.push_back(model.of_site.arcs.size());
  }
  if (!covering) sort_rows(model.of_site);
  model.of_client = transpose(model.of_site, model.clients());
  if (!covering) sort_rows(model.of_client);
  const bool any_number = question.goal == Goal::fewest_sites || question.goal == Goal::least_cost;
  const auto open_at_most = any_number ? question.sites.size() : question.new_sites;
  model.most_open =
      std::min(open_at_most + model.movable.size(),
               question.sites.size() -
                   static_cast<size_t>(std::count(model.kept.begin(), model.kept.end(), true)));
  model.budget = question.budget;
  return model;
}

}  // namespace linli::siting
