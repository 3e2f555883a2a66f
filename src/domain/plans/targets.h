// Targets handed down the tree: a place's target divided among its children, kept with every
// revision. What counts at a place is the last revision of what was handed to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/views.h"
#include "engine/indicator/share_out.h"
#include "host/actor.h"

namespace linli::plans {

// A target is a ratio when its parts do not add up to it.
bool is_ratio(const pack::Indicator& indicator);

// The goal that a handed-down target makes of the plan's.
indicator::Goal goal_of(const HandedTarget& handed, const pack::Indicator& indicator,
                        const std::optional<indicator::Goal>& of_plan);
// Of several years: the next one due, else the last.
const HandedTarget* handed_on(const std::vector<HandedTarget>& all, std::string_view indicator,
                              time::Date day);

struct Handing {
  Code place;
  int64_t year = 0;
  bool ratio = false;
  std::optional<double> total;  // what the place itself is to reach in that year
  int64_t revision = 0;         // the highest of the children's; 0: nothing was handed down
  struct Part {
    places::Reference place;
    std::optional<double> value;        // as of today
    std::optional<double> denominator;  // of a ratio
    std::optional<double> target;
  };
  std::vector<Part> parts;
  // What the parts' targets come to: their sum, or a ratio weighed by denominators. None while a
  // target (or, of a ratio, a denominator) is missing.
  std::optional<double> sum;
  bool fits = false;  // the sum reaches the total: of a ratio or in full
};

// How a place's target of a year stands divided among its children.
Handing handing(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of,
                Code place, int64_t year);

struct Division {
  indicator::Method method = indicator::Method::equal;
  std::optional<double> total;  // none: the place's own target of the year
  std::string weight;           // a statistic or measure; of Method::weight and, if given, gap
};
// The same with proposed targets; nothing is saved. Refuses `target.no_total`, `target.no_weight`
// (a child without a value of the weight) and `target.ratio_has_no_weight`.
Result<Handing> propose(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of,
                        Code place, int64_t year, const Division& division);

struct HandDown {
  std::string method;
  std::optional<double> total;
  std::map<Code, double> values;  // of every child
  int64_t revision = 0;           // as it was read
  std::string reason;
};
// Saves a new revision for every child whose target changes. Refuses `target.no_total`,
// `target.children_differ` (not one value a child), `target.sum_differs` and
// `record.changed_meanwhile`.
Result<Handing> hand_down(const Scene& scene, const pack::PlanHeader& plan,
                          const pack::Indicator& of, Code place, int64_t year,
                          const HandDown& wanted, const host::Actor& actor, time::Instant now);

}  // namespace linli::plans
