#include "engine/indicator/target.h"

#include <algorithm>
#include <cmath>

namespace linli::indicator {
namespace {

constexpr double kNearlyOnPace = 0.1;  // of the whole way

double slack_of(double target) {
  return 1e-9 * std::max(1.0, std::abs(target));
}

std::optional<Start> start_of(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                              const pack::Target& target, time::Date day) {
  if (target.repeat == "yearly") return Start{0, day / 10000 * 10000 + 101};
  if (target.repeat == "monthly") return Start{0, day / 100 * 100 + 1};
  if (target.repeat == "always") return std::nullopt;
  const pack::Baseline* latest = nullptr;
  for (const pack::Baseline& baseline : indicator.baselines) {
    if (baseline.value && (latest == nullptr || baseline.year > latest->year)) latest = &baseline;
  }
  if (latest != nullptr) return Start{*latest->value, int64_t{latest->year} * 10000 + 1231};
  if (!indicator.higher_is_better || plan.first_year == 0) return std::nullopt;
  return Start{0, int64_t{plan.first_year} * 10000 + 101};
}

// The value between two points on a straight line by days.
double between(const Start& from, const Start& to, time::Date day) {
  const double whole = static_cast<double>(time::days_between(from.day, to.day));
  if (whole <= 0) return to.value;
  const double gone = static_cast<double>(time::days_between(from.day, day));
  return from.value + (to.value - from.value) * std::clamp(gone / whole, 0.0, 1.0);
}

double along_season(const Season& season, time::Date day) {
  const time::CivilDate date = time::civil(day);
  const auto month = static_cast<size_t>(date.month - 1);
  const double before = month == 0 ? 0 : season.at(month - 1);
  const double part = static_cast<double>(date.day) / time::days_in_month(date.year, date.month);
  return before + (season.at(month) - before) * part;
}

bool reaches(const Goal& goal, double value) {
  return meets(goal, value);
}

}  // namespace

time::Date due_date(const pack::Target& target, time::Date day) {
  if (target.repeat == "monthly") {
    const int year = static_cast<int>(day / 10000);
    return day / 100 * 100 + time::days_in_month(year, static_cast<int>(day / 100 % 100));
  }
  if (target.repeat == "yearly") return day / 10000 * 10000 + 1231;
  if (target.repeat == "always") return day;
  return target.due != 0 ? target.due : int64_t{target.year} * 10000 + 1231;
}

const pack::Target* target_on(const pack::Indicator& indicator, time::Date day) {
  const pack::Target* next = nullptr;
  const pack::Target* last = nullptr;
  for (const pack::Target& target : indicator.targets) {
    const time::Date due = due_date(target, day);
    if (due >= day && (next == nullptr || due < due_date(*next, day))) next = &target;
    if (last == nullptr || due > due_date(*last, day)) last = &target;
  }
  return next != nullptr ? next : last;
}

std::optional<Goal> goal_on(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                            time::Date day) {
  const pack::Target* target = target_on(indicator, day);
  if (target == nullptr) return std::nullopt;
  return Goal{.target = *target,
              .start = start_of(indicator, plan, *target, day),
              .due = due_date(*target, day),
              .higher_is_better = indicator.higher_is_better,
              .pace = indicator.pace,
              .path = indicator.path};
}

bool meets(const Goal& goal, double value) {
  const pack::Target& target = goal.target;
  const double slack = slack_of(target.value);
  switch (target.comparator) {
    case pack::Comparator::at_least:
      return value >= target.value - slack;
    case pack::Comparator::more_than:
      return value > target.value + slack;
    case pack::Comparator::at_most:
      return value <= target.value + slack;
    case pack::Comparator::less_than:
      return value < target.value - slack;
    case pack::Comparator::equal:  // a bare number is reached, not hit
      return goal.higher_is_better ? value >= target.value - slack : value <= target.value + slack;
    case pack::Comparator::between:
      return value >= target.value - slack && value <= target.upper.value_or(target.value) + slack;
  }
  return false;
}

std::optional<Season> season_of(const std::vector<double>& months) {
  Season season{};
  const size_t years = months.size() / 12;
  int counted = 0;
  for (size_t year = 0; year < years; ++year) {
    const auto begin = months.begin() + static_cast<std::ptrdiff_t>(year * 12);
    double sum = 0;
    for (auto month = begin; month != begin + 12; ++month) sum += *month;
    if (sum <= 0) continue;
    double reached = 0;
    for (size_t month = 0; month < 12; ++month) {
      reached += begin[static_cast<std::ptrdiff_t>(month)] / sum;
      season.at(month) += reached;
    }
    ++counted;
  }
  if (counted == 0) return std::nullopt;
  for (double& part : season) part /= counted;
  season.back() = 1;
  return season;
}

std::optional<double> expected_on(const Goal& goal, time::Date day,
                                  const std::optional<Season>& season) {
  if (goal.target.comparator == pack::Comparator::between) return std::nullopt;
  if (goal.pace == pack::Pace::path) {
    std::optional<Start> from = goal.start;
    for (const pack::Milestone& milestone : goal.path) {
      const Start to{milestone.value, milestone.due};
      if (day <= to.day) return from ? between(*from, to, day) : to.value;
      from = to;
    }
    if (from) return between(*from, {goal.target.value, goal.due}, day);
  }
  if (!goal.start) return std::nullopt;
  if (goal.pace == pack::Pace::seasonal && goal.target.repeat == "yearly" && season) {
    return goal.target.value * along_season(*season, std::min(day, goal.due));
  }
  return between(*goal.start, {goal.target.value, goal.due}, day);
}

std::optional<double> progress_of(const Goal& goal, std::optional<double> value) {
  if (!value) return std::nullopt;
  if (meets(goal, *value)) return 1.0;
  if (!goal.start || goal.target.comparator == pack::Comparator::between) return std::nullopt;
  const double way = goal.target.value - goal.start->value;
  if (way == 0) return std::nullopt;
  return std::clamp((*value - goal.start->value) / way, 0.0, 1.0);
}

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 4> kNames = {"no_data", "met", "on_track", "behind"};
  return kNames.at(static_cast<size_t>(status));
}

