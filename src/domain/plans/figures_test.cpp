#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/plans/api.h"
#include "domain/plans/testing.h"

namespace linli::plans {
namespace {

using testing::City;
using testing::code;
using testing::Thing;

constexpr time::Date kToday = 20250310;

Thing worker(int64_t id, Code place, const char* kind = "party", double area = 1.5,
             time::Date born = 19900101) {
  return {id, "worker", place, kind, area, born, Value(), {}};
}

Thing request(int64_t id, Code place, time::Date opened, const char* subject = "noise",
              bool answered = false) {
  return {id, "request", place, subject, Value(), opened, int64_t{answered}, {}};
}

class LiveFigures : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    city = std::make_unique<City>(GetParam());
    city->turn(kToday);
  }
  std::unique_ptr<City> city;
};

INSTANTIATE_TEST_SUITE_P(, LiveFigures, db::testing::engines(), db::testing::engine_name);

TEST_P(LiveFigures, ARecordCountsAtOnceAtItsPlaceAndAtEveryPlaceAbove) {
  city->save({}, worker(1, city->grid));
  for (const bool settled : {false, true}) {
    if (settled) city->settle();
    for (const char* place :
         {"620802001001001", "620802001001", "620802001", "620802", "6208", "62", ""}) {
      EXPECT_EQ(city->value("workers", code(place), kToday), 1) << place << settled;
    }
    EXPECT_EQ(city->value("workers", city->villages[1], kToday), 0) << settled;
  }
}

TEST_P(LiveFigures, ARegisterThatNobodyKeepsIsNoDataAndNotZero) {
  EXPECT_EQ(city->value("workers", code("620802"), kToday), std::nullopt);
  EXPECT_EQ(city->value("covered", code("620802"), kToday), std::nullopt);
  EXPECT_EQ(city->value("requests", code("620802"), kToday), 0);
  EXPECT_EQ(city->value("response_rate", code("620802"), kToday), std::nullopt);
  city->save({}, worker(1, city->villages[0], "aide"));
  EXPECT_EQ(city->value("urban_party", city->villages[1], kToday), 0);
  EXPECT_EQ(city->value("covered", code("620802"), kToday), 0);
  EXPECT_EQ(city->value("workers", code("620821"), kToday), std::nullopt);
}

TEST_P(LiveFigures, PlacesAreJudgedAsTheirRecordsChange) {
  const Thing first = worker(1, city->villages[0]);
  city->save({}, first);
  EXPECT_NEAR(*city->value("covered", code("620802"), kToday), 100.0 / 3, 1e-6);
  city->settle();
  EXPECT_NEAR(*city->value("covered", code("620802"), kToday), 100.0 / 3, 1e-6);
  const Thing second = worker(2, city->villages[1]);
  city->save({}, second);
  EXPECT_NEAR(*city->value("covered", code("620802"), kToday), 200.0 / 3, 1e-6);
  city->save(first, std::nullopt);
  city->settle();
  EXPECT_NEAR(*city->value("covered", code("620802"), kToday), 100.0 / 3, 1e-6);
  EXPECT_EQ(city->value("covered", city->villages[0], kToday), 0);
}

TEST_P(LiveFigures, AVillageThatBecomesUrbanIsCountedAnew) {
  city->save({}, worker(1, city->villages[0]));
  EXPECT_EQ(city->value("urban_party", code("620802"), kToday), 0);
  city->set_urban(city->villages[0], true);
  city->settle();
  EXPECT_EQ(city->value("urban_party", code("620802"), kToday), 1);
}

