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

// A number that no plan sets: as the question says, else as the packs say with its source.
struct Assumption {
  std::string key;  // in the list siting_setting, or a group of siting_weight
  double value = 0;
  bool asked = false;  // the question's own
};

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
  bool count_room = false;          // a place that is full serves nobody more
  std::optional<int64_t> capacity;  // persons, of a new site that says nothing of its own
  std::optional<int64_t> existing_capacity;  // the same of a facility that stands
  std::optional<double> cost;                // of a new site that says nothing of its own
  std::optional<double> budget;
  std::vector<Assumption> weights;  // those who move little count for more: by group
  Assumption most_candidates;       // they are thinned out to; 0: only by what memory holds
  Assumption beyond;                // least_walk: walks count to so many times the circle's minutes
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
  std::string kind;  // of a facility
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
  int64_t capacity_unknown = 0;  // facilities whose room is not known: they count as never full
  bool by_distance = false;      // some of it by the straight line
};

}  // namespace linli::siting
