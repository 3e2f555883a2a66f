// Values that cannot be computed are asked of the place that knows them: once, with a deadline and
// evidence, and approved level by level up to the place that asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/types.h"
#include "engine/pack/types.h"
#include "host/services.h"

namespace linli::plans {

struct ValueRequest {
  std::string id;
  Code place;  // who is asked
  std::string plan;
  std::string indicator;
  std::string period;  // 2025, 2025-H1, 2025-Q1, 2025-03
  time::Date due = 0;
  Code asked_by;
  Code at_level;               // whose turn it is
  std::string state = "open";  // open, submitted, approved
  std::optional<double> value;
  std::string missing;  // why there is no value
  std::string evidence;
  std::vector<std::string> files;
  std::vector<std::string> marks;  // outlier, missing, late
  int64_t version = 1;
  std::optional<time::Instant> submitted_at;
  time::Instant at = 0;

  bool overdue(time::Date today) const { return state == "open" && due < today; }
};

struct RequestStep {
  int64_t n = 0;
  std::string what;  // asked, submitted, approved, returned
  Code place;        // at which level
  std::optional<double> value;
  std::string note;
  std::string actor_id;
  std::string actor_name;
  time::Instant at = 0;
};

struct RequestFilter {
  std::string plan;
  std::string indicator;
  std::string state;
  Code under;                    // whose places are asked
  std::optional<Code> at_level;  // only those whose turn it is
};

// What somebody answers: a value with evidence, or why there is none.
struct Answer {
  std::optional<double> value;
  std::string missing;
  std::string evidence;
  std::vector<std::string> files;
};

// Pure. Refuses `value_request.not_open`, `value_request.empty` (neither a value nor a reason),
// `value_request.needs_evidence`, and `value_request.out_of_limits`. `history` are the earlier
// values of the place, the oldest first.
Result<ValueRequest> answer(ValueRequest request, const pack::Indicator& indicator,
                            const Answer& given, const std::vector<double>& history,
                            time::Instant now);
// Whether a value is far from the earlier ones: beyond the indicator's usual change from the last,
// or, where none is declared, with a modified z-score above 3.5 among five or more (Iglewicz,
// Hoaglin 1993).
bool is_outlier(const pack::Indicator& indicator, double value, const std::vector<double>& history);
// One level up; approved when the place that asked has approved. Refuses
// `value_request.not_submitted`.
Result<ValueRequest> approve(ValueRequest request);
// Back to the place that was asked. Refuses `value_request.not_submitted`.
Result<ValueRequest> send_back(ValueRequest request);

// What an indicator's value is reported for: a month, a quarter, half a year or a year, as its pack
// says. Refuses `period.bad`, and `indicator.wrong_period` for a longer or a shorter one.
Result<indicator::Period> reporting_period(const pack::Indicator& indicator, std::string_view text);

// Refuses `plan.unknown`, `indicator.unknown`, `period.bad`, `indicator.wrong_period`,
// `value_request.computed` (the records say it), `value_request.asked_already`, `place.not_found`
// and `place.not_active`. `computed` says
// whether the records give a value at the place.
Result<ValueRequest> ask(db::Tx& tx, const host::Services& services, ValueRequest made,
                         bool computed, const RequestStep& by);
// Refuses `value_request.not_found`.
Result<ValueRequest> find_request(db::Tx& tx, std::string_view id);
// Saves what answer, approve and send_back made, and announces it; an approved value becomes the
// indicator's. Refuses `record.changed_meanwhile`.
Result<ValueRequest> save_request(db::Tx& tx, const host::Services& services, ValueRequest changed,
                                  RequestStep step);

}  // namespace linli::plans
