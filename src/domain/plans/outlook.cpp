#include "domain/plans/outlook.h"

#include <algorithm>

#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Forecast;
using indicator::Month;
using indicator::Period;

constexpr int kMonths = 60;        // of history
constexpr size_t kMostAhead = 60;  // months of forecast

// A sum of what was opened in its months: it begins anew each year, so months are forecast and
// added up. Everything else is forecast as it stands at the ends of months.
bool is_sum_of_flows(const pack::Content& content, const expr::Expression& value) {
  if (indicator::fraction_of(value)) return false;
  const auto parts = expr::aggregates(value);
  return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
    return content.case_kind(part->kind) != nullptr;
  });
}

std::vector<Month> months_up_to(Month last, Month first) {
  std::vector<Month> months = {last};
  while (static_cast<int>(months.size()) < kMonths && months.back() > first) {
    months.push_back(indicator::previous(months.back()));
  }
  std::reverse(months.begin(), months.end());
  return months;
}

size_t months_between(Month from, Month to) {
  const int64_t count = (to / 100 - from / 100) * 12 + to % 100 - from % 100;
  return count < 0 ? 0 : static_cast<size_t>(count);
}

// One indicator's months: as shown (a year's sum up to the month, or what stood at its end), and
// alone (what was opened in the month).
struct Series {
  std::vector<std::optional<double>> shown;
  std::vector<std::optional<double>> alone;
};

// The values after the last gap; a running month of flows is no whole month.
std::vector<double> last_stretch(const std::vector<std::optional<double>>& values, size_t end) {
  std::vector<double> stretch;
  for (size_t i = 0; i < end; ++i) {
    values[i] ? stretch.push_back(*values[i]) : stretch.clear();
  }
  return stretch;
}

// Whole years of the months alone, January first.
std::vector<double> whole_years(const std::vector<Month>& months,
                                const std::vector<std::optional<double>>& alone) {
  std::vector<double> years;
  for (size_t i = 0; i + 12 < months.size(); ++i) {
    if (months[i] % 100 != 1) continue;
    const auto begin = alone.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::all_of(begin, begin + 12, [](const auto& value) { return value.has_value(); })) {
      for (auto value = begin; value != begin + 12; ++value) years.push_back(**value);
    }
  }
  return years;
}

void add_forecast(const pack::Indicator& of, const std::vector<Month>& months, const Series& series,
                  bool sums, Outlook& outlook) {
  const Month running = months.back();
  if (!outlook.now.goal) return;
  const Month due = indicator::month_of(outlook.now.goal->due);
  indicator::ForecastOptions options{of.limits.minimum, of.limits.maximum, {}};
  if (!options.minimum) options.minimum = 0;
  if (!options.maximum && of.unit == "%") options.maximum = 100;
  size_t steps = std::min(kMostAhead, months_between(running, due));
  std::vector<double> history;
  Month first = indicator::next(running);
  if (sums) {
    // The year's sum begins with the months that are over; the running month is the first ahead.
    history = last_stretch(series.alone, months.size() - 1);
    first = running;
    options.base = 0;
    if (running % 100 != 1 && months.size() > 1) {
      options.base = series.shown[months.size() - 2].value_or(0);
    }
    const Month year_end = running / 100 * 100 + 12;
    steps = months_between(running, std::min(due, year_end)) + 1;
  } else {
    history = last_stretch(series.shown, months.size());
  }
  const auto made = steps == 0 ? std::nullopt : indicator::forecast(history, steps, options);
  if (!made) return;
  outlook.method = made->method;
  outlook.error = made->error;
  for (const Forecast::Step& step : made->steps) {
    outlook.ahead.push_back({indicator::text_of(first), step});
    if (first == due) outlook.at_due = step;
    first = indicator::next(first);
  }
}

// What the place has reported, period by period.
void add_reported(const pack::Indicator& of, const std::vector<Report>& all, time::Date today,
                  Outlook& outlook) {
  for (const Report& report : all) {
    if (report.indicator == of.key && report.period.from <= today) {
      outlook.trend.push_back({report.period.text, report.value, false});
    }
  }
}

