#include <cmath>

#include <gtest/gtest.h>

#include "core/random.h"
#include "engine/siting/solve.h"
#include "engine/siting/verify.h"

namespace linli::siting {
namespace {

// Several homes at each of many corners, and rooms that are too small: somebody must go on.
TEST(Siting, ManyClientsAreAllottedExactly) {
  Random random(5);
  Question question{.goal = Goal::least_walk, .new_sites = 0};
  question.dividable = true;
  std::vector<double> at;
  for (int i = 0; i < 3000; ++i) {
    at.push_back(random.between(0.0, 400.0));
    question.clients.push_back({.people = static_cast<double>(1 + random.below(6))});
  }
  for (int j = 0; j < 40; ++j) {
    std::vector<Reached> reached;
    for (uint32_t i = 0; i < at.size(); ++i) {
      const double minutes = std::abs(at[i] - 10.0 * j);
      if (minutes < 20) reached.push_back({i, static_cast<float>(minutes)});
    }
    question.reach.append(reached);
    question.sites.push_back(
        {.standing = Standing::kept, .capacity = static_cast<double>(150 + random.below(150))});
  }
  const Answer answer = MUST(serve(question));
  EXPECT_EQ(mistakes_of(question, answer), std::vector<std::string>{});
  double capacity = 0, people = 0;
  for (const Site& site : question.sites) capacity += site.capacity;
  for (const Client& client : question.clients) people += client.people;
  EXPECT_LT(capacity, people);
  EXPECT_NEAR(answer.people, capacity,
              1e-6);  // nobody stands before a full place beside a free one
  // A search with nothing to seek finds the same, and its bound proves that nothing is much
  // cheaper.
  const Answer sought = MUST(solve(question, {.effort = 0.02}));
  EXPECT_EQ(mistakes_of(question, sought), std::vector<std::string>{});
  EXPECT_NEAR(sought.value, answer.value, 1e-6 * answer.value);
  EXPECT_LE(sought.bound, answer.value * (1 + 1e-9));
  EXPECT_GE(sought.bound, 0.9 * answer.value);
}

TEST(Siting, NoSitesServeNobody) {
  Question question;
  question.clients.push_back({.people = 3});
  const Answer answer = MUST(serve(question));
  EXPECT_EQ(answer.people, 0);
  EXPECT_TRUE(answer.served.empty());
}

}  // namespace
}  // namespace linli::siting
