#include "domain/cases/list.h"

#include <gtest/gtest.h>

#include "domain/cases/testing.h"

namespace linli::cases::testing {
namespace {

class CaseList : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world_.emplace(GetParam());
  }
  World& world() { return *world_; }

  // Every id that the pages of the list give, one after the other; or the code of the refusal.
  std::vector<std::string> asked(const host::Actor& who, net::Request request) {
    std::vector<std::string> ids;
    request.query.emplace_back("limit", "3");
    request.query.emplace_back("after", "");
    for (int pages = 0; pages < 20; ++pages) {
      host::Context call(world().stage.services, request, who, kMonday + time::kHour);
      const Result<Listing> listing = read_listing(call);
      if (!listing) return {listing.error().code};
      const Found found = MUST(
          call.read([&](db::Tx& tx) -> Result<Found> { return find_page(tx, call, *listing); }));
      for (const Case& one : found.cases) ids.push_back(one.id);
      if (found.next.empty()) return ids;
      request.query.back().second = host::write_cursor(found.next);
    }
    return {"too many pages"};
  }
  static net::Request with(std::vector<std::pair<std::string, std::string>> query) {
    net::Request request;
    request.query = std::move(query);
    return request;
  }

 private:
  std::optional<World> world_;
};
INSTANTIATE_TEST_SUITE_P(, CaseList, db::testing::engines(), db::testing::engine_name);

TEST_P(CaseList, AConditionOfThePackCutsIt) {
  std::set<std::string> rubbish;
  for (int i = 0; i < 20; ++i) {
    const Case made = world().report(i % 2 ? "rubbish" : "other");
    if (i % 2) rubbish.insert(made.id);
  }
  const auto found =
      asked(grid_member(), with({{"where", "subject = rubbish and rating is unknown"}}));
  EXPECT_EQ(found.size(), rubbish.size());
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()), rubbish);
  EXPECT_TRUE(asked(grid_member(), with({{"where", "breached"}})).empty());
  EXPECT_EQ(asked(grid_member(), with({{"where", "subjct = rubbish"}})),
            std::vector<std::string>{"expression.invalid"});
  EXPECT_EQ(asked(grid_member(), with({{"kind", "no_such"}, {"where", "true"}})),
            std::vector<std::string>{"case.unknown_kind"});
}

TEST_P(CaseList, WordsFindNumbersSubjectsByPinyinAndDescriptions) {
  const Case lamp = world().report("street_lamp");
  world().report("rubbish");
  const std::vector<std::string> only = {lamp.id};
  EXPECT_EQ(asked(dispatcher(), with({{"q", lamp.number}})), only);
  EXPECT_EQ(asked(dispatcher(), with({{"q", "路灯"}})), only);
  EXPECT_EQ(asked(dispatcher(), with({{"q", "ludeng"}})), only);
  EXPECT_EQ(asked(dispatcher(), with({{"q", "matter"}})).size(), 2U);
  EXPECT_TRUE(asked(dispatcher(), with({{"q", "13812345678"}})).empty());
}

TEST_P(CaseList, IsCutToWhatTheActorMayRead) {
  const Case noise = world().report("construction_noise");
  world().report("rubbish", kOtherVillage);
  EXPECT_EQ(asked(expert(), with({})), std::vector<std::string>{noise.id});
  EXPECT_TRUE(asked(expert("water"), with({})).empty());
  EXPECT_TRUE(asked(expert(), with({{"unit", kGrid}})).empty());
  EXPECT_EQ(asked(grid_member(), with({})).size(), 1U);
  EXPECT_TRUE(asked(grid_member(), with({{"place", kOtherVillage}})).empty());
  EXPECT_EQ(asked(dispatcher(), with({{"subject", "environment"}})).size(), 1U);
  EXPECT_EQ(asked(resident(), with({})), std::vector<std::string>{"access.denied"});
}

}  // namespace
}  // namespace linli::cases::testing
