// What the reports of a plan say: its table, a month of a place, a year of a place. Everything is
// computed; the words are the packs' texts under report.*.
#pragma once

#include <string>
#include <string_view>

#include "domain/plans/api.h"
#include "domain/reports/document.h"

namespace linli::reports {

enum class Kind { plan, month, year };

// The figures of the period's last day, or of today before it. Refuses `report.bad_period` for a
// month's report of no month or a year's of no year.
Result<Document> make(const plans::Scene& scene, const pack::PlanHeader& plan, Kind kind,
                      region::Code place, const indicator::Period& period,
                      std::string_view language);

}  // namespace linli::reports
