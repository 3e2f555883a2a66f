#include "engine/siting/verify.h"

#include <cmath>
#include <map>
#include <set>

namespace linli::siting {
namespace {

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-5 * std::max({1.0, std::abs(a), std::abs(b)});
}

struct Sums {
  double people = 0;
  double walked = 0;
  double cost = 0;
  size_t opened = 0;
  std::vector<double> of_client;
};

class Check {
 public:
  Check(const Question& question, const Answer& answer) : question_(question), answer_(answer) {}

  std::vector<std::string> run() {
    check_sites();
    check_served();
    check_value();
    return mistakes_;
  }

 private:
  void say(const std::string& mistake) { mistakes_.push_back(mistake); }

  void check_sites() {
    size_t movable = 0;
    for (const Choice& choice : answer_.choices) {
      if (choice.site >= question_.sites.size()) return say("a site that does not exist");
      if (!open_.insert(choice.site).second) say("a site twice");
      const Site& site = question_.sites[choice.site];
      if (site.standing == Standing::kept) continue;
      ++sums_.opened;
      sums_.cost += site.cost;
    }
    for (uint32_t site = 0; site < question_.sites.size(); ++site) {
      const Standing standing = question_.sites[site].standing;
      if (standing == Standing::kept && !open_.contains(site)) say("a kept site is closed");
      if (standing == Standing::movable) ++movable;
    }
    const bool counted = question_.goal == Goal::most_people || question_.goal == Goal::least_walk;
    if (counted && sums_.opened > question_.new_sites + movable) say("too many sites");
    if (sums_.cost > question_.budget * (1 + 1e-9)) say("over the budget");
  }

  void check_served() {
    sums_.of_client.assign(question_.clients.size(), 0);
    std::map<uint32_t, double> load;
    std::map<uint32_t, std::map<uint32_t, double>> minutes;
    for (const uint32_t site : open_) {
      for (const Reached& reached : question_.reach.of(site)) {
        const Client& client = question_.clients[reached.client];
        const float with_pace = reached.minutes * client.pace;
        if (with_pace > client.limit_minutes) continue;
        minutes[site][reached.client] = static_cast<double>(with_pace);
      }
    }
    for (const Served& served : answer_.served) {
      const auto reached = minutes[served.site].find(served.client);
      if (reached == minutes[served.site].end()) {
        say("somebody is served out of reach");
        continue;
      }
      if (served.people <= 0) say("nobody is served");
      sums_.of_client[served.client] += served.people;
      sums_.people += served.people;
      sums_.walked += served.people * reached->second;
      load[served.site] += served.people;
    }
    for (const auto& [site, people] : load) {
      if (people > question_.sites[site].capacity * (1 + 1e-9)) say("a site is too small");
    }
    for (size_t i = 0; i < question_.clients.size(); ++i) {
      const double all = question_.clients[i].people;
      if (sums_.of_client[i] > all + 1e-6) say("more people are served than there are");
      const bool divided = sums_.of_client[i] > 1e-6 && sums_.of_client[i] < all - 1e-6;
      if (divided && !question_.dividable) say("a client is divided");
      if (question_.all_served && sums_.of_client[i] < all - 1e-6) say("somebody is not served");
    }
  }

  void check_value() {
    double all = 0;
    for (const Client& client : question_.clients) all += client.people;
    const double beyond = (all - sums_.people) * static_cast<double>(question_.beyond_minutes);
    double value = 0;
    bool better_is_less = true;
    switch (question_.goal) {
      case Goal::most_people:
        value = sums_.people;
        better_is_less = false;
        break;
      case Goal::least_walk:
        value = sums_.walked + beyond;
        break;
      case Goal::least_cost:
        value = sums_.walked + beyond + sums_.cost;
        break;
      case Goal::fewest_sites:
        value = static_cast<double>(sums_.opened);
        if (sums_.people < question_.share * all - 1e-6) say("the share is not reached");
        break;
    }
    if (!near(value, answer_.value)) say("the value is not what the sites give");
    if (!near(sums_.people, answer_.people)) say("the people are not those who are served");
    const double over = better_is_less ? answer_.bound - value : value - answer_.bound;
    if (over > 1e-5 * std::max(1.0, std::abs(value))) say("the value is better than its bound");
  }

  const Question& question_;
  const Answer& answer_;
  std::set<uint32_t> open_;
  Sums sums_;
  std::vector<std::string> mistakes_;
};

}  // namespace

std::vector<std::string> mistakes_of(const Question& question, const Answer& answer) {
  return Check(question, answer).run();
}

}  // namespace linli::siting
