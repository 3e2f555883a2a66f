#include "domain/plans/value_requests.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "domain/places/api.h"
#include "domain/plans/alarms.h"
#include "domain/plans/store.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/views.h"
#include "engine/indicator/period.h"

namespace linli::plans {
namespace {

constexpr double kFarAway = 3.5;     // modified z-scores
constexpr size_t kEnoughValues = 5;  // for a modified z-score

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace

bool is_outlier(const pack::Indicator& indicator, double value,
                const std::vector<double>& history) {
  if (history.empty()) return false;
  if (indicator.limits.change) {
    const double last = history.back();
    const double usual = std::abs(last) * *indicator.limits.change / 100;
    return std::abs(value - last) > usual + 1e-9;
  }
  if (history.size() < kEnoughValues) return false;
  const double centre = median(history);
  std::vector<double> away;
  for (const double known : history) away.push_back(std::abs(known - centre));
  const double spread = median(away);
  if (spread == 0) return value != centre;
  return 0.6745 * std::abs(value - centre) / spread > kFarAway;
}

Result<ValueRequest> answer(ValueRequest request, const pack::Indicator& indicator,
                            const Answer& given, const std::vector<double>& history,
                            time::Instant now) {
  if (request.state != "open") {
    return refuse(ErrorKind::conflict, "value_request.not_open", request.id);
  }
  const bool missing = !text::trim(given.missing).empty();
  if (given.value.has_value() == missing) {
    return refuse(ErrorKind::invalid, "value_request.empty", request.id);
  }
  request.value = given.value;
  request.missing = given.missing;
  request.evidence = given.evidence;
  request.files = given.files;
  request.marks.clear();
  if (missing) request.marks.emplace_back("missing");
  if (given.value) {
    if (text::trim(given.evidence).empty() && given.files.empty()) {
      return refuse(ErrorKind::invalid, "value_request.needs_evidence", request.id);
    }
    const pack::Limits& limits = indicator.limits;
    if ((limits.minimum && *given.value < *limits.minimum) ||
        (limits.maximum && *given.value > *limits.maximum)) {
      return refuse(ErrorKind::invalid, "value_request.out_of_limits", request.id);
    }
    if (is_outlier(indicator, *given.value, history)) request.marks.emplace_back("outlier");
  }
  if (time::date_of(now) > request.due) request.marks.emplace_back("late");
  request.state = "submitted";
  request.submitted_at = now;
  request.at_level = request.place == request.asked_by ? request.place : request.place.parent();
  return request;
}

Result<ValueRequest> approve(ValueRequest request) {
  if (request.state != "submitted") {
    return refuse(ErrorKind::conflict, "value_request.not_submitted", request.id);
  }
  if (request.at_level == request.asked_by) {
    request.state = "approved";
  } else {
    request.at_level = request.at_level.parent();
  }
  return request;
}

Result<ValueRequest> send_back(ValueRequest request) {
  if (request.state != "submitted") {
    return refuse(ErrorKind::conflict, "value_request.not_submitted", request.id);
  }
  request.state = "open";
  request.at_level = request.place;
  return request;
}

Result<indicator::Period> reporting_period(const pack::Indicator& indicator,
                                           std::string_view text) {
  // Relative names have no place in what is kept: they are longer or shorter on any other day.
  if (text.empty() || text.front() < '0' || text.front() > '9') {
    return refuse(ErrorKind::invalid, "period.bad", std::string(text));
  }
  const indicator::Period period = TRY(indicator::parse_period(text, 0));
  if (indicator::period_around(indicator.every, period.from) != period) {
    return refuse(ErrorKind::invalid, "indicator.wrong_period", indicator.every);
  }
  return period;
}

Result<ValueRequest> ask(db::Tx& tx, const host::Services& services, ValueRequest made,
                         bool computed, const RequestStep& by) {
  const pack::Indicator* indicator =
      TRY(find_indicator(*services.content, made.plan, made.indicator));
  TRY(reporting_period(*indicator, made.period));
  TRY(places::require_active(tx, made.place));
  if (computed) return refuse(ErrorKind::conflict, "value_request.computed", made.indicator);
  if (store::find_request(tx, made.indicator, made.place, made.period)) {
    return refuse(ErrorKind::conflict, "value_request.asked_already", made.place.text());
  }
  made.at_level = made.place;
  store::insert(tx, made);
  store::add_step(tx, made.id, by);
  announce(tx, services, "plan.value_asked", made, by.actor_id, by.at);
  return made;
}

Result<ValueRequest> find_request(db::Tx& tx, std::string_view id) {
  const auto request = store::find_request(tx, id);
  if (!request) return refuse(ErrorKind::not_found, "value_request.not_found", std::string(id));
  return *request;
}

Result<ValueRequest> save_request(db::Tx& tx, const host::Services& services, ValueRequest changed,
                                  RequestStep step) {
  if (!store::save(tx, changed, changed.version)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile", changed.id);
  }
  ++changed.version;
  store::add_step(tx, changed.id, step);
  if (changed.state == "approved" && changed.value) {
    store::save_report(tx, {.indicator = changed.indicator,
                            .place = changed.place,
                            .period = TRY(indicator::parse_period(changed.period, 0)),
                            .value = *changed.value,
                            .source = changed.evidence,
                            .actor_id = step.actor_id,
                            .actor_name = step.actor_name,
                            .at = step.at});
  }
  announce(tx, services, "plan.value_" + step.what, changed, step.actor_id, step.at);
  return changed;
}

}  // namespace linli::plans
