#include "domain/demo/api.h"

#include <map>

#include <gtest/gtest.h>

#include "domain/accounts/module.h"
#include "domain/cases/api.h"
#include "domain/cases/module.h"
#include "domain/demo/random.h"
#include "domain/notices/module.h"
#include "domain/places/api.h"
#include "domain/places/module.h"
#include "domain/plans/module.h"
#include "domain/registers/api.h"
#include "domain/registers/module.h"
#include "engine/pack/load.h"
#include "host/testing.h"

namespace linli::demo {
namespace {

constexpr time::Instant kNow = 1'748'736'000'000'000;  // 2025-06-01T00:00:00Z
constexpr int64_t kPersons = 6000;

region::Code at(std::string_view code) {
  return MUST(region::Code::parse(code));
}

std::shared_ptr<const pack::Content> base() {
  std::vector<pack::Mistake> mistakes;
  auto content = pack::load(LINLI_SOURCE_DIR "/packs", {"base"}, mistakes);
  for (const pack::Mistake& mistake : mistakes) ADD_FAILURE() << mistake.at.file << mistake.what;
  return content;
}

// A city on the streets of Kongtong's first township.
struct City {
  explicit City(uint64_t seed)
      : stage(db::Engine::sqlite,
              {places::manifest(), accounts::manifest(), registers::manifest(), notices::manifest(),
               cases::manifest(), plans::manifest()},
              base()) {
    stage.services.settings.packs_folder = LINLI_SOURCE_DIR "/packs";
    stage.services.settings.region = "620802";
    for (const host::Module& module : stage.services.modules) {
      if (module.start) MUST(module.start(stage.services, kNow));
    }
    MUST(places::import_divisions(stage.services.database, LINLI_SOURCE_DIR "/tests/data/divisions",
                                  at("620802"), kNow, [](int64_t, int64_t) {}));
    options = {.region = at("620802"), .persons = kPersons, .seed = seed, .now = kNow};
    made = MUST(make(stage.services, options, [](int64_t, int64_t) {}));
  }
  std::vector<db::Row> ask(std::string_view sql) {
    return MUST(stage.services.database.read(
        [&](db::Tx& tx) -> Result<std::vector<db::Row>> { return tx.query(sql); }));
  }
  std::vector<cases::Case> cases() {
    return MUST(stage.services.database.read([&](db::Tx& tx) -> Result<std::vector<cases::Case>> {
      return cases::history(tx, {.territories = {region::Code()}, .now = kNow}, {.limit = 100'000});
    }));
  }

  host::testing::Stage stage;
  Options options;
  Made made;
};

City& city() {
  static City one(1);
  return one;
}

TEST(Demo, HasThePersonsThatWereAskedFor) {
  EXPECT_EQ(city().made.persons, kPersons);
  EXPECT_EQ(city().ask("SELECT COUNT(*) FROM register_person")[0].integer(0), kPersons);
  const double size = static_cast<double>(kPersons) / static_cast<double>(city().made.households);
  EXPECT_GT(size, 2.2);
  EXPECT_LT(size, 3.2);
}

TEST(Demo, HasTheAgesOfTheCensus) {
  const auto elderly =
      city().ask("SELECT COUNT(*) FROM register_person WHERE birth_date < 19650601");
  const double share = static_cast<double>(elderly[0].integer(0)) / kPersons;
  EXPECT_GT(share, 0.158);
  EXPECT_LT(share, 0.24);
}

TEST(Demo, SignsInAsEveryKindOfWork) {
  EXPECT_EQ(city().made.sign_ins.size(), 8U);
  for (const SignIn& one : city().made.sign_ins) EXPECT_GE(one.password.size(), 12U);
}

TEST(Demo, RequestsHaveLivedInEveryWay) {
  std::map<std::string, int> stages;
  int late = 0;
  int rated = 0;
  int reopened = 0;
  const std::vector<cases::Case> all = city().cases();
  for (const cases::Case& each : all) {
    ++stages[each.state.stage];
    late += each.state.breached ? 1 : 0;
    rated += each.state.rating > 0 ? 1 : 0;
    reopened += each.state.reopened ? 1 : 0;
  }
  EXPECT_EQ(std::ssize(all), city().made.requests);
  EXPECT_GT(stages["closed"], std::ssize(all) * 8 / 10);
  EXPECT_GT(std::ssize(all) - stages["closed"], 0);
  EXPECT_GT(late, 0);
  EXPECT_LT(late, std::ssize(all) / 5);
  EXPECT_GT(rated, 0);
}

TEST(Demo, TheSameSeedMakesTheSameCityAndAnotherAnother) {
  const std::string_view names =
      "SELECT id, name, birth_date, place FROM register_person ORDER BY id";
  City again(1);
  City other(2);
  const auto values = [&](City& one) {
    std::vector<Value> list;
    for (const db::Row& row : one.ask(names)) {
      for (size_t i = 0; i < row.size(); ++i) list.push_back(row.value(i));
    }
    return list;
  };
  EXPECT_EQ(values(city()), values(again));
  EXPECT_NE(values(city()), values(other));
  EXPECT_EQ(city().made.requests, again.made.requests);
}

TEST(Demo, IsMadeOnlyOnce) {
  const auto twice = make(city().stage.services, city().options, [](int64_t, int64_t) {});
  EXPECT_EQ(twice.error().code, "demo.not_empty");
}

TEST(DemoNumbers, HaveValidCheckDigits) {
  EXPECT_EQ(make_id_number("110105", 19491231, 2), "11010519491231002X");  // GB 11643-1999
  EXPECT_EQ(make_credit_code("620802", 1).size(), 18U);
}

}  // namespace
}  // namespace linli::demo
