#include "domain/siting/rules.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace linli::siting {

namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();

// Of each origin the minutes to the nearest of the sites, within its limit.
std::vector<float> nearest_minutes(const Ground& ground, const Question& question,
                                   const std::vector<uint32_t>& sites) {
  std::vector<float> nearest(ground.origins.size(), kNever);
  for (const uint32_t site : sites) {
    for (const Reached& at : question.reach.of(site)) {
      if (at.minutes > ground.origins[at.client].limit_minutes) continue;
      nearest[at.client] = std::min(nearest[at.client], at.minutes);
    }
  }
  return nearest;
}

Coverage coverage_of(const Ground& ground, const std::vector<float>& nearest) {
  Coverage made;
  double minutes = 0;
  for (size_t i = 0; i < nearest.size(); ++i) {
    if (nearest[i] == kNever) continue;
    const int64_t persons = ground.origins[i].persons;
    made.reached += persons;
    minutes += static_cast<double>(nearest[i]) * static_cast<double>(persons);
  }
  if (made.reached > 0) made.mean_minutes = minutes / static_cast<double>(made.reached);
  return made;
}

bool has_capacities(const Question& question) {
  return std::any_of(question.sites.begin(), question.sites.end(),
                     [](const Site& site) { return site.capacity != kUnlimited; });
}

// Persons of a client, of its people who may count for more than one.
int64_t persons_of(const Ground& ground, const Served& served) {
  return std::llround(served.people / ground.origins[served.client].weight);
}

std::vector<Finding::Village> villages_of(const Ground& ground, const std::vector<float>& before,
                                          const std::vector<float>& after) {
  std::map<region::Code, size_t> numbers;
  std::vector<Finding::Village> rows;
  for (size_t i = 0; i < ground.villages.size(); ++i) {
    numbers[ground.villages[i].code] = i;
    rows.push_back({.number = i});
  }
  for (size_t i = 0; i < ground.origins.size(); ++i) {
    Finding::Village& row = rows[numbers[ground.origins[i].village]];
    row.persons += ground.origins[i].persons;
    if (before[i] != kNever) row.before += ground.origins[i].persons;
    if (after[i] != kNever) row.after += ground.origins[i].persons;
  }
  return rows;
}

}  // namespace

Question question_of(const Inquiry& inquiry, const Ground& ground, Reach reach) {
  Question question;
  question.goal = inquiry.goal;
  question.new_sites = inquiry.new_sites;
  question.share = inquiry.share;
  if (inquiry.budget) question.budget = *inquiry.budget;
  const bool only_within = inquiry.goal != Goal::least_walk;
  float longest = 0;
  for (const Origin& origin : ground.origins) {
    longest = std::max(longest, origin.limit_minutes);
    question.clients.push_back(
        {.people = static_cast<double>(origin.persons) * origin.weight,
         .limit_minutes = origin.limit_minutes * (only_within ? 1 : kBeyond)});
  }
  question.beyond_minutes = longest * kBeyond;
  for (const Spot& spot : ground.spots) {
    question.sites.push_back(
        {.standing = spot.standing, .cost = spot.cost, .capacity = spot.capacity});
  }
  question.dividable = true;
  question.reach = std::move(reach);
  return question;
}

Finding finding_of(const Ground& ground, const Question& question, const Answer& answer) {
  Finding made{.value = answer.value, .bound = answer.bound, .gap = answer.gap()};
  made.stopped = answer.stopped;
  std::vector<uint32_t> existing;
  std::vector<uint32_t> chosen;
  std::vector<bool> open(ground.spots.size());
  for (const Choice& choice : answer.choices) {
    chosen.push_back(choice.site);
    open[choice.site] = true;
  }
  for (uint32_t i = 0; i < ground.spots.size(); ++i) {
    if (ground.spots[i].standing == Standing::candidate) continue;
    existing.push_back(i);
    (open[i] ? made.kept : made.given_up).push_back(i);
  }
  const std::vector<float> before = nearest_minutes(ground, question, existing);
  const std::vector<float> after = nearest_minutes(ground, question, chosen);
  made.before = coverage_of(ground, before);
  made.after = coverage_of(ground, after);
  made.villages = villages_of(ground, before, after);
  for (const Origin& origin : ground.origins) made.persons += origin.persons;

  std::map<uint32_t, std::pair<int64_t, int64_t>> serves;  // site → persons, newly reached
  int64_t served = 0;
  for (const Served& part : answer.served) {
    const int64_t persons = persons_of(ground, part);
    served += persons;
    auto& [all, fresh] = serves[part.site];
    all += persons;
    if (before[part.client] == kNever && after[part.client] != kNever) fresh += persons;
  }
  if (has_capacities(question)) made.served = served;
  for (const Choice& choice : answer.choices) {
    if (ground.spots[choice.site].standing != Standing::candidate) continue;
    Chosen site{.spot = choice.site,
                .persons = serves[choice.site].first,
                .newly_reached = serves[choice.site].second,
                .mean_minutes = choice.mean_minutes,
                .lost_without = choice.lost_without};
    if (choice.instead != kNobody) {
      site.instead = choice.instead;
      site.worse_with_instead = choice.worse_with_instead;
    }
    made.opened.push_back(site);
  }
  std::sort(made.opened.begin(), made.opened.end(), [](const Chosen& a, const Chosen& b) {
    return a.lost_without != b.lost_without ? a.lost_without > b.lost_without : a.spot < b.spot;
  });
  return made;
}

}  // namespace linli::siting
