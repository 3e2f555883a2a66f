// Facilities and homes as circles see them, and what is said of a village's circle.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/opening_hours.h"
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
  std::string id = {};  // of the record
  std::optional<OpeningHours> opening = {};
  std::string host = {};  // the facility that houses it
  std::optional<int64_t> capacity = {};
};

// So many residents who belong to the same groups: bit i is the content's group i.
struct Cohort {
  uint64_t groups = 0;
  int64_t count = 0;
};

// A point where residents live: their own door, or where they are placed because it is not known.
struct Home {
  places::Point point;
  bool estimate = false;
  std::vector<Cohort> residents;
};

struct Village {
  region::Code code;
  std::optional<bool> urban;
  std::vector<Cohort> residents;  // all
  std::vector<Home> homes;        // of those whose home is known or can be estimated
};

// A record of the register circle_reach, with its fields' names: how many of a group in a village
// have a need of a circle in reach. `need` may be pack::kComplete: everything that is needed.
struct Reach {
  std::string circle;
  std::string need;
  std::string resident_group;
  int64_t residents = 0;
  int64_t located = 0;      // of whom it is known, or can be estimated, where they live
  int64_t reached = 0;      // of those
  int64_t estimated = 0;    // of those located: placed by estimate, or by the straight line
  int64_t unconnected = 0;  // of those located: no street is near, or only one of an island
  // Of a need's own group (room_for): for how many of them there is a place.
  std::optional<int64_t> room = {};
  friend bool operator==(const Reach&, const Reach&) = default;
};
inline constexpr size_t kReachKeys = 3;  // circle, need, resident_group tell a row from another

// A facility in reach of a point.
struct Reached {
  const Facility* facility = nullptr;
  double seconds = 0;
  bool estimate = false;  // by the straight line: no street leads there
};

// A circle in one village, for one group.
struct VillageCircle {
  region::Code village;
  std::optional<int> minutes;  // none: the plan sets no time for such places
  int64_t residents = 0;
  int64_t located = 0;
  int64_t estimated = 0;
  int64_t unconnected = 0;
  std::map<std::string, int64_t> needs;  // in reach, by need
  int64_t complete = 0;                  // in reach of everything
};

// Of a group's residents in the villages of a place for which the plan sets a time: of how many it
// is known where they live, and how many of those have a need in reach.
struct Covered {
  region::Code place;
  int64_t villages = 0;  // with a time; none: the plan says nothing of this place
  int64_t located = 0;
  int64_t reached = 0;
};

// A household and the needs of a circle that are not in its reach.
struct HouseholdGap {
  std::string id;
  region::Code place;
  Value name;             // of its head
  bool located = false;   // else nobody knows where it lives, and nothing is said of its reach
  bool estimate = false;  // placed at its estate, or by the straight line
  std::vector<std::string> missing;
};

// A change that is tried: a facility more, one less, both (it moves), or a path that opens.
struct Trial {
  struct Path {
    places::Point from, to;
  };
  std::string kind;
  std::optional<places::Point> add;
  std::optional<places::Point> close;  // the facility of the kind that is nearest to it
  std::optional<Path> path;            // between the junctions nearest to its ends
};

// A group's residents in all villages of a place for which the plan sets a time.
struct GroupSum {
  std::string resident_group;
  int64_t residents = 0;
  int64_t located = 0;
  int64_t estimated = 0;
  int64_t complete = 0;
};

}  // namespace linli::circles
