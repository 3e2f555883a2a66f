// The plans' indicators: values, targets, places and trends.
#include <algorithm>

#include "domain/plans/store.h"
#include "domain/plans/views.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

using indicator::Month;
using indicator::Period;

constexpr int kTrendMonths = 60;

// Flows of the year up to the date, stocks at the end of its month (or now).
Period period_on(time::Date date, time::Date today) {
  const Month month = indicator::month_of(std::min(date, today));
  return {month / 100 * 100 + 1, month, indicator::text_of(month)};
}

std::vector<const expr::Expression*> values_of(
    const std::vector<const pack::Indicator*>& indicators) {
  std::vector<const expr::Expression*> found;
  for (const pack::Indicator* indicator : indicators) {
    if (indicator->value) found.push_back(&*indicator->value);
  }
  return found;
}

// `reader` has loaded the indicator at the place.
IndicatorView view_of(const Scene& scene, const Reader& reader, const pack::PlanHeader& plan,
                      const pack::Indicator& indicator, Code place, time::Date date) {
  IndicatorView view{.indicator = &indicator};
  if (indicator.value) {
    view.value = reader.value(*indicator.value, place);
    if (const auto fraction = indicator::fraction_of(*indicator.value)) {
      view.numerator = reader.value(fraction->numerator, place);
      view.denominator = reader.value(fraction->denominator, place);
    }
  }
  if (!view.value) {
    view.report = store::report(scene.tx, indicator.key, place, date / 10000);
    if (view.report) view.value = view.report->value;
  }
  if (indicator.source_of_value == pack::ValueSource::rule) return view;
  view.target = indicator::target_on(indicator, date);
  if (view.target != nullptr) view.status = indicator::status_of(indicator, plan, view.value, date);
  view.progress = indicator::progress_of(indicator, plan, view.value, date);
  return view;
}

}  // namespace

Result<const pack::PlanHeader*> find_plan(const pack::Content& content, std::string_view key) {
  const pack::PlanHeader* plan = content.plan(key);
  if (plan == nullptr) return refuse(ErrorKind::not_found, "plan.unknown", std::string(key));
  return plan;
}

Result<const pack::Indicator*> find_indicator(const pack::Content& content, std::string_view plan,
                                              std::string_view key) {
  const pack::Indicator* indicator = content.indicator(key);
  if (indicator == nullptr || indicator->plan != plan) {
    return refuse(ErrorKind::not_found, "indicator.unknown", std::string(key));
  }
  return indicator;
}

std::vector<IndicatorView> indicators(const Scene& scene, const pack::PlanHeader& plan, Code place,
                                      time::Date date) {
  std::vector<const pack::Indicator*> wanted;
  for (const pack::Indicator& indicator : scene.content().indicators) {
    if (indicator.plan == plan.key) wanted.push_back(&indicator);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(values_of(wanted), {place}, period_on(date, scene.today));
  std::vector<IndicatorView> views;
  for (const pack::Indicator* indicator : wanted) {
    views.push_back(view_of(scene, reader, plan, *indicator, place, date));
  }
  return views;
}

std::vector<IndicatorAtPlace> indicator_of_children(const Scene& scene,
                                                    const pack::PlanHeader& plan,
                                                    const pack::Indicator& indicator, Code parent) {
  const std::vector<places::Reference> children = children_of(scene.tx, parent);
  std::vector<Code> codes;
  for (const places::Reference& child : children) codes.push_back(child.code);
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(values_of({&indicator}), codes, period_on(scene.today, scene.today));
  std::vector<IndicatorAtPlace> views;
  for (const places::Reference& child : children) {
    views.push_back({child, view_of(scene, reader, plan, indicator, child.code, scene.today)});
  }
  return views;
}

std::vector<TrendPoint> trend(const Scene& scene, const pack::PlanHeader& plan,
                              const pack::Indicator& indicator, Code place) {
  std::vector<TrendPoint> points;
  for (const pack::Baseline& baseline : indicator.baselines) {
    if (baseline.value) points.push_back({std::to_string(baseline.year), *baseline.value, true});
  }
  if (!indicator.value) return points;
  const Month running = indicator::month_of(scene.today);
  Month month = running;
  for (int back = 0; back < kTrendMonths && month > int64_t{plan.first_year} * 100 + 1; ++back) {
    month = indicator::previous(month);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  for (; month <= running; month = indicator::next(month)) {
    const time::Date end = std::min(indicator::last_day(month), scene.today);
    reader.load({&*indicator.value}, {place}, period_on(end, scene.today));
    const std::string label = month == running ? "now" : indicator::text_of(month);
    if (const auto value = reader.value(*indicator.value, place)) {
      points.push_back({label, *value, false});
    }
  }
  return points;
}

}  // namespace linli::plans
