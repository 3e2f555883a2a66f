// What other modules may ask of the plans.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/time.h"
#include "domain/plans/tasks.h"
#include "domain/plans/types.h"
#include "domain/plans/views.h"
#include "host/services.h"

namespace linli::plans {

// Counts every figure from the records, beside the differences that changes write: after a bulk
// load that told no observer. Returns how many numbers were not right before. Nothing before the
// first start, which counts all by itself.
int64_t count_all(host::Services& services, time::Instant now);

// What a counter had at a place at the end of a past month, given what lies exactly there today;
// both in millionths.
using Past = std::function<int64_t(const indicator::Counter& counter, Code place, time::Date end,
                                   int64_t today)>;
// Keeps stocks at the ends of past months, summed up to the nation: of a demonstration, which has
// no past. Ends must be past, the oldest first, and not kept yet.
void keep_past(host::Services& services, const std::vector<time::Date>& ends, const Past& past);

// A plan's indicators at a place as GET /api/v1/plans/{plan}/indicators answers them today; the
// nation stands for the plan's own territory. Refuses `plan.unknown`.
Result<json::Value> values_of_plan(host::Services& services, std::string_view plan, Code place,
                                   time::Instant now);

// Tasks by place, up to a limit.
std::vector<Task> tasks_under(db::Tx& tx, const TaskFilter& filter, int64_t limit);

// A number from outside, in the place of an older one for the same place and year.
void save_statistic(db::Tx& tx, const Statistic& statistic);

}  // namespace linli::plans
