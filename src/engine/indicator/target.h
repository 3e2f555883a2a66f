// How a value stands against its target: how far it has come, how far it should have come, and a
// traffic light that says why it shows what it shows.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "engine/indicator/forecast.h"
#include "engine/pack/types.h"

namespace linli::indicator {

// Where the way to a target begins: a value at a day.
struct Start {
  double value = 0;
  time::Date day = 0;
};

// What a place is to reach by when: a plan's printed target, or one that was handed down to it.
struct Goal {
  pack::Target target;
  std::optional<Start> start;  // none: nothing says where the way begins
  time::Date due = 0;
  bool higher_is_better = true;
  pack::Pace pace = pack::Pace::linear;
  std::vector<pack::Milestone> path;
};

// The target that counts on a day: the next one due, else the last one; null without targets.
const pack::Target* target_on(const pack::Indicator& indicator, time::Date day);
// The day by which it is to be met; of a repeated one, the end of the running year or month; of one
// that is to be kept always, the day itself.
time::Date due_date(const pack::Target& target, time::Date day);

// The plan's own goal on a day. A repeated target starts each period from nothing; one without a
// baseline starts from nothing with the plan, where more is better.
std::optional<Goal> goal_on(const pack::Indicator& indicator, const pack::PlanHeader& plan,
                            time::Date day);

bool meets(const Goal& goal, double value);

// The part of a year's sum that earlier years had reached at each month's end; the last is 1.
using Season = std::array<double, 12>;
// From months' values of whole years, January first; none without a positive year.
std::optional<Season> season_of(const std::vector<double>& months);

// Where the value should be on a day: on a straight line, along the season (of targets that repeat
// yearly, when one is known), or between the milestones of a stated path. None when nothing says
// where the way begins.
std::optional<double> expected_on(const Goal& goal, time::Date day,
                                  const std::optional<Season>& season = {});
// The part of the way that has been gone, 0 to 1; none without data or a way to measure.
std::optional<double> progress_of(const Goal& goal, std::optional<double> value);

enum class Status { no_data, met, on_track, behind };
std::string_view name_of(Status status);
// Met, or on track when the value is at least where it should be, else behind.
Status status_of(const Goal& goal, std::optional<double> value, time::Date day,
                 const std::optional<Season>& season = {});

// Green: met, or on its way with a forecast that may reach the target. Red: overdue, or behind with
// a forecast whose interval does not reach it. Amber: between. Without a forecast, behind by no
// more than a tenth of the way is amber.
enum class Light { none, green, amber, red };
std::string_view name_of(Light light);
enum class Reason {
  no_data,
  met,
  overdue,
  on_pace,
  behind_pace,
  no_pace,             // nothing says where the value should be today
  forecast_reaches,    // the forecast itself
  forecast_may_reach,  // its interval, not the forecast itself
  forecast_misses,
  no_forecast,
};
std::string_view name_of(Reason reason);
struct Judgement {
  Light light = Light::none;
  std::vector<Reason> reasons;  // in the order in which they were weighed
};
// `at_due` is the forecast for the day on which the target is due.
Judgement judge(const Goal& goal, std::optional<double> value, time::Date day,
                const std::optional<Forecast::Step>& at_due,
                const std::optional<Season>& season = {});

}  // namespace linli::indicator
