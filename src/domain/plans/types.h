// Live figures and the plans' indicators.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "core/region.h"
#include "core/time.h"
#include "engine/indicator/counter.h"
#include "engine/indicator/period.h"

namespace linli::plans {

using indicator::Month;
using region::Code;

// Under which number the stocks of a counter at the ends of a code are kept. Those of a week end
// have their own: they go when the next week ends.
inline int64_t number_at(const indicator::Counter& counter, indicator::Code end) {
  return indicator::number_of(end == indicator::kWeekEnd ? counter.key + " week" : counter.key);
}

// Where one number of a counter stands.
struct Spot {
  int64_t counter = 0;  // a generation's id
  Code place;
  std::string dimension;
  indicator::Code period = 0;  // 0: without a period
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

// What is added to a spot: `own` of it lies exactly there.
struct Addition {
  int64_t value = 0;
  int64_t own = 0;
};
using Additions = std::map<Spot, Addition>;
using Deltas = std::map<Spot, int64_t>;  // at the records' own places

// One counter as of one day (0: it does not depend on the day).
struct Generation {
  int64_t id = 0;
  const indicator::Counter* counter = nullptr;
  time::Date as_of = 0;
  bool live = false;  // counted in full: figures are read from it
};

// A number from outside: who said so, and from which source.
struct Statistic {
  std::string key;
  Code place;
  int64_t year = 0;
  double value = 0;
  std::string source;
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;
};

// A target that a place was given by the one above it, as of one revision.
struct HandedTarget {
  std::string indicator;
  Code place;
  int64_t year = 0;
  int64_t revision = 0;
  double value = 0;
  std::optional<double> start_value;  // of the place on the day it was handed down
  time::Date start_day = 0;
  std::string method;  // equal, weight, gap, hand
  Code handed_by;
  std::string reason;
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;
};

// A value of an indicator as a place reported it for a period.
struct Report {
  std::string indicator;
  Code place;
  indicator::Period period;
  double value = 0;
  std::string source;  // the evidence
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;
};

}  // namespace linli::plans