TEST_P(LiveFigures, ADayMakesPeopleOlderAndLabelsEnd) {
  Thing old = worker(1, city->villages[0], "party", 1, 19650311);
  old.labels = {{"mentor", 20250101, 20250311}};
  city->save({}, old);
  EXPECT_EQ(city->value("elderly", code("620802"), kToday), 0);
  EXPECT_EQ(city->value("mentors", code("620802"), kToday), 1);
  city->turn(20250311);
  EXPECT_EQ(city->value("elderly", code("620802"), 20250311), 1);
  EXPECT_EQ(city->value("mentors", code("620802"), 20250311), 0);
  city->save(old, std::nullopt);
  EXPECT_EQ(city->value("elderly", code("6208"), 20250311), std::nullopt);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

TEST_P(LiveFigures, CasesCountInTheMonthTheyWereOpened) {
  city->save({}, request(1, city->villages[0], 20241231));
  city->save({}, request(2, city->villages[0], 20250115, "noise", true));
  city->save({}, request(3, city->villages[2], 20250301, "light"));
  const Code county = code("620802");
  EXPECT_EQ(city->value("requests", county, kToday, "2024"), 1);
  EXPECT_EQ(city->value("requests", county, kToday, "2025-Q1"), 2);
  EXPECT_EQ(city->value("requests", county, kToday, "2025-02"), 0);
  EXPECT_EQ(city->value("requests", county, kToday), 2);
  EXPECT_EQ(city->value("response_rate", county, kToday), 50);
  EXPECT_EQ(city->value("response_rate", county, kToday, "2025-02"), std::nullopt);
  const std::map<std::string, std::optional<double>> expected = {{"light", 0}, {"noise", 100}};
  EXPECT_EQ(city->by("response_rate", county, kToday, "subject"), expected);
  city->settle();
  EXPECT_EQ(city->by("response_rate", county, kToday, "subject"), expected);
}

TEST_P(LiveFigures, CasesCountOnTheirDayAndInTheirTenDays) {
  city->save({}, request(1, city->villages[0], 20250228));
  city->save({}, request(2, city->villages[0], 20250301));
  city->save({}, request(3, city->villages[2], 20250310, "light"));
  const Code county = code("620802");
  for (const bool settled : {false, true}) {
    if (settled) city->settle();
    EXPECT_EQ(city->value("requests", county, kToday, "2025-03-D1"), 2);
    EXPECT_EQ(city->value("requests", county, kToday, "2025-02-D3"), 1);
    EXPECT_EQ(city->value("requests", county, kToday, "2025-03-10"), 1);
    EXPECT_EQ(city->value("requests", county, kToday, "yesterday"), 0);
    EXPECT_EQ(city->value("requests", county, kToday, "2025-H1"), 3);
    EXPECT_EQ(city->value("requests", county, kToday, "since_2024"), 3);
  }
}

TEST_P(LiveFigures, AStockIsKeptAtTheEndOfTenDays) {
  city->save({}, worker(1, city->villages[0]));
  city->turn(20250310);
  city->turn(20250311);
  city->save({}, worker(2, city->villages[0]));
  EXPECT_EQ(city->value("workers", code("620802"), 20250311, "2025-03-D1"), 1);
  EXPECT_EQ(city->value("workers", code("620802"), 20250311, "2025-03-10"), 1);
  EXPECT_EQ(city->value("workers", code("620802"), 20250312, "2025-03-11"), std::nullopt)
      << "stocks are kept three times a month";
  EXPECT_EQ(city->value("workers", code("620802"), 20250311, "2025-02-D3"), std::nullopt)
      << "before the first start";
}

TEST_P(LiveFigures, AStockIsKeptAtTheEndOfTheLastWeekUntilTheNextEnds) {
  city->save({}, worker(1, city->villages[0]));
  city->turn(20250317);
  city->save({}, worker(2, city->villages[0]));
  EXPECT_EQ(city->value("workers", code("620802"), 20250317, "2025-03-16"), 1);
  EXPECT_EQ(city->value("workers", code("620802"), 20250317, "2025-03-15"), std::nullopt);
  city->turn(20250324);
  EXPECT_EQ(city->value("workers", code("620802"), 20250324, "2025-03-23"), 2);
  EXPECT_EQ(city->value("workers", code("620802"), 20250324, "2025-03-16"), std::nullopt);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

TEST_P(LiveFigures, APastIsGivenToADemonstrationAndGoesOn) {
  for (const int n : {1, 2}) city->save({}, worker(n, city->villages[0]));
  city->save({}, worker(3, city->villages[2]));
  city->settle();
  const auto fewer = [](const indicator::Counter&, Code, time::Date end, int64_t today) {
    return end == 20250131 ? 0 : today - indicator::kMillion;
  };
  keep_past(city->stage.services, {20250131, 20250228}, fewer);
  const Code county = code("620802");
  EXPECT_EQ(city->value("workers", county, kToday, "2025-02"), 1);
  EXPECT_EQ(city->value("workers", city->villages[0], kToday, "2025-02"), 1);
  EXPECT_EQ(city->value("workers", city->villages[2], kToday, "2025-02"), 0);
  EXPECT_EQ(city->value("workers", county, kToday, "2025-01"), std::nullopt)
      << "nobody kept any then";
  EXPECT_EQ(city->value("workers", county, kToday, "2024-12"), std::nullopt);
  EXPECT_EQ(city->value("workers", county, kToday), 3) << "today is as it was";
  city->turn(20250401);
  EXPECT_EQ(city->value("workers", county, 20250401, "2025-03"), 3);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

TEST_P(LiveFigures, AMergedVillageCountsWhereItWent) {
  city->save({}, request(1, city->villages[0], 20250201));
  city->save({}, request(2, city->villages[2], 20250201));
  city->save({}, worker(3, city->villages[0]));
  MUST(city->base().transact([&](db::Tx& tx) -> Result<places::Place> {
    return places::merge(tx, city->stage.services, {"a", "a", 0}, city->villages[0], 20250305,
                         "撤并", {city->villages[2]});
  }));
  city->settle();
  const auto requests = [&](const char* at, Territory territory) {
    return city->value("requests", code(at), kToday, "2025-02", territory);
  };
  EXPECT_EQ(requests("620802002001", Territory::as_is), 2);
  EXPECT_EQ(requests("620802002", Territory::as_is), 2);
  EXPECT_EQ(requests("620802001", Territory::as_is), 0);
  EXPECT_EQ(requests("620802", Territory::as_is), 2);
  EXPECT_EQ(requests("620802002001", Territory::as_was), 1);
  EXPECT_EQ(requests("620802001", Territory::as_was), 1);
  EXPECT_EQ(requests("620802", Territory::as_was), 2);
  EXPECT_EQ(city->value("workers", code("620802002001"), kToday), 1);
  EXPECT_EQ(city->value("workers", code("620802001"), kToday), 0);
}

TEST_P(LiveFigures, AStockIsKeptAtTheEndOfEachMonth) {
  city->save({}, worker(1, city->villages[0]));
  city->turn(20250331);
  EXPECT_EQ(city->value("workers", code("620802"), 20250331, "2025-03"), 1);
  city->turn(20250401);
  city->save({}, worker(2, city->villages[0]));
  EXPECT_EQ(city->value("workers", code("620802"), 20250401, "2025-03"), 1);
  EXPECT_EQ(city->value("workers", code("620802"), 20250401, "2025-Q1"), 1);
  EXPECT_EQ(city->value("workers", code("620802"), 20250401), 2);
  EXPECT_EQ(city->value("workers", code("620802"), 20250401, "2025-02"), std::nullopt)
      << "before the first start";
}

TEST_P(LiveFigures, ACounterThatAPackAddsIsCountedFromTheRecords) {
  city->save({}, worker(1, city->villages[0], "aide", 2.5));
  city->settle();
  auto changed = std::make_shared<pack::Content>(*city->stage.services.content);
  const expr::Environment environment = {
      .kind_scope = [&](std::string_view) { return &changed->registers[0].scope; }};
  pack::Measure more;
  more.key = "small";
  more.value =
      MUST(expr::compile("sum(worker.area where area < 3)", environment, expr::Type::decimal));
  changed->measures = {more};
  city->stage.services.content = changed;
  EXPECT_EQ(city->value("small", code("620802"), kToday), std::nullopt);
  city->turn(kToday);
  EXPECT_EQ(city->value("small", code("620802"), kToday), 2.5);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

TEST_P(LiveFigures, ADamagedFigureIsFoundAndPutRight) {
  city->save({}, worker(1, city->villages[0]));
  city->settle();
  MUST(city->base().transact([](db::Tx& tx) -> Done {
    tx.run(
        "UPDATE figure SET value = value + 1000000, own = own + 1000000"
        " WHERE place = $1 AND own > 0",
        {code("620802001001").padded()});
    return {};
  }));
  EXPECT_GT(compare(city->figures, city->stage.services, true), 0);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

TEST_P(LiveFigures, WritersFoldsAndNewDaysDoNotDisturbEachOther) {
  constexpr int kWriters = 4;
  constexpr int kEach = 25;
  std::vector<std::thread> writers;
  std::atomic<int> writing{kWriters};
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kEach; ++i) {
        const Code village = city->villages[static_cast<size_t>((writer + i) % 4)];
        const Thing made = worker(writer * kEach + i, village, "party", 1, 19650301 + i);
        city->save({}, made);
        if (i % 5 == 0) city->save(made, std::nullopt);
      }
      --writing;
    });
  }
  time::Date today = kToday;
  while (writing > 0) {
    city->settle();
    today = time::add_days(today, 1);
    city->turn(today);
  }
  for (std::thread& thread : writers) thread.join();
  EXPECT_EQ(city->value("workers", code("6208"), today), kWriters * kEach * 4 / 5);
  EXPECT_EQ(compare(city->figures, city->stage.services, false), 0);
}

// What the records say, without any counter.
std::optional<double> expected(const std::string& measure, Code place, time::Date today,
                               const std::map<int64_t, Thing>& things,
                               const std::map<Code, bool>& urban) {
  const Code county = place.at(region::Level::county);
  double workers = 0;
  double counted = 0;
  double requests = 0;
  bool kept = false;
  std::map<Code, int> party;
  std::map<Code, int> in_township;
  for (const auto& [id, thing] : things) {
    const Code village = thing.place.village();
    if (thing.kind == "worker" && county.contains(thing.place)) kept = true;
    if (!place.contains(thing.place)) continue;
    const bool is_party = thing.word == Value("party");
    if (thing.kind == "request") {
      ++in_township[village.at(region::Level::township)];
      if (std::get<int64_t>(thing.date) / 10000 != today / 10000) continue;
      ++requests;
      if (measure == "response_rate" && thing.flag == Value(int64_t{1})) ++counted;
      continue;
    }
    ++workers;
    if (is_party) ++party[village];
    const auto flag = urban.find(village);
    const bool is_urban = flag != urban.end() && flag->second;
    if (measure == "urban_party" && is_party && is_urban) ++counted;
    if (measure == "area" && !is_party) counted += std::get<double>(thing.number);
    if (measure == "elderly" && (today - std::get<int64_t>(thing.date)) / 10000 >= 60) ++counted;
    for (const host::HeldLabel& held : thing.labels) {
      const bool holds = held.from <= today && (!held.to || today < *held.to);
      if (measure == "mentors" && holds) ++counted;
    }
  }
  if (measure == "requests") return requests;
  if (measure == "response_rate") {
    return requests == 0 ? std::nullopt : std::optional(100 * counted / requests);
  }
  if (measure == "busy_townships") {
    for (const auto& [township, count] : in_township) {
      if (count > 2 && place.contains(township)) ++counted;
    }
    return counted;
  }
  if (!kept) return std::nullopt;
  if (measure == "workers") return workers;
  if (measure != "covered") return counted;
  double communities = 0;
  for (const auto& [village, is_urban] : urban) {
    if (!place.contains(village)) continue;
    ++communities;
    if (party[village] > 0) ++counted;
  }
  return communities == 0 ? std::nullopt : std::optional(100 * counted / communities);
}

// A random stream of inserts, edits, moves, deletions, labels, attributes, days and folds.
TEST_P(LiveFigures, AreAlwaysWhatTheRecordsSay) {
  const auto holds = [&] {
    City fresh(GetParam());
    fresh.turn(kToday);
    time::Date today = kToday;
    std::map<int64_t, Thing> things;
    std::map<Code, bool> urban;
    for (const Code village : fresh.villages) urban[village] = false;
    const auto number = [](int low, int high) { return *rc::gen::inRange(low, high); };
    const auto place = [&] {
      const int which = number(0, 6);
      return which < 4    ? fresh.villages[static_cast<size_t>(which)]
             : which == 4 ? fresh.grid
                          : code("620802001");
    };
    const auto thing = [&](int64_t id, bool is_worker) {
      if (!is_worker) {
        return request(id, place(), number(0, 2) == 0 ? 20241220 : 20250201,
                       number(0, 2) == 0 ? "noise" : "light", number(0, 2) == 0);
      }
      Thing made = worker(id, place(), number(0, 2) == 0 ? "party" : "aide", number(0, 1000) / 8.0,
                          19650301 + number(0, 28));
      if (number(0, 2) == 0) made.labels = {{"mentor", 20250301 + number(0, 28), {}}};
      if (number(0, 2) == 0 && !made.labels.empty()) made.labels[0].to = 20250331;
      return made;
    };
    const int steps = number(1, 40);
    for (int step = 0; step < steps; ++step) {
      const int64_t id = number(0, 8);
      const auto present = things.find(id);
      switch (number(0, 12)) {
        case 0:
          fresh.settle();
          break;
        case 1:
          today = time::add_days(today, number(1, 20));
          fresh.turn(today);
          break;
        case 2: {
          const Code village = fresh.villages[static_cast<size_t>(number(0, 4))];
          urban[village] = !urban[village];
          fresh.set_urban(village, urban[village]);
          fresh.settle();
          break;
        }
        case 3:
        case 4:
          if (present == things.end()) break;
          fresh.save(present->second, std::nullopt);
          things.erase(present);
          break;
        default: {
          const Thing after = thing(id, id < 5);
          fresh.save(present == things.end() ? std::nullopt : std::optional(present->second),
                     after);
          things[id] = after;
        }
      }
    }
    const auto check = [&] {
      for (const pack::Measure& measure : fresh.stage.services.content->measures) {
        if (measure.key == "per_head") continue;
        for (const char* at :
             {"", "6208", "620802", "620802001", "620802001001", "620802001001001", "620821"}) {
          const auto found = fresh.value(measure.key, code(at), today);
          const auto right = expected(measure.key, code(at), today, things, urban);
          if (found.has_value() != right.has_value() ||
              (right && std::abs(*found - *right) > 1e-6)) {
            RC_FAIL(measure.key + " at " + at + ": " + (found ? std::to_string(*found) : "-") +
                    " not " + (right ? std::to_string(*right) : "-"));
          }
        }
      }
    };
    check();
    fresh.settle();
    check();
    RC_ASSERT(compare(fresh.figures, fresh.stage.services, false) == 0);
  };
  rc::detail::TestParams parameters = rc::detail::configuration().testParams;
  parameters.maxSuccess = 20;
  const auto result = rc::detail::checkTestable(holds, rc::detail::TestMetadata(), parameters);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << message.str();
}

}  // namespace
}  // namespace linli::plans
