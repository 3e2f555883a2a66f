// The plans' indicators: values, targets, places and trends.
#include <algorithm>

#include "domain/plans/store.h"
#include "domain/plans/targets.h"
#include "domain/plans/views.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

using indicator::Period;

std::vector<const expr::Expression*> values_of(
    const std::vector<const pack::Indicator*>& indicators) {
  std::vector<const expr::Expression*> found;
  for (const pack::Indicator* indicator : indicators) {
    if (indicator->value) found.push_back(&*indicator->value);
  }
  return found;
}

// `reader` has loaded the indicator at the place; `report` is what counts where it has no value.
IndicatorView value_of(const Reader& reader, const pack::Indicator& indicator, Code place,
                       std::optional<Report> report) {
  IndicatorView view{.indicator = &indicator};
  if (indicator.value) {
    view.value = reader.value(*indicator.value, place);
    if (const auto fraction = indicator::fraction_of(*indicator.value)) {
      view.numerator = reader.value(fraction->numerator, place);
      view.denominator = reader.value(fraction->denominator, place);
    }
  }
  if (!view.value && report) {
    view.value = report->value;
    view.report = std::move(report);
  }
  return view;
}

// The same beside what the place is to reach.
IndicatorView view_of(const Reader& reader, const pack::PlanHeader& plan,
                      const pack::Indicator& indicator, Code place, time::Date date,
                      const std::vector<HandedTarget>& handed, std::optional<Report> report) {
  IndicatorView view = value_of(reader, indicator, place, std::move(report));
  if (indicator.source_of_value == pack::ValueSource::rule) return view;
  view.target = indicator::target_on(indicator, date);
  view.goal = indicator::goal_on(indicator, plan, date);
  if (const HandedTarget* own = handed_on(handed, indicator.key, date)) {
    view.handed = *own;
    view.goal = goal_of(*own, indicator, view.goal);
  }
  if (view.goal) {
    view.status = indicator::status_of(*view.goal, view.value, date);
    view.expected = indicator::expected_on(*view.goal, date);
    view.progress = indicator::progress_of(*view.goal, view.value);
  }
  return view;
}

}  // namespace

// Flows of the year up to the date, stocks at the end of its month (or now).
Period period_on(time::Date date, time::Date today) {
  const time::Date end = std::min(indicator::last_day(indicator::month_of(date)), today);
  return {end / 10000 * 10000 + 101, end, indicator::text_of(indicator::month_of(end))};
}

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
                                      time::Date date, const pack::Indicator* only) {
  std::vector<const pack::Indicator*> wanted;
  for (const pack::Indicator& indicator : scene.content().indicators) {
    if (indicator.plan != plan.key || (only != nullptr && &indicator != only)) continue;
    wanted.push_back(&indicator);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(values_of(wanted), {place}, period_on(date, scene.today));
  std::vector<IndicatorView> views;
  const std::vector<HandedTarget> handed = store::targets_at(scene.tx, place);
  const auto reports = store::reports_on(scene.tx, place, date);
  for (const pack::Indicator* indicator : wanted) {
    const auto report = reports.find(indicator->key);
    views.push_back(
        view_of(reader, plan, *indicator, place, date, handed,
                report == reports.end() ? std::nullopt : std::optional(report->second)));
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
  std::map<Code, std::vector<HandedTarget>> handed;
  for (HandedTarget& down : store::targets_by(scene.tx, parent, indicator.key)) {
    handed[down.place].push_back(std::move(down));
  }
  for (const places::Reference& child : children) {
    views.push_back(
        {child, view_of(reader, plan, indicator, child.code, scene.today, handed[child.code],
                        store::report(scene.tx, indicator.key, child.code, scene.today))});
  }
  return views;
}

std::vector<IndicatorView> indicator_at(const Scene& scene, const pack::Indicator& indicator,
                                        const std::vector<Code>& places) {
  std::vector<IndicatorView> views;
  if (places.empty()) return views;
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(values_of({&indicator}), places, period_on(scene.today, scene.today));
  const auto [first, last] = std::minmax_element(places.begin(), places.end());
  auto reports = store::latest_reports(scene.tx, indicator.key, *first, *last, scene.today);
  for (const Code place : places) {
    const auto report = reports.find(place);
    views.push_back(value_of(
        reader, indicator, place,
        report == reports.end() ? std::nullopt : std::optional(std::move(report->second))));
  }
  return views;
}

}  // namespace linli::plans
