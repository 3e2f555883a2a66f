#include "domain/accounts/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/accounts/testing.h"

namespace linli::accounts {
namespace {

using testing::at;
using testing::content;

host::Actor actor_with(const std::string& role, std::string_view place) {
  host::Actor actor;
  actor.account_id = "a";
  actor.grants = grants_of(*content(), {{role, at(place)}});
  return actor;
}

std::string refusal(const Done& done) {
  return done ? "" : done.error().code;
}

TEST(AccountRules, OnlyWhatOneHoldsOneselfCanBeGivenOn) {
  const host::Actor dispatcher = actor_with("dispatcher", "620802001");
  const auto give = [&](const std::string& role, std::string_view place) {
    return refusal(may_give(*content(), dispatcher, {role, at(place)}));
  };
  EXPECT_EQ(give("worker", "620802001001"), "");
  EXPECT_EQ(give("dispatcher", "620802001"), "");
  EXPECT_EQ(give("operator", "620802001"), "grant.not_yours");
  EXPECT_EQ(give("worker", "620802002001"), "grant.not_yours");
  EXPECT_EQ(give("worker", "620802"), "grant.bad_level");
  EXPECT_EQ(give("king", "620802001"), "grant.unknown_role");
}

TEST(AccountRules, WithoutTheRightToWriteAccountsNothingCanBeGiven) {
  EXPECT_EQ(refusal(may_give(*content(), actor_with("worker", "620802001001"),
                             {"worker", at("620802001001")})),
            "grant.not_yours");
  EXPECT_TRUE(may_give(*content(), actor_with("operator", ""), {"worker", at("620802001001")}));
}

TEST(AccountRules, NobodyManagesAnAccountThatHoldsMore) {
  Account boss;
  boss.place = at("620802001001");
  boss.grants = {{"operator", at("620802")}};
  EXPECT_EQ(refusal(may_manage(*content(), actor_with("dispatcher", "620802001"), boss)),
            "access.denied");
  EXPECT_TRUE(may_manage(*content(), actor_with("operator", "62"), boss));
  boss.grants = {{"worker", at("620802001001")}};
  EXPECT_TRUE(may_manage(*content(), actor_with("dispatcher", "620802001"), boss));
  boss.place = at("620802002001");
  EXPECT_EQ(refusal(may_manage(*content(), actor_with("dispatcher", "620802001"), boss)),
            "access.denied");
}

TEST(AccountRules, NamesAreFoldedAndCleaned) {
  EXPECT_EQ(MUST(check_name(" Zhang.San ")), "zhang.san");
  EXPECT_EQ(MUST(check_name("王芳")), "王芳");
  for (const std::string_view name : {"", "a", "a b", "a@b", "x\n", "\xff\xff"}) {
    EXPECT_EQ(check_name(name).error().code, "account.bad_name") << name;
  }
  EXPECT_FALSE(check_name(std::string(41, 'a')));
  EXPECT_EQ(MUST(check_display_name(" 王 芳 ")), "王 芳");
  EXPECT_FALSE(check_display_name(" "));
  EXPECT_FALSE(check_display_name("a\tb"));
}

TEST(AccountRules, PhonesAreElevenDigits) {
  EXPECT_EQ(MUST(check_phone("+86 138-0013-8000")), "13800138000");
  for (const std::string_view phone :
       {"", "1380013800", "138001380000", "12800138000", "1380013800a"}) {
    EXPECT_EQ(check_phone(phone).error().code, "phone.bad") << phone;
  }
  EXPECT_EQ(mask_phone("13800138000"), "138****8000");
  EXPECT_EQ(mask_phone(""), "");
}

TEST(AccountRules, PasswordsAreLongAndNotTheName) {
  EXPECT_TRUE(check_password("十个字的密码就够长了", "zhang"));
  EXPECT_EQ(refusal(check_password("short", "zhang")), "password.too_short");
  EXPECT_EQ(refusal(check_password(std::string(201, 'x'), "zhang")), "password.too_long");
  EXPECT_EQ(refusal(check_password("ZHANG-sanfeng", "zhang.sanfeng")), "password.is_name");
}

TEST(AccountRules, MessagesAreRetriedMoreAndMoreSlowlyForADay) {
  EXPECT_EQ(retry_at(0, 0, 5), 5 + 10 * time::kSecond);
  EXPECT_EQ(retry_at(3, 0, 5), 5 + 80 * time::kSecond);
  EXPECT_EQ(retry_at(9, 0, time::kDay + 1), std::nullopt);
}

TEST(AccountRules, DifferentAuditEntriesHaveDifferentTexts) {
  AuditEntry one;
  one.action = "a\",\"b";
  AuditEntry two;
  two.action = "a";
  two.subject = "b";
  EXPECT_NE(canonical(one), canonical(two));
}

}  // namespace
}  // namespace linli::accounts
