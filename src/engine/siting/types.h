// Where to put facilities: the question, and the answer with its proof (FAC-14).
//
// Minutes come from whoever knows the streets: for each site, in the order of `Question::sites`,
// the clients that can reach it (Reach::append). Nothing here knows a map.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <stop_token>
#include <vector>

namespace linli::siting {

inline constexpr uint32_t kNobody = std::numeric_limits<uint32_t>::max();
inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// Where people start from: a building, a street corner, a villagers' group; of one kind of people,
// so that those who move little are clients of their own with a shorter limit and a slower pace.
struct Client {
  double people = 1;
  float limit_minutes = std::numeric_limits<float>::infinity();  // a site beyond it does not count
  float pace = 1;  // minutes they need for a minute of the network
};

enum class Standing {
  candidate,  // may be opened
  movable,    // stands, and may give way to a candidate
  kept        // stands and stays
};

struct Site {
  Standing standing = Standing::candidate;
  double cost = 0;               // in the budget's unit
  double capacity = kUnlimited;  // people; small ones make a denser net
};

struct Reached {
  uint32_t client = 0;
  float minutes = 0;
};

// Which clients reach each site, and in how many minutes of the network.
class Reach {
 public:
  void append(std::span<const Reached> clients) {
    all_.insert(all_.end(), clients.begin(), clients.end());
    first_.push_back(all_.size());
  }
  void reserve(size_t sites, size_t entries) {
    first_.reserve(sites + 1);
    all_.reserve(entries);
  }
  size_t sites() const { return first_.size() - 1; }
  size_t entries() const { return all_.size(); }
  std::span<const Reached> of(size_t site) const {
    return {all_.data() + first_[site], first_[site + 1] - first_[site]};
  }

 private:
  std::vector<size_t> first_ = {0};
  std::vector<Reached> all_;
};

enum class Goal {
  most_people,   // as many people in reach as `new_sites` and the budget allow (MCLP)
  least_walk,    // the least sum of people × minutes (p-median)
  fewest_sites,  // as few new sites as bring `share` of the people in reach (partial set cover)
  least_cost     // the least sum of the sites' costs and people × minutes (facility location)
};

struct Question {
  Goal goal = Goal::most_people;
  std::vector<Client> clients;
  std::vector<Site> sites;
  Reach reach;
  size_t new_sites = 1;        // most_people, least_walk: how many candidates at most
  double share = 1;            // fewest_sites
  double budget = kUnlimited;  // of the costs of all sites that are not kept
  float beyond_minutes = 60;   // least_walk, least_cost: counted for those whom no site reaches
  bool all_served = false;     // least_walk, least_cost: an answer must reach everybody
  bool dividable = false;      // with capacities: a client's people may go to several sites
};

struct Progress {
  double done = 0;   // 0 to 1
  double value = 0;  // best so far, in the answer's unit
  double bound = 0;  // what no answer can be better than, as far as known
};

// The same seed and effort give the same answer, unless it is stopped.
struct Control {
  uint64_t seed = 1;
  double effort = 1;  // 1 is enough for a city; more searches longer
  std::stop_token stop = {};
  std::function<void(const Progress&)> progress = {};
};

// Why a site is in the answer.
struct Choice {
  uint32_t site = 0;
  double people = 0;  // whom it serves
  double mean_minutes = 0;
  double lost_without = 0;        // by how much the value is worse if it is left out
  uint32_t instead = kNobody;     // the unchosen site that would replace it best
  double worse_with_instead = 0;  // and by how much the value is then worse
};

// Part of a client's people at a site.
struct Served {
  uint32_t client = 0;
  uint32_t site = 0;
  double people = 0;
};

// `value` and `bound` are people, person-minutes, sites, or cost, as the goal says. The bound is
// proven by Lagrangian relaxation: no answer to the question is better.
struct Answer {
  std::vector<Choice> choices;  // by number of the site; kept ones too
  std::vector<Served> served;   // by client; those who are missing are not reached
  double value = 0;
  double bound = 0;
  double people = 0;        // in reach
  double mean_minutes = 0;  // of those in reach
  bool stopped = false;     // before the work was done

  // How far the answer can be from the best possible, as a share of the best possible.
  double gap() const;
};

}  // namespace linli::siting
