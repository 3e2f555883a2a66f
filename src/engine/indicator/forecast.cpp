#include "engine/indicator/forecast.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace linli::indicator {
namespace {

constexpr size_t kShortest = 3;                   // values for any forecast
constexpr size_t kShortestDrift = 4;              // years for a mean change
constexpr size_t kShortestTrend = 8;              // values for a trend
constexpr double kQuantile = 1.2815515655446004;  // of the normal distribution at 90 %

struct Damped {
  double alpha = 0;
  double beta = 0;  // of the trend, as a part of alpha: 0 to 1
  double phi = 0;
  double level = 0;  // after the last value
  double trend = 0;
  double squares = std::numeric_limits<double>::infinity();  // sum of squared one-step errors
  double relative = 0;                                       // the same, each by what was expected
};

Damped smooth(const std::vector<double>& values, double alpha, double beta, double phi) {
  Damped fit{alpha, beta, phi, values.front(), 0, 0, 0};
  const size_t first = std::min<size_t>(values.size() - 1, 6);
  fit.trend = (values[first] - values[0]) / static_cast<double>(first);
  for (size_t i = 1; i < values.size(); ++i) {
    const double ahead = fit.level + phi * fit.trend;
    const double error = values[i] - ahead;
    fit.squares += error * error;
    if (ahead != 0) fit.relative += error * error / (ahead * ahead);
    fit.level = ahead + alpha * error;
    fit.trend = phi * fit.trend + alpha * beta * error;
  }
  return fit;
}

// A grid, then smaller and smaller steps around its best point.
Damped fit_damped(const std::vector<double>& values) {
  Damped best;
  const auto attempt = [&](double alpha, double beta, double phi) {
    const Damped fit = smooth(values, std::clamp(alpha, 0.01, 0.99), std::clamp(beta, 0.0, 0.99),
                              std::clamp(phi, 0.8, 0.98));
    if (fit.squares < best.squares) best = fit;
  };
  for (double alpha = 0.05; alpha < 1; alpha += 0.15) {
    for (double beta = 0; beta < 1; beta += 0.2) {
      for (const double phi : {0.8, 0.86, 0.92, 0.98}) attempt(alpha, beta, phi);
    }
  }
  for (double step = 0.08; step > 0.004; step /= 2) {
    const Damped around = best;
    for (const double a : {-step, 0.0, step}) {
      for (const double b : {-step, 0.0, step}) {
        for (const double p : {-step / 2, 0.0, step / 2}) {
          attempt(around.alpha + a, around.beta + b, around.phi + p);
        }
      }
    }
  }
  return best;
}

bool is_seasonal(const std::vector<double>& values, size_t season) {
  const size_t count = values.size();
  if (season < 2 || count < 2 * season) return false;
  // The trend would look like a season: differences are asked.
  std::vector<double> changes;
  for (size_t i = 1; i < count; ++i) changes.push_back(values[i] - values[i - 1]);
  double mean = 0;
  for (const double change : changes) mean += change / static_cast<double>(changes.size());
  double variance = 0;
  for (const double change : changes) variance += (change - mean) * (change - mean);
  if (variance <= 0) return false;
  const auto correlation = [&](size_t lag) {
    double sum = 0;
    for (size_t i = lag; i < changes.size(); ++i) {
      sum += (changes[i] - mean) * (changes[i - lag] - mean);
    }
    return sum / variance;
  };
  double squares = 0;
  for (size_t lag = 1; lag < season; ++lag) squares += correlation(lag) * correlation(lag);
  const double limit = 1.645 * std::sqrt((1 + 2 * squares) / static_cast<double>(changes.size()));
  return correlation(season) > limit;
}

// What each period of a season is beside a centred moving mean: its ratio (mean 1), or, of values
// that may be 0, its difference (mean 0).
std::vector<double> season_part(const std::vector<double>& values, size_t season, bool ratio) {
  std::vector<double> part(season);
  std::vector<int> counted(season);
  const size_t half = season / 2;
  for (size_t i = half; i + half < values.size(); ++i) {
    double mean = (values[i - half] + values[i + half]) / 2;
    for (size_t j = i - half + 1; j < i + half; ++j) mean += values[j];
    mean /= static_cast<double>(season);
    part[i % season] += ratio ? values[i] / mean : values[i] - mean;
    ++counted[i % season];
  }
  double whole = 0;
  for (size_t one = 0; one < season; ++one) {
    if (counted[one] > 0) part[one] /= counted[one];
    whole += part[one] / static_cast<double>(season);
  }
  for (double& one : part) ratio ? one /= whole : one -= whole;
  return part;
}

// Student's 90 % quantile, from the normal one (Cornish, Fisher 1938): few values say little.
double quantile(double freedom) {
  const double cube = std::pow(kQuantile, 3);
  return kQuantile + (cube + kQuantile) / (4 * freedom) +
         (5 * std::pow(kQuantile, 5) + 16 * cube + 3 * kQuantile) / (96 * freedom * freedom);
}

double kept(double value, const ForecastOptions& options) {
  if (options.minimum) value = std::max(value, *options.minimum);
  if (options.maximum) value = std::min(value, *options.maximum);
  return value;
}

// The mean change goes on (Hyndman, Athanasopoulos 2021, 5.5): a few years of a plan.
Forecast drift(const std::vector<double>& history, size_t steps, const ForecastOptions& options) {
  Forecast made{.method = "drift"};
  const auto changes = static_cast<double>(history.size() - 1);
  const double slope = (history.back() - history.front()) / changes;
  double squares = 0;
  for (size_t i = 1; i < history.size(); ++i) {
    const double error = history[i] - history[i - 1] - slope;
    squares += error * error;
  }
  made.error = std::sqrt(squares / (changes - 1));
  for (size_t step = 1; step <= steps; ++step) {
    const auto ahead = static_cast<double>(step);
    const double value = history.back() + ahead * slope;
    const double reach =
        quantile(changes - 1) * made.error * std::sqrt(ahead * (1 + ahead / changes));
    made.steps.push_back(
        {kept(value, options), kept(value - reach, options), kept(value + reach, options)});
  }
  return made;
}

}  // namespace

