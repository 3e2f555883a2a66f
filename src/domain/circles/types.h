// Facilities and homes as circles see them, and what is said of a place's circle.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/region.h"
#include "domain/places/types.h"

namespace linli::circles {

struct Facility {
  std::string kind;  // a choice of facility_kind
  std::string name;
  region::Code place;
  places::Point point;
  bool in_service = true;
  std::string address = {};
  std::string phone = {};
};

// Who lives in a village, and the homes over which they are spread: the register knows who lives
// in a village, seldom in which home, so every figure from it is an estimate.
struct Village {
  region::Code code;
  std::optional<bool> urban;
  int64_t residents = 0;
  std::vector<places::Point> homes;  // none: no data about where
};

// A facility in reach of a point.
struct Reached {
  const Facility* facility = nullptr;
  double seconds = 0;
  bool estimate = false;  // by the straight line: no street leads there
};

// A circle in one village. Counts are residents; of `located` the shares are made.
struct VillageCircle {
  const Village* village = nullptr;
  std::optional<int> minutes;            // none: the plan sets no time for such places
  int64_t located = 0;                   // of whom it is known where they live
  std::map<std::string, int64_t> needs;  // facility kind → residents in reach of enough of them
  int64_t all_needs = 0;                 // in reach of everything
  bool by_distance = false;              // some of it by the straight line
};

// A change that is tried: a facility more, or one less (by its place in the list of facts).
struct Trial {
  std::string kind;
  std::optional<places::Point> add;
  std::optional<places::Point> close;  // the facility of the kind that is nearest to it
};

}  // namespace linli::circles
