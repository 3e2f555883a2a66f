#include "domain/siting/rules.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

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

// Persons of a client, of its people who may count for more than one.
int64_t persons_of(const Ground& ground, const Served& served) {
  return std::llround(served.people / ground.origins[served.client].weight);
}

// Of each origin how many are served within its limit.
std::vector<int64_t> served_of(const Ground& ground, const Question& question,
                               const Answer& answer) {
  std::vector<std::vector<const Served*>> parts(question.sites.size());
  for (const Served& part : answer.served) parts[part.site].push_back(&part);
  std::vector<int64_t> persons(ground.origins.size(), 0);
  std::vector<float> minutes(ground.origins.size(), kNever);
  for (size_t site = 0; site < parts.size(); ++site) {
    if (parts[site].empty()) continue;
    for (const Reached& at : question.reach.of(site)) minutes[at.client] = at.minutes;
    for (const Served* part : parts[site]) {
      const bool within = minutes[part->client] <= ground.origins[part->client].limit_minutes;
      if (within) persons[part->client] += persons_of(ground, *part);
    }
    for (const Reached& at : question.reach.of(site)) minutes[at.client] = kNever;
  }
  return persons;
}

// Each facility that gives way moves to one of the new sites, the nearest pairs first; the rest
// close.
void match_moves(const Ground& ground, const std::vector<uint32_t>& given_up, Finding& made) {
  struct Pair {
    double metres;
    uint32_t from;
    size_t to;
  };
  std::vector<Pair> pairs;
  for (const uint32_t from : given_up) {
    for (size_t to = 0; to < made.opened.size(); ++to) {
      const double metres =
          geo::distance_m(circles::on_map(ground.spots[from].point),
                          circles::on_map(ground.spots[made.opened[to].spot].point));
      pairs.push_back({metres, from, to});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.metres < b.metres; });
  std::set<uint32_t> gone;
  for (const Pair& pair : pairs) {
    if (gone.contains(pair.from) || made.opened[pair.to].replaces) continue;
    made.opened[pair.to].replaces = pair.from;
    gone.insert(pair.from);
  }
  for (const uint32_t from : given_up) {
    (gone.contains(from) ? made.moved : made.closed).push_back(from);
  }
}

std::vector<Finding::Village> villages_of(const Ground& ground, const std::vector<float>& before,
                                          const std::vector<float>& after,
                                          const std::vector<int64_t>& served_before,
                                          const std::vector<int64_t>& served_after) {
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
    row.room.before += served_before[i];
    row.room.after += served_after[i];
  }
  return rows;
}

}  // namespace

float slack_of(const Inquiry& inquiry) {
  return inquiry.goal == Goal::least_walk ? static_cast<float>(inquiry.beyond.value) : 1;
}

Question question_of(const Inquiry& inquiry, const Ground& ground, Reach reach) {
  Question question;
  question.goal = inquiry.goal;
  question.new_sites = inquiry.new_sites;
  question.share = inquiry.share;
  if (inquiry.budget) question.budget = *inquiry.budget;
  float longest = 0;
  for (const Origin& origin : ground.origins) {
    longest = std::max(longest, origin.limit_minutes);
    question.clients.push_back({.people = static_cast<double>(origin.persons) * origin.weight,
                                .limit_minutes = origin.limit_minutes * slack_of(inquiry)});
  }
  question.beyond_minutes = longest * slack_of(inquiry);
  for (const Spot& spot : ground.spots) {
    question.sites.push_back(
        {.standing = spot.standing, .cost = spot.cost, .capacity = spot.capacity});
  }
  question.dividable = true;
  question.reach = std::move(reach);
  return question;
}

Question standing_of(const Ground& ground, const Question& question) {
  Question made;
  made.goal = question.goal == Goal::least_walk ? Goal::least_walk : Goal::most_people;
  made.clients = question.clients;
  made.beyond_minutes = question.beyond_minutes;
  made.new_sites = 0;
  made.dividable = question.dividable;
  for (uint32_t i = 0; i < ground.spots.size(); ++i) {
    if (ground.spots[i].standing == Standing::candidate) continue;
    made.sites.push_back({.standing = Standing::kept, .capacity = question.sites[i].capacity});
    made.reach.append(question.reach.of(i));
  }
  return made;
}

Finding finding_of(const Ground& ground, const Question& question, const Answer& answer,
                   const Answer* standing) {
  Finding made{.value = answer.value, .bound = answer.bound, .gap = answer.gap()};
  made.stopped = answer.stopped;
  std::vector<uint32_t> existing;
  std::vector<uint32_t> chosen;
  std::vector<uint32_t> given_up;
  std::vector<bool> open(ground.spots.size());
  for (const Choice& choice : answer.choices) {
    chosen.push_back(choice.site);
    open[choice.site] = true;
  }
  for (uint32_t i = 0; i < ground.spots.size(); ++i) {
    if (ground.spots[i].standing == Standing::candidate) continue;
    existing.push_back(i);
    (open[i] ? made.kept : given_up).push_back(i);
  }
  const std::vector<float> before = nearest_minutes(ground, question, existing);
  const std::vector<float> after = nearest_minutes(ground, question, chosen);
  std::vector<int64_t> served_before(ground.origins.size(), 0);
  std::vector<int64_t> served_after = served_before;
  if (standing != nullptr) {
    served_before = served_of(ground, standing_of(ground, question), *standing);
    served_after = served_of(ground, question, answer);
    made.room =
        Finding::Room{std::accumulate(served_before.begin(), served_before.end(), int64_t{0}),
                      std::accumulate(served_after.begin(), served_after.end(), int64_t{0})};
  }
  made.before = coverage_of(ground, before);
  made.after = coverage_of(ground, after);
  made.villages = villages_of(ground, before, after, served_before, served_after);
  for (const Origin& origin : ground.origins) made.persons += origin.persons;

  // Who is new to the service, an origin at a time: more served than before, or reached at all.
  std::vector<int64_t> fresh(ground.origins.size(), 0);
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (standing != nullptr)
      fresh[i] = std::max<int64_t>(0, served_after[i] - served_before[i]);
    else if (before[i] == kNever && after[i] != kNever)
      fresh[i] = ground.origins[i].persons;
  }
  std::map<uint32_t, std::pair<int64_t, int64_t>> serves;  // site → persons, newly reached
  for (const Served& part : answer.served) {
    const int64_t persons = persons_of(ground, part);
    auto& [all, newly] = serves[part.site];
    all += persons;
    if (ground.spots[part.site].standing != Standing::candidate) continue;
    const int64_t some = std::min(persons, fresh[part.client]);
    newly += some;
    fresh[part.client] -= some;
  }
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
  match_moves(ground, given_up, made);
  return made;
}

}  // namespace linli::siting
