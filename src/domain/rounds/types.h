// Mobile services: what planners ask, and the timetables that residents read (SVC-15).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/region.h"
#include "core/time.h"
#include "domain/places/types.h"
#include "engine/pack/figures.h"

namespace linli::rounds {

// With so many vehicles, on these days, from this base: when is the service in which village?
struct Inquiry {
  region::Code place;
  std::string name;  // of the service
  const pack::Circle* circle = nullptr;
  const pack::CircleNeed* need = nullptr;
  std::string group;
  double below = 0.5;               // villages where a smaller share reaches the need are served
  std::vector<region::Code> stops;  // these villages instead, if any
  places::Point base;
  std::string profile;  // how the vehicle travels
  int vehicles = 1;
  std::vector<int> weekdays;  // 0 Monday … 6 Sunday, ascending
  int weeks = 1;              // of a cycle
  int visits = 1;             // of each village in a cycle
  double stay_minutes = 60;
  double start_minute = 8 * 60;  // of the day
  double most_minutes = 8 * 60;  // of a tour with its stays

  int days() const { return static_cast<int>(weekdays.size()) * weeks; }
};

// A village where the service stops: at the home that is nearest to all others.
struct Halt {
  region::Code village;
  std::string name;
  places::Point point;
  int64_t persons = 0;  // of the group, whose home is known
  int64_t reached = 0;  // of them those who reach the need without it
};

// A visit of a timetable: in each `week` of the cycle on that day.
struct RoundVisit {
  std::string id;
  std::string round_id;
  region::Code village;
  std::string name;  // of the village
  places::Point point;
  int week = 0;
  int weekday = 0;
  int vehicle = 0;
  int arrive_minute = 0;
  int leave_minute = 0;
};

struct Round {
  std::string id;
  region::Code place;
  std::string name;
  int weeks = 1;
  time::Date valid_from = 0;
  std::optional<time::Date> valid_to;
  time::Instant published_at = 0;
  std::string published_by;
  std::optional<time::Instant> withdrawn_at;
};

}  // namespace linli::rounds
