// Where an indicator comes from and where it is going: its months, the pace it should keep, what
// the months to come may bring, and a light that says why it shows what it shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/views.h"
#include "engine/indicator/forecast.h"
#include "engine/indicator/target.h"

namespace linli::plans {

struct TrendPoint {
  std::string period;  // 2020 (a baseline), 2025-03, now
  double value = 0;
  bool baseline = false;
};

struct Outlook {
  IndicatorView now;
  std::vector<TrendPoint> trend;    // baselines, then months or reported periods
  std::optional<double> last_week;  // its value at the end of last week
  struct Ahead {
    std::string period;
    indicator::Forecast::Step step;
  };
  std::string method;        // of the forecast; empty: none
  double error = 0;          // root mean squared one-step error over the history
  std::vector<Ahead> ahead;  // months, or the periods in which the indicator is reported
  std::optional<indicator::Forecast::Step> at_due;
  // How the method would have done on the latest part of the history; none: too short to tell.
  std::optional<indicator::HeldBack> held_back;
  struct Pace {
    std::string period;
    double value = 0;
  };
  std::vector<Pace> pace;  // at the end of each month, up to the due date
  indicator::Judgement judgement;
};

// Of the plan's indicators in their order, or of one.
std::vector<Outlook> outlooks(const Scene& scene, const pack::PlanHeader& plan,
                              const pack::Indicator* only, Code place);

}  // namespace linli::plans
