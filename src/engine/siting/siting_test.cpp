#include <cmath>
#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/random.h"
#include "engine/siting/solve.h"
#include "engine/siting/verify.h"

namespace linli::siting {
namespace {

// A street of `length` houses, one minute apart; a site at each of the given houses.
Question street(size_t length, const std::vector<size_t>& sites, float limit) {
  Question question;
  question.clients.assign(length, {.people = 1, .limit_minutes = limit});
  for (const size_t site : sites) {
    std::vector<Reached> reached;
    for (size_t house = 0; house < length; ++house) {
      reached.push_back({static_cast<uint32_t>(house),
                         static_cast<float>(house > site ? house - site : site - house)});
    }
    question.reach.append(reached);
    question.sites.emplace_back();
  }
  return question;
}

std::vector<uint32_t> sites_of(const Answer& answer) {
  std::vector<uint32_t> sites;
  for (const Choice& choice : answer.choices) sites.push_back(choice.site);
  return sites;
}

Answer solved(const Question& question, Control control = {}) {
  const Answer answer = MUST(solve(question, control));
  EXPECT_EQ(mistakes_of(question, answer), std::vector<std::string>{});
  return answer;
}

TEST(Siting, OneSiteGoesWhereItReachesMost) {
  const Answer answer = solved(street(11, {0, 5, 10}, 3));
  EXPECT_EQ(sites_of(answer), (std::vector<uint32_t>{1}));
  EXPECT_EQ(answer.people, 7);
  EXPECT_EQ(answer.bound, 7);
  EXPECT_EQ(answer.choices[0].lost_without, 7);
  EXPECT_EQ(answer.choices[0].worse_with_instead, 3);
}

TEST(Siting, AKeptSiteStaysAndAMovableOneMoves) {
  Question question = street(20, {0, 5, 15}, 4);
  question.new_sites = 1;
  question.sites[0].standing = Standing::kept;
  EXPECT_EQ(sites_of(solved(question)), (std::vector<uint32_t>{0, 2}));
  question.sites[0].standing = Standing::movable;
  EXPECT_EQ(sites_of(solved(question)), (std::vector<uint32_t>{1, 2}));
}

TEST(Siting, TheBudgetHoldsAndCheapSitesWin) {
  Question question = street(30, {5, 6, 20, 21}, 4);
  question.new_sites = 2;
  question.budget = 3;
  for (const size_t site : {0, 2}) question.sites[site].cost = 2;
  for (const size_t site : {1, 3}) question.sites[site].cost = 1;
  question.sites[2].cost = 5;
  const Answer answer = solved(question);
  EXPECT_EQ(answer.people, 18);
  EXPECT_TRUE(sites_of(answer).back() == 3);
}

TEST(Siting, WhoMovesLittleNeedsSitesCloserBy) {
  Question question = street(21, {2, 6, 10, 14, 18}, 10);
  question.goal = Goal::fewest_sites;
  EXPECT_EQ(solved(question).value, 1);
  for (Client& client : question.clients) client.pace = 4;  // a quarter as fast
  const Answer denser = solved(question);
  EXPECT_EQ(denser.value, 5);
  EXPECT_EQ(denser.bound, 5);
}

TEST(Siting, SmallSitesMakeADenserNet) {
  Question question = street(20, {2, 6, 10, 14, 18}, 30);
  question.goal = Goal::fewest_sites;
  for (Site& site : question.sites) site.capacity = 5;
  EXPECT_EQ(solved(question).value, 4);
}

TEST(Siting, AShareThatCannotBeReachedIsRefused) {
  Question question = street(20, {0}, 4);
  question.goal = Goal::fewest_sites;
  EXPECT_EQ(solve(question, {}).error().code, "siting.share_out_of_reach");
  question.share = 0.25;
  EXPECT_EQ(solved(question).value, 1);
}

TEST(Siting, WrongQuestionsAreRefused) {
  const auto code = [](const Question& question) { return solve(question, {}).error().code; };
  EXPECT_EQ(code({}), "siting.no_sites");
  Question question = street(3, {0}, 4);
  question.sites.emplace_back();
  EXPECT_EQ(code(question), "siting.reach_incomplete");
  question.reach.append(std::vector<Reached>{{7, 1}});
  EXPECT_EQ(code(question), "siting.unknown_client");
  question = street(3, {0}, 4);
  question.clients[0].people = -1;
  EXPECT_EQ(code(question), "siting.wrong_number");
  question.clients[0].people = std::nan("");
  EXPECT_EQ(code(question), "siting.wrong_number");
}

TEST(Siting, NobodyInReachIsAnAnswerToo) {
  Question question = street(3, {0}, 4);
  question.reach = {};
  question.reach.append({});
  const Answer answer = solved(question);
  EXPECT_EQ(answer.people, 0);
  EXPECT_EQ(answer.gap(), 0);
}

TEST(Siting, ProgressIsToldAndAStopKeepsTheBestSoFar) {
  Question question = street(200, {0, 10, 30, 50, 70, 90, 110, 130, 150, 170}, 500);
  question.goal = Goal::least_walk;
  question.new_sites = 4;
  std::stop_source stop;
  Control control{.stop = stop.get_token()};
  std::vector<double> told;
  control.progress = [&](const Progress& progress) {
    told.push_back(progress.done);
    stop.request_stop();
  };
  const Answer answer = solved(question, control);
  EXPECT_TRUE(answer.stopped);
  EXPECT_FALSE(told.empty());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(answer.choices.size(), 4U);
}

// Points in a square with random people, limits, prices and capacities.
Question random_question(uint64_t seed, Goal goal, bool capacities) {
  Random random(seed);
  Question question;
  question.goal = goal;
  question.new_sites = 3;
  question.beyond_minutes = 40;
  question.share = 0.8;
  std::vector<std::pair<double, double>> places;
  for (int i = 0; i < 24; ++i) {
    places.emplace_back(random.between(0.0, 30.0), random.between(0.0, 30.0));
    question.clients.push_back({.people = static_cast<double>(1 + random.below(20)),
                                .limit_minutes = static_cast<float>(8 + random.below(7))});
  }
  for (size_t j = 0; j < 10; ++j) {
    std::vector<Reached> reached;
    for (uint32_t i = 0; i < places.size(); ++i) {
      reached.push_back({i, static_cast<float>(std::hypot(places[i].first - places[j].first,
                                                          places[i].second - places[j].second))});
    }
    question.reach.append(reached);
    question.sites.push_back({.cost = static_cast<double>(50 + random.below(100)),
                              .capacity = capacities ? 90 : kUnlimited});
  }
  question.sites[0].standing = Standing::kept;
  if (random.chance(0.5)) question.sites[1].standing = Standing::movable;
  if (random.chance(0.5)) question.budget = 280;
  return question;
}

// The question as a linear program with whole numbers, solved to proof by CBC.
double exact(const Question& question) {
  const std::string file = testing::TempDir() + "siting.lp";
  std::ofstream out(file);
  const bool fewest = question.goal == Goal::fewest_sites;
  const bool cover = question.goal == Goal::most_people;
  double all = 0;
  out.precision(12);
  std::string cost = " 0 z", serve, number = " 0 z", budget = " 0 z", binary, reached = " 0 z";
  std::vector<std::string> of_client(question.clients.size());
  std::string loads;
  size_t movable = 0;
  const auto text = [](double number_of) { return std::to_string(number_of); };
  for (size_t j = 0; j < question.sites.size(); ++j) {
    const Site& site = question.sites[j];
    const std::string y = "y" + std::to_string(j);
    const bool kept = site.standing == Standing::kept;
    movable += site.standing == Standing::movable ? 1 : 0;
    binary += " " + y + "\n";
    if (kept) serve += " " + y + " = 1\n";
    if (!kept) number += " + " + y;
    if (!kept) budget += " + " + text(site.cost) + " " + y;
    if (!kept && question.goal == Goal::least_cost) cost += " + " + text(site.cost) + " " + y;
    if (!kept && fewest) cost += " + " + y;
    std::string load = " 0 z";
    for (const Reached& one : question.reach.of(j)) {
      const Client& client = question.clients[one.client];
      if (one.minutes > client.limit_minutes) continue;
      const std::string x = "x" + std::to_string(one.client) + "_" + std::to_string(j);
      binary += question.dividable ? "" : " " + x + "\n";
      of_client[one.client] += " + " + x;
      load += " + " + text(client.people) + " " + x;
      reached += " + " + text(client.people) + " " + x;
      serve += " " + x + " - " + y + " <= 0\n";
      const double walk = static_cast<double>(one.minutes - question.beyond_minutes);
      if (!fewest) {
        const double of = cover ? -client.people : client.people * walk;
        cost += (of < 0 ? " - " : " + ") + text(std::abs(of)) + " " + x;
      }
    }
    if (std::isfinite(site.capacity))
      loads += load + " - " + text(site.capacity) + " " + y + " <= 0\n";
  }
  for (const Client& client : question.clients) all += client.people;
  // CBC reads lines of a thousand characters at most.
  const auto broken = [](std::string sum) {
    for (size_t at = 0; (at = sum.find(" + ", at)) != std::string::npos; at += 2) sum[at] = '\n';
    for (size_t at = 0; (at = sum.find(" - ", at)) != std::string::npos; at += 2) sum[at] = '\n';
    return sum;
  };
  out << "Minimize\n obj:" << broken(cost) << "\nSubject To\n" << serve << broken(loads);
  for (const std::string& sum : of_client) {
    if (!sum.empty()) out << broken(sum) << " <= 1\n";
  }
  if (cover || question.goal == Goal::least_walk) {
    out << broken(number) << " <= " << question.new_sites + movable << "\n";
  }
  if (std::isfinite(question.budget)) out << broken(budget) << " <= " << question.budget << "\n";
  if (fewest) out << broken(reached) << " >= " << question.share * all << "\n";
  out << "Binaries\n" << binary << "End\n";
  out.close();
  const std::string command =
      "cbc " + file + " ratio 0 allow 0 solve solu " + file + ".out >" + file + ".log";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::ifstream in(file + ".out");
  std::string line;
  std::getline(in, line);
  if (line.find("nfeasible") != std::string::npos) return std::nan("");
  EXPECT_NE(line.find("Optimal"), std::string::npos) << line;
  const double value = std::stod(line.substr(line.rfind(' ')));
  if (fewest) return value;
  return cover ? -value : value + all * static_cast<double>(question.beyond_minutes);
}

// Linear programs with whole numbers say what the best is; the answer and its bound enclose it.
void expect_best(const Question& question, double within) {
  const double best = exact(question);
  const Result<Answer> answer = solve(question, {.effort = 0.3});
  if (!answer) {
    EXPECT_EQ(answer.error().code, "siting.share_out_of_reach");
    EXPECT_TRUE(std::isnan(best));
    return;
  }
  EXPECT_EQ(mistakes_of(question, *answer), std::vector<std::string>{});
  const double sign = question.goal == Goal::most_people ? -1 : 1;
  const double slack = 1e-4 * std::max(1.0, std::abs(best));
  EXPECT_LE(sign * answer->bound, sign * best + slack) << "no bound";
  EXPECT_GE(sign * answer->value, sign * best - slack) << "better than the best";
  EXPECT_LE(sign * answer->value, sign * best + slack + within * std::abs(best));
}

TEST(Siting, SmallQuestionsAreAnsweredBestAndBoundedRightly) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    for (const Goal goal : {Goal::most_people, Goal::least_walk, Goal::fewest_sites}) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " goal " << static_cast<int>(goal));
      expect_best(random_question(seed, goal, false), 0);
    }
  }
}

