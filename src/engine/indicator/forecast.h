// What months, quarters, half-years or years to come may bring, from those past.
//
// The method is that of the benchmark "Damped" of the M4 competition (Makridakis, Spiliotis,
// Assimakopoulos 2020): where two or more whole seasons show one (the autocorrelation at a year's
// lag beyond its 90 % limit), the series is adjusted by classical decomposition (by ratios where
// all values are positive, else by differences); then exponential smoothing with a damped trend
// (Gardner, McKenzie 1985) whose parameters leave the least squared one-step error; then the season
// is put back. Intervals are those of the state space model ETS(A,Ad,N) (Hyndman, Koehler, Ord,
// Snyder 2008, table 6.1), with Student's quantiles. Short series keep their last value, with the
// interval of a random walk; four to seven years go on by their mean change, with the interval of a
// random walk with drift. docs/formats/forecast.md says how far off it was.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace linli::indicator {

inline constexpr double kForecastLevel = 0.8;  // of the interval

struct Forecast {
  struct Step {
    double value = 0;
    double low = 0;
    double high = 0;
  };
  std::string method;       // last_value, drift, damped_trend, seasonal_damped_trend
  std::vector<Step> steps;  // the first is one period ahead
  double error = 0;         // root mean squared one-step error over the history
};

// What limits the values, and whether they add up (a sum since `base`, as of a year's requests).
struct ForecastOptions {
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> base;  // set: step h is base plus all periods up to h
  size_t season = 12;          // values a year: 12, 4, 2; 1 has no season
};

// Of a history without gaps, the oldest first; none of fewer than three values.
std::optional<Forecast> forecast(const std::vector<double>& history, size_t steps,
                                 const ForecastOptions& options = {});

// Each step's absolute error where the last `held_back` values were held back, in units of the mean
// absolute one-step change of the rest (Hyndman, Koehler 2006: mean absolute scaled error), and
// whether the interval held the truth. None when either part is too short or never changes.
struct HeldBack {
  double scaled_error = 0;
  double naive_scaled_error = 0;  // of keeping the last value
  int inside = 0;
  int steps = 0;
};
std::optional<HeldBack> hold_back(const std::vector<double>& history, size_t held_back,
                                  const ForecastOptions& options = {});

}  // namespace linli::indicator