void add_pace(const std::optional<indicator::Season>& season, Month from, Outlook& outlook) {
  const auto& goal = outlook.now.goal;
  if (!goal) return;
  if (goal->start) from = std::max(from, indicator::month_of(goal->start->day));
  for (Month month = from; month <= indicator::month_of(goal->due);
       month = indicator::next(month)) {
    const time::Date end = std::min(indicator::last_day(month), goal->due);
    if (const auto value = indicator::expected_on(*goal, end, season)) {
      outlook.pace.push_back({indicator::text_of(month), *value});
    }
  }
}

}  // namespace

std::vector<Outlook> outlooks(const Scene& scene, const pack::PlanHeader& plan,
                              const pack::Indicator* only, Code place) {
  std::vector<const pack::Indicator*> wanted;
  for (const pack::Indicator& known : scene.content().indicators) {
    if (known.plan == plan.key && (only == nullptr || &known == only)) wanted.push_back(&known);
  }
  std::vector<const expr::Expression*> all;
  std::vector<const expr::Expression*> sums;
  for (const pack::Indicator* known : wanted) {
    if (!known->value) continue;
    all.push_back(&*known->value);
    if (is_sum_of_flows(scene.content(), *known->value)) sums.push_back(&*known->value);
  }
  const std::vector<Month> months =
      months_up_to(indicator::month_of(scene.today), int64_t{plan.first_year} * 100 + 1);
  std::map<const expr::Expression*, Series> series;
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  for (const Month month : months) {
    reader.load(all, {place}, period_on(indicator::last_day(month), scene.today));
    for (const expr::Expression* value : all) {
      series[value].shown.push_back(reader.value(*value, place));
    }
    if (sums.empty()) continue;
    reader.load(sums, {place}, indicator::month_period(month));
    for (const expr::Expression* value : sums) {
      series[value].alone.push_back(reader.value(*value, place));
    }
  }
  // Last week's end: what has moved since is what this week has brought.
  const time::Date sunday = indicator::week_end_before(scene.today);
  Reader week(scene.tx, scene.services, scene.figures, scene.today);
  week.load(all, {place}, {scene.today / 10000 * 10000 + 101, sunday, ""});
  const auto reported =
      store::reports_within(scene.tx, place, int64_t{plan.first_year} * 10000 + 101,
                            int64_t{plan.last_year} * 10000 + 1231);
  std::vector<Outlook> outlooks;
  const std::vector<IndicatorView> views = indicators(scene, plan, place, scene.today, only);
  for (size_t i = 0; i < wanted.size(); ++i) {
    const pack::Indicator& of = *wanted[i];
    Outlook outlook{.now = views[i]};
    for (const pack::Baseline& baseline : of.baselines) {
      if (baseline.value) {
        outlook.trend.push_back({std::to_string(baseline.year), *baseline.value, true});
      }
    }
    std::optional<indicator::Season> season;
    if (of.value) {
      outlook.last_week = week.value(*of.value, place);
      const Series& own = series[&*of.value];
      const bool is_sum = !own.alone.empty();
      for (size_t m = 0; m < months.size(); ++m) {
        if (!own.shown[m]) continue;
        const bool now = months[m] == months.back();
        outlook.trend.push_back(
            {now ? "now" : indicator::text_of(months[m]), *own.shown[m], false});
      }
      if (is_sum) season = indicator::season_of(whole_years(months, own.alone));
      add_forecast(of, months, own, is_sum, outlook);
    }
    if (!of.value) add_reported(of, reported, scene.today, outlook);
    add_pace(season, months.front(), outlook);
    if (outlook.now.goal) {
      const indicator::Goal& goal = *outlook.now.goal;
      outlook.now.expected = indicator::expected_on(goal, scene.today, season);
      outlook.now.status = indicator::status_of(goal, outlook.now.value, scene.today, season);
      outlook.judgement =
          indicator::judge(goal, outlook.now.value, scene.today, outlook.at_due, season);
    }
    outlooks.push_back(std::move(outlook));
  }
  return outlooks;
}

}  // namespace linli::plans