TEST(Siting, SmallQuestionsWithCapacitiesAreAnsweredBest) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    for (const Goal goal : {Goal::most_people, Goal::least_walk, Goal::least_cost}) {
      for (const bool dividable : {false, true}) {
        SCOPED_TRACE(testing::Message() << "seed " << seed << " goal " << static_cast<int>(goal)
                                        << " dividable " << dividable);
        Question question = random_question(seed, goal, true);
        question.dividable = dividable;
        expect_best(question, 0.002);
      }
    }
  }
}

TEST(Siting, TheSameSeedGivesTheSameAnswer) {
  const Question question = random_question(7, Goal::least_walk, false);
  const Answer first = solved(question, {.seed = 3});
  const Answer second = solved(question, {.seed = 3});
  EXPECT_EQ(sites_of(first), sites_of(second));
  EXPECT_EQ(first.value, second.value);
  EXPECT_EQ(first.bound, second.bound);
}

TEST(Siting, TheVerifierSeesWhatIsWrong) {
  const Question question = street(11, {0, 5, 10}, 3);
  const Answer right = solved(question);
  const auto wrong = [&](auto change) {
    Answer answer = right;
    change(answer);
    return !mistakes_of(question, answer).empty();
  };
  EXPECT_TRUE(wrong([](Answer& answer) { answer.value += 1; }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.bound = answer.value - 1; }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.choices.push_back({.site = 2}); }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.served.pop_back(); }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.served.push_back({10, 1, 1}); }));
  EXPECT_TRUE(wrong([](Answer& answer) { answer.served.push_back(answer.served[0]); }));
}

}  // namespace
}  // namespace linli::siting
