// What people are told of plans: what they owe, what is overdue, and a light that has turned red.
// Events of the log, whose data name the places concerned as `owing` (who owes it) and `asking` (to
// whom it is owed); the packs' texts say who is told (decision 0046).
#pragma once

#include <string>
#include <string_view>

#include "domain/plans/figures.h"
#include "domain/plans/tasks.h"
#include "domain/plans/value_requests.h"

namespace linli::plans {

// plan.task_handed, plan.task_overdue
void announce(db::Tx& tx, const host::Services& services, const std::string& name, const Task& task,
              const std::string& actor_id, time::Instant at);
// plan.value_asked, plan.value_submitted, plan.value_returned, plan.value_approved,
// plan.value_overdue
void announce(db::Tx& tx, const host::Services& services, const std::string& name,
              const ValueRequest& request, const std::string& actor_id, time::Instant at);

// Announces open tasks and requests whose day is over, once for each due day, and, once a day,
// indicators of the installation's plans whose light has turned red since the last look
// (plan.light_red). Returns how many alarms were raised.
int64_t raise_alarms(Figures& figures, host::Services& services, time::Instant now);

}  // namespace linli::plans
