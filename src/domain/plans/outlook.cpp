#include "domain/plans/outlook.h"

#include <algorithm>

#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Forecast;
using indicator::Month;
using indicator::Period;

constexpr int kMonths = 60;        // of history
constexpr size_t kMostAhead = 60;  // periods of forecast
constexpr size_t kShortestHeldBack = 8;

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

// A history, and the periods that are to be foretold from it.
struct Course {
  std::vector<double> history;
  std::vector<Period> ahead;
  indicator::ForecastOptions options;
};

indicator::ForecastOptions limits_of(const pack::Indicator& of) {
  indicator::ForecastOptions options{of.limits.minimum, of.limits.maximum, {}};
  if (!options.minimum) options.minimum = 0;
  if (!options.maximum && of.unit == "%") options.maximum = 100;
  return options;
}

void add_forecast(const Course& course, time::Date due, Outlook& outlook) {
  if (course.ahead.empty()) return;
  const auto made = indicator::forecast(course.history, course.ahead.size(), course.options);
  if (!made) return;
  outlook.method = made->method;
  outlook.error = made->error;
  for (size_t i = 0; i < course.ahead.size(); ++i) {
    const Period& period = course.ahead[i];
    outlook.ahead.push_back({period.text, made->steps[i]});
    if (period.from <= due && due <= period.to) outlook.at_due = made->steps[i];
  }
  if (course.history.size() < kShortestHeldBack) return;
  const size_t held_back =
      std::clamp<size_t>(course.history.size() / 4, 2, std::max<size_t>(course.options.season, 2));
  indicator::ForecastOptions options = course.options;
  options.base = std::nullopt;
  outlook.held_back = indicator::hold_back(course.history, held_back, options);
}

std::vector<Period> months_ahead(Month from, Month to) {
  std::vector<Period> months;
  for (; from <= to && months.size() < kMostAhead; from = indicator::next(from)) {
    months.push_back(indicator::month_period(from));
  }
  return months;
}

// The months of a computed value.
Course course_of(const pack::Indicator& of, const std::vector<Month>& months, const Series& series,
                 bool sums, Month due) {
  const Month running = months.back();
  Course course{.options = limits_of(of)};
  if (!sums) {
    course.history = last_stretch(series.shown, months.size());
    course.ahead = months_ahead(indicator::next(running), due);
    return course;
  }
  // The year's sum begins with the months that are over; the running month is the first ahead.
  course.history = last_stretch(series.alone, months.size() - 1);
  course.options.base = 0;
  if (running % 100 != 1 && months.size() > 1) {
    course.options.base = series.shown[months.size() - 2].value_or(0);
  }
  const Month year_end = running / 100 * 100 + 12;
  course.ahead = months_ahead(running, std::min(due, year_end));
  return course;
}

// A reported value's own periods, from the last gap on. Where a year is reported and the plan
// prints what stood before the first, it belongs to the history of the plan's own territory.
Course course_of(const pack::Indicator& of, const std::vector<Report>& reports, bool whole_plan,
                 time::Date due) {
  Course course{.options = limits_of(of)};
  course.options.season = of.every == "month"       ? 12
                          : of.every == "quarter"   ? 4
                          : of.every == "half_year" ? 2
                                                    : 1;
  std::optional<Period> next;
  for (const Report& report : reports) {
    const bool follows = next && *next == report.period;
    if (!follows) course.history.clear();
    if (!follows && whole_plan && of.every == "year") {
      const int64_t before = report.period.from / 10000 - 1;
      for (const pack::Baseline& baseline : of.baselines) {
        const bool exact = baseline.comparator == pack::Comparator::equal;
        if (baseline.year == before && baseline.value && exact) {
          course.history = {*baseline.value};
        }
      }
    }
    course.history.push_back(report.value);
    next = indicator::period_around(of.every, time::add_days(report.period.to, 1));
  }
  while (next && next->from <= due && course.ahead.size() < kMostAhead) {
    course.ahead.push_back(*next);
    next = indicator::period_around(of.every, time::add_days(next->to, 1));
  }
  return course;
}

// What the place has reported for the indicator's own periods, the oldest first.
std::vector<Report> reports_of(const pack::Indicator& of, const std::vector<Report>& all,
                               time::Date today) {
  std::vector<Report> own;
  for (const Report& report : all) {
    const bool is_own = report.indicator == of.key && report.period.from <= today;
    if (is_own && indicator::period_around(of.every, report.period.from) == report.period) {
      own.push_back(report);
    }
  }
  return own;
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
    // Where the records say nothing, a report may stand in.
    if (of.value && !outlook.now.report) {
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
      if (const auto& goal = outlook.now.goal) {
        const Month due = indicator::month_of(goal->due);
        add_forecast(course_of(of, months, own, is_sum, due), goal->due, outlook);
      }
    } else {
      const std::vector<Report> own = reports_of(of, reported, scene.today);
      for (const Report& report : own) {
        outlook.trend.push_back({report.period.text, report.value, false});
        if (time::date_of(report.at) <= sunday) outlook.last_week = report.value;
      }
      if (const auto& goal = outlook.now.goal) {
        const bool whole_plan = place == plan.territory;
        add_forecast(course_of(of, own, whole_plan, goal->due), goal->due, outlook);
      }
    }
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
