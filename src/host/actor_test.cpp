#include "host/actor.h"

#include <gtest/gtest.h>

namespace linli::host {
namespace {

region::Code at(std::string_view code) {
  return MUST(region::Code::parse(code));
}

Actor holding(std::vector<Grant> grants) {
  Actor actor;
  actor.account_id = "a";
  actor.grants = std::move(grants);
  return actor;
}

TEST(ActorRules, AGrantReachesItsTerritoryAndNoFurther) {
  const Actor actor = holding({{"worker", at("620802001"), {"case.read"}}});
  EXPECT_TRUE(may(actor, "case.read", at("620802001001")));
  EXPECT_TRUE(may(actor, "case.read", at("620802001")));
  EXPECT_FALSE(may(actor, "case.read", at("620802002001")));
  EXPECT_FALSE(may(actor, "case.read", at("620802")));
  EXPECT_FALSE(may(actor, "case.read", region::Code()));
}

TEST(ActorRules, APatternCoversItsBranchOnly) {
  const Actor actor = holding({{"worker", at("62"), {"register.*.read", "figure.*"}}});
  EXPECT_TRUE(may(actor, "register.person.read", at("6208")));
  EXPECT_TRUE(may(actor, "figure.read", at("6208")));
  EXPECT_FALSE(may(actor, "register.person.write", at("6208")));
  EXPECT_FALSE(may(actor, "register.read", at("6208")));
  EXPECT_FALSE(may(actor, "figures.read", at("6208")));
}

TEST(ActorRules, NobodyMayAnything) {
  EXPECT_FALSE(may(Actor{}, "case.read", at("620802")));
}

TEST(ActorRules, TerritoriesAreApartAndTheWiderOneStands) {
  const Actor actor = holding({{"a", at("620802001001"), {"case.read"}},
                               {"b", at("620802"), {"case.read"}},
                               {"c", at("620821"), {"case.read"}},
                               {"d", at("620823"), {"other.read"}}});
  const auto places = territories(actor, "case.read");
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].text(), "620802");
  EXPECT_EQ(places[1].text(), "620821");
}

TEST(ActorRules, NoTerritoryIsAConditionThatNothingMeets) {
  db::Params params;
  EXPECT_EQ(scope_sql("place", {}, params), "1 = 0");
  EXPECT_TRUE(params.empty());
}

}  // namespace
}  // namespace linli::host
