// Data quality: the packs' checks as live figures, how complete and how timely a place is, and
// where a reported value says something else than the records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/views.h"

namespace linli::plans {

struct CheckView {
  const pack::Check* check = nullptr;
  std::optional<double> of;  // none: nobody keeps such records
  std::optional<double> wrong;
};

// Requests for values: how many were due, and how many of them came in time.
struct Timeliness {
  int64_t asked = 0;
  int64_t in_time = 0;
  int64_t late = 0;     // came after the deadline
  int64_t overdue = 0;  // have not come, and the deadline is over
};

struct Quality {
  places::Reference place;
  std::vector<CheckView> checks;
  // Of all that errors and warnings ask of records, the part that holds; none where nobody keeps
  // any.
  std::optional<double> completeness;
  Timeliness timeliness;
};
Quality quality(const Scene& scene, Code place);
std::vector<Quality> quality_of_children(const Scene& scene, Code parent);

// An indicator whose records and whose report of the year differ, at a place or a child of it.
struct Conflict {
  const pack::Indicator* indicator = nullptr;
  places::Reference place;
  double computed = 0;
  Report report;
};
std::vector<Conflict> conflicts(const Scene& scene, const pack::PlanHeader& plan, Code place);

}  // namespace linli::plans
