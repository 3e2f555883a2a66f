// What planners ask about sites, and what the registers know that answers it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/region.h"
#include "domain/circles/api.h"
#include "engine/pack/types.h"
#include "engine/siting/types.h"

namespace linli::siting {

// Where should facilities of a kind stand, so that a circle's need is met for a group under a
// place?
struct Inquiry {
  region::Code place;
  const pack::Circle* circle = nullptr;
  const pack::CircleNeed* need = nullptr;
  std::string kind;                 // of facility that is to be opened, one of the need's
  std::string group;                // whose reach counts
  uint64_t group_bit = 0;           // as in circles::Cohort
  Goal goal = Goal::most_people;    // not least_cost
  size_t new_sites = 1;             // at most
  double share = 1;                 // fewest_sites
  pack::CircleMinutes minutes;      // the need's own unless the planner wants others
  bool existing_may_move = false;   // existing facilities may give way
  std::string candidates;           // premises, homes, corners; empty: premises, else homes
  std::optional<int64_t> capacity;  // persons, of a new site that says nothing of its own
  std::optional<double> cost;       // of a new site that says nothing of its own
  std::optional<double> budget;
  bool weighted = false;  // those who move little count for more (list siting_weight)
};

// Residents who start from one point and travel alike.
struct Origin {
  places::Point point;
  region::Code village;
  size_t way = 0;  // in Ground::ways
  int64_t persons = 0;
  double weight = 1;
  float limit_minutes = 0;
};

// Where a facility stands, or may stand.
struct Spot {
  std::string source;  // facility, premises, home, corner
  std::string id;      // of the register's record; empty for homes and corners
  std::string name;
  region::Code village;
  places::Point point;
  Standing standing = Standing::candidate;
  double cost = 0;
  double capacity = kUnlimited;
  bool estimate = false;  // no street is near: by the straight line
};

// Residents of the place who are asked about, and the spots.
struct Ground {
  std::vector<std::shared_ptr<const circles::Way>> ways;
  std::vector<Origin> origins;
  std::vector<Spot> spots;
  struct Village {
    region::Code code;
    std::string name;
    std::optional<int> minutes;  // none: the plan sets no time for such places
    int64_t persons = 0;         // of the group
    int64_t located = 0;         // of them with a known or estimated home
  };
  std::vector<Village> villages;
  int64_t candidates_found = 0;  // before they were thinned out
  bool by_distance = false;      // some of it by the straight line
};

inline constexpr size_t kMostCandidates = 5000;

}  // namespace linli::siting