Status status_of(const Goal& goal, std::optional<double> value, time::Date day,
                 const std::optional<Season>& season) {
  if (!value) return Status::no_data;
  if (meets(goal, *value)) return Status::met;
  const std::optional<double> expected = expected_on(goal, day, season);
  if (!expected || day >= goal.due) return Status::behind;
  const bool on_track = goal.higher_is_better ? *value >= *expected : *value <= *expected;
  return on_track ? Status::on_track : Status::behind;
}

std::string_view name_of(Light light) {
  constexpr std::array<std::string_view, 4> kNames = {"none", "green", "amber", "red"};
  return kNames.at(static_cast<size_t>(light));
}

std::string_view name_of(Reason reason) {
  constexpr std::array<std::string_view, 10> kNames = {
      "no_data",         "met",        "overdue",          "on_pace",
      "behind_pace",     "no_pace",    "forecast_reaches", "forecast_may_reach",
      "forecast_misses", "no_forecast"};
  return kNames.at(static_cast<size_t>(reason));
}

Judgement judge(const Goal& goal, std::optional<double> value, time::Date day,
                const std::optional<Forecast::Step>& at_due, const std::optional<Season>& season) {
  const Status status = status_of(goal, value, day, season);
  if (status == Status::no_data) return {Light::none, {Reason::no_data}};
  if (status == Status::met) return {Light::green, {Reason::met}};
  if (day >= goal.due) return {Light::red, {Reason::overdue}};
  Judgement judgement;
  const std::optional<double> expected = expected_on(goal, day, season);
  const bool on_pace = status == Status::on_track;
  judgement.reasons.push_back(on_pace    ? Reason::on_pace
                              : expected ? Reason::behind_pace
                                         : Reason::no_pace);
  Reason forecast = Reason::no_forecast;
  if (at_due) {
    const double best = goal.higher_is_better ? at_due->high : at_due->low;
    forecast = reaches(goal, at_due->value) ? Reason::forecast_reaches
               : reaches(goal, best)        ? Reason::forecast_may_reach
                                            : Reason::forecast_misses;
  }
  judgement.reasons.push_back(forecast);
  if (on_pace) {
    judgement.light = forecast == Reason::forecast_misses ? Light::amber : Light::green;
  } else if (at_due) {
    judgement.light = forecast == Reason::forecast_misses ? Light::red : Light::amber;
  } else {
    const double way = goal.start ? std::abs(goal.target.value - goal.start->value) : 0;
    const bool nearly = expected && std::abs(*expected - *value) <= kNearlyOnPace * way;
    judgement.light = nearly ? Light::amber : Light::red;
  }
  return judgement;
}

}  // namespace linli::indicator