std::optional<Forecast> forecast(const std::vector<double>& history, size_t steps,
                                 const ForecastOptions& options) {
  if (history.size() < kShortest) return std::nullopt;
  const bool is_short = history.size() < kShortestTrend;
  if (is_short && options.season == 1 && history.size() >= kShortestDrift && !options.base) {
    return drift(history, steps, options);
  }
  Forecast made;
  std::vector<double> values = history;
  std::vector<double> season(options.season);
  bool ratio = false;
  Damped fit;
  double parameters = 1;
  if (is_short) {
    made.method = "last_value";
    fit = smooth(values, 1, 0, 0);
    fit.beta = 0;
    fit.trend = 0;
  } else {
    made.method = "damped_trend";
    parameters = 5;
    if (is_seasonal(history, options.season)) {
      made.method = "seasonal_damped_trend";
      parameters += static_cast<double>(options.season - 1);
      ratio = *std::min_element(history.begin(), history.end()) > 0;
      season = season_part(history, options.season, ratio);
      for (size_t i = 0; i < values.size(); ++i) {
        const double part = season[i % options.season];
        ratio ? values[i] /= part : values[i] -= part;
      }
    }
    fit = fit_damped(values);
  }
  const double freedom = std::max(1.0, static_cast<double>(values.size()) - 1 - parameters);
  // Where seasons are ratios, errors grow with the level.
  const double variance =
      ratio ? fit.relative / freedom * fit.level * fit.level : fit.squares / freedom;
  made.error = std::sqrt(variance);
  double damping = 0;  // phi + … + phi^h
  double power = 1;    // phi^h
  double spread = 0;   // of step h, in variances
  double sum = options.base.value_or(0);
  double sum_spread = 0;  // of the sum up to step h, in variances
  double weight = 1;      // what an error of one period adds to the sum h periods later
  for (size_t step = 1; step <= steps; ++step) {
    const double carried = step == 1 ? 1 : fit.alpha * (1 + fit.beta * damping);
    spread += carried * carried;
    if (step > 1) weight += carried;
    sum_spread += weight * weight;
    power *= fit.phi;
    damping += power;
    const double adjusted = fit.level + damping * fit.trend;
    const double part = season[(history.size() + step - 1) % options.season];
    const double scale = ratio ? part : 1;
    const double alone = ratio ? adjusted * part : adjusted + part;
    sum += kept(alone, options);
    const double value = options.base ? sum : alone;
    const double reach =
        quantile(freedom) * scale * std::sqrt(variance * (options.base ? sum_spread : spread));
    const double floor = options.base.value_or(-std::numeric_limits<double>::infinity());
    const ForecastOptions limits = options.base ? ForecastOptions{floor, {}, {}} : options;
    made.steps.push_back(
        {kept(value, limits), kept(value - reach, limits), kept(value + reach, limits)});
  }
  return made;
}

std::optional<HeldBack> hold_back(const std::vector<double>& history, size_t held_back,
                                  const ForecastOptions& options) {
  if (history.size() < held_back + kShortest || held_back == 0) return std::nullopt;
  const std::vector<double> known(history.begin(),
                                  history.end() - static_cast<std::ptrdiff_t>(held_back));
  double scale = 0;
  for (size_t i = 1; i < known.size(); ++i) scale += std::abs(known[i] - known[i - 1]);
  scale /= static_cast<double>(known.size() - 1);
  if (scale <= 0) return std::nullopt;
  const std::optional<Forecast> made = forecast(known, held_back, options);
  HeldBack result;
  for (size_t i = 0; i < held_back; ++i) {
    const double truth = history[known.size() + i];
    const Forecast::Step& step = made->steps[i];
    result.scaled_error += std::abs(truth - step.value) / scale;
    result.naive_scaled_error += std::abs(truth - known.back()) / scale;
    if (truth >= step.low && truth <= step.high) ++result.inside;
    ++result.steps;
  }
  result.scaled_error /= result.steps;
  result.naive_scaled_error /= result.steps;
  return result;
}

}  // namespace linli::indicator
