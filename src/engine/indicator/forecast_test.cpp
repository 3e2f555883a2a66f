#include "engine/indicator/forecast.h"

#include <cmath>

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

// International airline passengers, thousands a month, 1949–1960 (Box, Jenkins 1976, series G).
const std::vector<double>& passengers() {
  static const std::vector<double> all = {
      112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149,
      170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
      171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243,
      264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
      242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
      413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
      340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
      548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432};
  return all;
}

TEST(Forecasts, AShortHistoryKeepsItsLastValue) {
  EXPECT_FALSE(forecast({1, 2}, 3).has_value());
  const auto made = forecast({4, 5, 4, 5}, 3);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->method, "last_value");
  EXPECT_EQ(made->steps[2].value, 5);
  EXPECT_NEAR(made->steps[2].high - 5, std::sqrt(3) * (made->steps[0].high - 5), 1e-9);
}

TEST(Forecasts, ASteadyValueStaysWithoutAnInterval) {
  const auto made = forecast(std::vector<double>(20, 7), 6);
  ASSERT_TRUE(made.has_value());
  for (const Forecast::Step& step : made->steps) {
    EXPECT_NEAR(step.value, 7, 1e-9);
    EXPECT_NEAR(step.low, 7, 1e-9);
    EXPECT_NEAR(step.high, 7, 1e-9);
  }
}

TEST(Forecasts, ATrendGoesOnAndFlattens) {
  std::vector<double> line;
  for (int i = 0; i < 30; ++i) line.push_back(10 + 2.0 * i);
  const auto made = forecast(line, 12);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->method, "damped_trend");
  EXPECT_NEAR(made->steps[0].value, 70, 0.5);
  EXPECT_GT(made->steps[11].value, made->steps[0].value + 10);
  EXPECT_LT(made->steps[11].value, 70 + 2.0 * 12);
  for (size_t i = 1; i < 12; ++i) {
    EXPECT_GE(made->steps[i].high - made->steps[i].low,
              made->steps[i - 1].high - made->steps[i - 1].low);
  }
}

TEST(Forecasts, ASeasonOfTwoYearsIsSeen) {
  std::vector<double> wave;
  for (int i = 0; i < 30; ++i) wave.push_back(100 + (i % 12 == 0 ? 60 : 0) + (i % 3));
  const auto made = forecast(wave, 12);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->method, "seasonal_damped_trend");
  EXPECT_GT(made->steps[6].value, 140) << "the 37th month is a January";
  EXPECT_LT(made->steps[5].value, 120);
}

TEST(Forecasts, ASeasonOfQuartersIsSeen) {
  std::vector<double> wave;
  for (int i = 0; i < 14; ++i) wave.push_back(100 + (i % 4 == 0 ? 60 : 0) + (i % 3));
  const auto made = forecast(wave, 4, {.season = 4});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->method, "seasonal_damped_trend");
  EXPECT_GT(made->steps[2].value, 140) << "the 17th quarter is a first one";
  EXPECT_LT(made->steps[1].value, 120);
}

TEST(Forecasts, AFewYearsGoOnByTheirMeanChange) {
  const auto made = forecast({40, 52, 58, 70}, 2, {.maximum = 100, .season = 1});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->method, "drift");
  EXPECT_NEAR(made->steps[0].value, 80, 1e-9);
  EXPECT_NEAR(made->steps[1].value, 90, 1e-9);
  // Changes of 12, 6 and 12 around 10: s = √12, two degrees of freedom, √(1 + 1/3).
  EXPECT_NEAR(made->steps[0].high - 80, 1.886 * std::sqrt(12) * std::sqrt(4.0 / 3), 0.2);
  EXPECT_EQ(made->steps[1].high, 100);
  EXPECT_EQ(forecast({40, 52, 58}, 1, {.season = 1})->method, "last_value");
  EXPECT_EQ(forecast({40, 52, 58, 70}, 1, {.season = 4})->method, "last_value");
}

TEST(Forecasts, StayWithinTheirLimits) {
  const auto made =
      forecast({80, 84, 87, 90, 92, 95, 97, 98, 99, 99.5}, 24, {.minimum = 0, .maximum = 100});
  ASSERT_TRUE(made.has_value());
  for (const Forecast::Step& step : made->steps) {
    EXPECT_LE(step.high, 100);
    EXPECT_GE(step.low, 0);
    EXPECT_LE(step.low, step.value);
    EXPECT_LE(step.value, step.high);
  }
}

TEST(Forecasts, MonthsAddUpToAYear) {
  const auto made = forecast(std::vector<double>(12, 5), 3, {.minimum = 0, .base = 45});
  ASSERT_TRUE(made.has_value());
  EXPECT_NEAR(made->steps[0].value, 50, 1e-6);
  EXPECT_NEAR(made->steps[2].value, 60, 1e-6);
  const auto rough = forecast({5, 9, 2, 6, 4, 8, 3, 6, 5, 5}, 3, {.minimum = 0, .base = 45});
  EXPECT_GE(rough->steps[0].low, 45) << "what has been opened stays";
}

TEST(Forecasts, AirlinePassengersOfTheLastYearAreForetold) {
  const auto held = hold_back(passengers(), 12);
  ASSERT_TRUE(held.has_value());
  EXPECT_LT(held->scaled_error, 1.6);
  EXPECT_LT(held->scaled_error, held->naive_scaled_error / 1.5);
  EXPECT_GE(held->inside, 7);
}

}  // namespace
}  // namespace linli::indicator
