#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "core/random.h"
#include "engine/rounds/plan.h"

namespace linli::rounds {
namespace {

Question villages(size_t count, uint64_t seed, int days, int vehicles) {
  Random random(seed);
  Question question;
  std::vector<std::pair<double, double>> places = {{0, 0}};
  for (size_t n = 0; n < count; ++n) {
    places.emplace_back(random.between(-40.0, 40.0), random.between(-40.0, 40.0));
    question.stops.push_back({.stay_minutes = 20, .visits = 1 + static_cast<int>(random.below(2))});
  }
  for (const auto& from : places) {
    question.minutes.emplace_back();
    for (const auto& to : places) {
      question.minutes.back().push_back(std::hypot(from.first - to.first, from.second - to.second));
    }
  }
  question.days = days;
  question.vehicles = vehicles;
  question.most_minutes = 420;
  return question;
}

Answer planned(const Question& question, Control control = {.effort = 0.01}) {
  Answer answer = MUST(plan(question, control));
  EXPECT_EQ(mistakes_of(question, answer), std::vector<std::string>{});
  return answer;
}

TEST(Rounds, PatternsAreSpreadOverTheCycle) {
  EXPECT_EQ(even_patterns(1, 3), (std::vector<uint32_t>{1, 2, 4}));
  EXPECT_EQ(even_patterns(2, 4), (std::vector<uint32_t>{0b0101, 0b1010}));
  EXPECT_EQ(even_patterns(5, 5), (std::vector<uint32_t>{0b11111}));
  for (const uint32_t pattern : even_patterns(2, 5)) EXPECT_EQ(std::popcount(pattern), 2);
}

TEST(Rounds, AStreetIsDrivenOnceUpAndDown) {
  Question question;
  question.stops.assign(4, {.stay_minutes = 10});
  for (int from = 0; from <= 4; ++from) {
    question.minutes.emplace_back();
    for (int to = 0; to <= 4; ++to) question.minutes.back().push_back(7.0 * std::abs(from - to));
  }
  question.days = 1;
  const Answer answer = planned(question);
  ASSERT_EQ(answer.tours.size(), 1U);
  EXPECT_EQ(answer.travel_minutes, 56);
  // Round times are published: the bus waits for them.
  for (const Visit& visit : answer.tours[0].visits) {
    EXPECT_EQ(std::fmod(visit.arrive_minute, 5), 0);
  }
}

TEST(Rounds, EveryStopHasItsDaysAndToursEndInTime) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const Answer answer = planned(villages(30, seed, 5, 2));
    EXPECT_TRUE(answer.left_out.empty());
  }
}

TEST(Rounds, WhatDoesNotFitIsLeftOutAndSaid) {
  Question question = villages(30, 1, 2, 1);
  EXPECT_FALSE(planned(question).left_out.empty());
  question.most_minutes = 1;
  EXPECT_EQ(planned(question).left_out.size(), 30U);
}

TEST(Rounds, AVehicleCarriesNoMoreThanItCan) {
  Question question = villages(12, 2, 3, 2);
  for (Stop& stop : question.stops) stop.load = 3, stop.visits = 1;
  question.capacity = 6;
  const Answer answer = planned(question);
  EXPECT_TRUE(answer.left_out.empty());
  EXPECT_EQ(answer.tours.size(), 6U);
}

TEST(Rounds, MoreEffortIsNotWorseAndTheSameSeedIsTheSame) {
  const Question question = villages(40, 4, 5, 2);
  const Answer quick = planned(question, {.effort = 0.0001});
  const Answer slow = planned(question, {.effort = 0.02});
  EXPECT_LE(slow.travel_minutes, quick.travel_minutes);
  EXPECT_EQ(planned(question, {.effort = 0.02}).travel_minutes, slow.travel_minutes);
}

TEST(Rounds, WrongQuestionsAreRefused) {
  const auto refused = [](Question question) {
    const auto answer = plan(question, {.effort = 0.01});
    return !answer && answer.error().code == "rounds.wrong_question";
  };
  const Question right = villages(3, 1, 5, 1);
  EXPECT_FALSE(refused(right));
  Question wrong = right;
  wrong.minutes.pop_back();
  EXPECT_TRUE(refused(wrong));
  wrong = right;
  wrong.minutes[1][2] = std::nan("");
  EXPECT_TRUE(refused(wrong));
  wrong = right;
  wrong.stops[0].visits = 6;
  EXPECT_TRUE(refused(wrong));
  wrong = right;
  wrong.stops[0].patterns = {1U << 7};
  EXPECT_TRUE(refused(wrong));
  EXPECT_FALSE(refused(Question{.minutes = {{0}}}));
}

TEST(Rounds, TheVerifierSeesWhatIsWrong) {
  const Question question = villages(12, 2, 3, 2);
  const Answer right = planned(question);
  const auto wrong = [&](auto change) {
    Answer answer = right;
    change(answer);
    return !mistakes_of(question, answer).empty();
  };
  EXPECT_TRUE(wrong([](Answer& answer) { answer.travel_minutes -= 1; }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.tours.pop_back(); }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.tours[0].visits[0].arrive_minute = 0; }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.left_out.push_back(0); }));
}

}  // namespace
}  // namespace linli::rounds
