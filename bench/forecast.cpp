// How far off forecasts are on held-back months: the airline passengers of Box and Jenkins (1976,
// series G), and made series of four shapes, each held back at many points. Prints the table of
// docs/formats/forecast.md.
//   bench_forecast
#include "engine/indicator/forecast.h"

#include <cmath>
#include <cstdio>
#include <iostream>
#include <numbers>
#include <vector>

#include "core/random.h"

namespace {

using namespace linli;  // NOLINT: a program of one file

constexpr int kSeries = 200;
constexpr size_t kMonths = 60;
constexpr size_t kYears = 7;

const std::vector<double> kPassengers = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149,
    170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
    171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243,
    264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
    413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
    340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432};

struct Sum {
  double scaled = 0;
  double naive = 0;
  int inside = 0;
  int steps = 0;
  int series = 0;

  void add(const std::vector<double>& history, size_t horizon, size_t season = 12) {
    const auto held = indicator::hold_back(history, horizon, {.season = season});
    if (!held) return;
    scaled += held->scaled_error;
    naive += held->naive_scaled_error;
    inside += held->inside;
    steps += held->steps;
    ++series;
  }
};

void print(const std::string& name, size_t horizon, const Sum& sum) {
  char line[200];
  std::snprintf(line, sizeof line, "| %s | %zu | %d | %.2f | %.2f | %.2f |", name.c_str(), horizon,
                sum.series, sum.scaled / sum.series, sum.naive / sum.series,
                static_cast<double>(sum.inside) / sum.steps);
  std::cout << line << "\n";
}

enum class Shape { level, trend, saturating, seasonal };

std::vector<double> made(Shape shape, Random& random) {
  std::vector<double> values;
  double level = 100;
  for (size_t month = 0; month < kMonths; ++month) {
    const auto at = static_cast<double>(month);
    level += random.normal();
    double value = level;
    if (shape == Shape::trend) value += at;
    if (shape == Shape::saturating) value = 90 - 60 * std::exp(-at / 25) + random.normal();
    if (shape == Shape::seasonal) value += 15 * std::sin(2 * std::numbers::pi * at / 12);
    values.push_back(value + 2 * random.normal());
  }
  return values;
}

// Every `length` months together: quarters, years.
std::vector<double> sums(const std::vector<double>& months, size_t length) {
  std::vector<double> all;
  for (size_t i = 0; i + length <= months.size(); i += length) {
    all.push_back(0);
    for (size_t j = i; j < i + length; ++j) all.back() += months[j];
  }
  return all;
}

// A series held back at every point after its first `known` values.
Sum everywhere(const std::vector<double>& series, size_t known, size_t horizon, size_t season) {
  Sum sum;
  for (size_t end = known + horizon; end <= series.size(); ++end) {
    sum.add({series.begin(), series.begin() + static_cast<std::ptrdiff_t>(end)}, horizon, season);
  }
  return sum;
}

}  // namespace

int main() {
  std::cout << "| series | steps ahead | forecasts | scaled error | of keeping the last value |"
               " coverage of 80 % |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const size_t horizon : {size_t{3}, size_t{6}, size_t{12}}) {
    print("airline passengers, months", horizon, everywhere(kPassengers, 36, horizon, 12));
  }
  for (const size_t horizon : {size_t{2}, size_t{4}}) {
    print("airline passengers, quarters", horizon,
          everywhere(sums(kPassengers, 3), 12, horizon, 4));
  }
  for (const size_t horizon : {size_t{1}, size_t{2}}) {
    print("airline passengers, years", horizon, everywhere(sums(kPassengers, 12), 4, horizon, 1));
  }
  for (const auto& [name, shape] :
       {std::pair{std::string("made: a level that wanders"), Shape::level},
        std::pair{std::string("made: a steady trend"), Shape::trend},
        std::pair{std::string("made: growth to a ceiling"), Shape::saturating},
        std::pair{std::string("made: a season"), Shape::seasonal}}) {
    for (const size_t horizon : {size_t{3}, size_t{12}}) {
      Random random(7);
      Sum sum;
      for (int i = 0; i < kSeries; ++i) sum.add(made(shape, random), horizon);
      print(name + ", months", horizon, sum);
    }
  }
  for (const auto& [name, shape] : {std::pair{"made: a level that wanders", Shape::level},
                                    std::pair{"made: a steady trend", Shape::trend},
                                    std::pair{"made: growth to a ceiling", Shape::saturating}}) {
    Random random(7);
    Sum sum;
    for (int i = 0; i < kSeries; ++i) {
      std::vector<double> years = made(shape, random);
      years.resize(kYears);
      sum.add(years, 2, 1);
    }
    print(std::string(name) + ", seven years", 2, sum);
  }
}
