#include "domain/accounts/api.h"

#include <gtest/gtest.h>

#include "domain/accounts/module.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/session.h"
#include "domain/accounts/store.h"
#include "domain/accounts/testing.h"
#include "domain/accounts/trail.h"
#include "domain/places/module.h"
#include "host/testing.h"

namespace linli::accounts {
namespace {

using testing::at;

constexpr time::Instant kNow = 1'750'000'000'000'000;
constexpr std::string_view kPassword = "correct horse battery";

class AccountsTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }

  template <class Body>
  auto transact(Body&& body) {
    return stage().services.database.transact([&](db::Tx& tx) { return body(tx); });
  }
  host::Services& services() { return stage().services; }
  host::testing::Stage& stage() {
    if (!stage_) {
      stage_ = std::make_unique<host::testing::Stage>(
          GetParam(), std::vector<host::Module>{places::manifest(), manifest()},
          testing::content());
    }
    return *stage_;
  }

  Account make(const std::string& name, std::vector<GivenRole> grants) {
    NewAccount wanted;
    wanted.name = name;
    wanted.display_name = name;
    wanted.password = kPassword;
    wanted.grants = std::move(grants);
    return MUST(transact(
        [&](db::Tx& tx) { return create_account(tx, services(), system_actor(), wanted, kNow); }));
  }
  Begun sign_in_as(const std::string& name, time::Instant now = kNow) {
    return MUST(sign_in(services(), name, kPassword, "1.2.3.4", now));
  }
  Result<host::Actor> ask(const std::string& method, const net::Headers& headers,
                          time::Instant now = kNow) {
    net::Request request;
    request.method = method;
    request.path = "/api/v1/cases";
    request.headers = headers;
    return identify(services(), request, now);
  }
  net::Headers cookie(const Begun& begun) { return {{"cookie", "linli_session=" + begun.token}}; }
  std::string last_code() {
    const auto sent = MUST(services().database.read(
        [&](db::Tx& tx) -> Result<std::vector<Outgoing>> { return outbox(tx, services(), 1); }));
    return sent.at(0).text.substr(sent.at(0).text.size() - kCodeDigits);
  }
  std::vector<std::string> mistakes() { return manifest().examine(services()); }

 private:
  std::unique_ptr<host::testing::Stage> stage_;
};

INSTANTIATE_TEST_SUITE_P(, AccountsTest, db::testing::engines(), db::testing::engine_name);

TEST_P(AccountsTest, AnAccountLoadsBackAsItWasMade) {
  NewAccount wanted;
  wanted.name = "Zhang";
  wanted.display_name = "张三";
  wanted.phone = "138 0013 8000";
  wanted.unit = "health";
  wanted.language = "en";
  wanted.grants = {{"dispatcher", at("620802001")}, {"worker", at("620802001001")}};
  const Account made = MUST(transact(
      [&](db::Tx& tx) { return create_account(tx, services(), system_actor(), wanted, kNow); }));
  MUST(transact([&](db::Tx& tx) -> Done {
    const Account loaded = MUST(find(tx, services(), made.id));
    EXPECT_EQ(loaded.name, "zhang");
    EXPECT_EQ(loaded.phone, "13800138000");
    EXPECT_EQ(loaded.place, at("620802001"));
    EXPECT_EQ(loaded.unit, "health");
    EXPECT_EQ(loaded.language, "en");
    EXPECT_EQ(loaded.grants, wanted.grants);
    EXPECT_EQ(find_by_phone(tx, services(), "+8613800138000")->id, made.id);
    EXPECT_EQ(find_by_name(tx, services(), "ZHANG")->id, made.id);
    EXPECT_EQ(names(tx, {made.id, made.id, "nobody"}).at(made.id).display_name, "张三");
    EXPECT_EQ(find(tx, services(), "nobody").error().code, "account.not_found");
    return {};
  }));
}

TEST_P(AccountsTest, ANameAndAPhoneAreGivenOnce) {
  make("zhang", {{"worker", at("620802001001")}});
  NewAccount again;
  again.name = "ZHANG";
  again.display_name = "x";
  const auto create = [&] {
    return transact(
        [&](db::Tx& tx) { return create_account(tx, services(), system_actor(), again, kNow); });
  };
  EXPECT_EQ(create().error().code, "account.name_taken");
  again.name = "li";
  again.phone = "13800138000";
  MUST(create());
  again.name = "wang";
  EXPECT_EQ(create().error().code, "account.phone_taken");
}

TEST_P(AccountsTest, ASessionIsKnownByItsCookieUntilItEnds) {
  const Account account = make("zhang", {{"worker", at("620802001001")}});
  const Begun begun = sign_in_as("zhang");
  const host::Actor actor = MUST(ask("GET", cookie(begun)));
  EXPECT_EQ(actor.account_id, account.id);
  EXPECT_TRUE(host::may(actor, "case.handle", at("620802001001001")));
  EXPECT_FALSE(host::may(actor, "case.handle", at("620802001002")));
  EXPECT_EQ(MUST(ask("GET", {})).account_id, "");
  EXPECT_EQ(MUST(ask("GET", {{"cookie", "linli_session=other"}})).account_id, "");
  EXPECT_EQ(MUST(ask("GET", cookie(begun), kNow + 13 * time::kHour)).account_id, "");
  sign_out(services(), actor);
  EXPECT_EQ(MUST(ask("GET", cookie(begun))).account_id, "");
}

TEST_P(AccountsTest, UseProlongsASessionButNotForEver) {
  make("zhang", {{"worker", at("620802001001")}});
  const Begun begun = sign_in_as("zhang");
  for (time::Instant hours = 11; hours < 7 * 24; hours += 11) {
    EXPECT_NE(MUST(ask("GET", cookie(begun), kNow + hours * time::kHour)).account_id, "") << hours;
  }
  EXPECT_EQ(MUST(ask("GET", cookie(begun), kNow + 7 * time::kDay + 1)).account_id, "");
}

TEST_P(AccountsTest, AnUnsafeRequestByCookieNeedsItsToken) {
  make("zhang", {{"worker", at("620802001001")}});
  const Begun begun = sign_in_as("zhang");
  EXPECT_EQ(ask("POST", cookie(begun)).error().code, "access.csrf");
  net::Headers headers = cookie(begun);
  headers.emplace_back("x-csrf-token", csrf_token(services().keyring, token_hash(begun.token)));
  EXPECT_TRUE(ask("POST", headers));
  net::Request request;
  request.method = "POST";
  request.path = "/api/v1/sign-in";
  request.headers = cookie(begun);
  EXPECT_EQ(MUST(identify(services(), request, kNow)).account_id, "");
}

TEST_P(AccountsTest, WrongPasswordsAreRefusedAliveOrNotAndCounted) {
  make("zhang", {{"worker", at("620802001001")}});
  const auto code = [&](std::string_view name, std::string_view password,
                        time::Instant now = kNow) {
    const auto begun = sign_in(services(), name, password, "1.2.3.4", now);
    return begun ? std::string() : begun.error().code;
  };
  EXPECT_EQ(code("nobody", kPassword), "sign_in.wrong");
  for (int64_t i = 0; i < kSignInByName.count; ++i)
    EXPECT_EQ(code("zhang", "wrong"), "sign_in.wrong");
  EXPECT_EQ(code("zhang", kPassword), "sign_in.too_many_tries");
  EXPECT_EQ(code("zhang", kPassword, kNow + kSignInByName.window), "");
  EXPECT_EQ(code("zhang", "wrong", kNow + kSignInByName.window), "sign_in.wrong");
}

TEST_P(AccountsTest, ADisabledAccountIsOutAtOnce) {
  const Account account = make("zhang", {{"worker", at("620802001001")}});
  const Begun begun = sign_in_as("zhang");
  ASSERT_TRUE(transact(
      [&](db::Tx& tx) { return disable(tx, services(), system_actor(), account.id, kNow); }));
  EXPECT_EQ(MUST(ask("GET", cookie(begun))).account_id, "");
  EXPECT_EQ(sign_in(services(), "zhang", kPassword, "p", kNow).error().code, "sign_in.wrong");
  ASSERT_TRUE(transact(
      [&](db::Tx& tx) { return enable(tx, services(), system_actor(), account.id, kNow); }));
  EXPECT_TRUE(sign_in(services(), "zhang", kPassword, "p", kNow));
}

TEST_P(AccountsTest, AKeySpeaksForItsService) {
  const std::string key = MUST(transact([&](db::Tx& tx) {
    return create_key(tx, services(), system_actor(), "hotline", {{"resident", at("620802")}},
                      kNow);
  }));
  const host::Actor actor = MUST(ask("POST", {{"authorization", "Bearer " + key}}));
  EXPECT_EQ(actor.channel, "api");
  EXPECT_EQ(actor.name, "hotline");
  EXPECT_TRUE(host::may(actor, "case.create", at("620802001")));
  EXPECT_EQ(ask("GET", {{"authorization", "Bearer " + key + "x"}}).error().code, "access.bad_key");
}

TEST_P(AccountsTest, AResidentSignsInWithACodeThatWorksOnce) {
  ASSERT_TRUE(send_code(services(), "13800138000", "zh", "p", kNow));
  const std::string code = last_code();
  EXPECT_EQ(sign_in_resident(services(), "13800138000", "x", {.name = "王芳"}, kNow).error().code,
            "code.wrong");
  const Begun begun =
      MUST(sign_in_resident(services(), "13800138000", code, {.name = "王芳"}, kNow));
  EXPECT_EQ(begun.account.kind, Kind::resident);
  EXPECT_EQ(begun.account.display_name, "王芳");
  EXPECT_TRUE(host::may(MUST(ask("GET", cookie(begun))), "case.create", at("620802001")));
  EXPECT_EQ(sign_in_resident(services(), "13800138000", code, {.name = ""}, kNow).error().code,
            "code.wrong");
  const time::Instant later = kNow + kCodeByPhoneSoon.window;
  ASSERT_TRUE(send_code(services(), "13800138000", "zh", "p", later));
  const Begun again =
      MUST(sign_in_resident(services(), "13800138000", last_code(), {.name = "other"}, later));
  EXPECT_EQ(again.account.id, begun.account.id);
}

TEST_P(AccountsTest, ACodeDiesOfAgeAndOfTries) {
  ASSERT_TRUE(send_code(services(), "13800138000", "zh", "p", kNow));
  const std::string code = last_code();
  const auto attempt = [&](const std::string& tried, time::Instant now) {
    const auto begun = sign_in_resident(services(), "13800138000", tried, {.name = ""}, now);
    return begun ? std::string() : begun.error().code;
  };
  EXPECT_EQ(attempt(code, kNow + kCodeTime), "code.wrong");
  for (int64_t i = 0; i < kCodeTries; ++i) EXPECT_EQ(attempt("nothing", kNow), "code.wrong");
  EXPECT_EQ(attempt(code, kNow), "code.wrong");
}

TEST_P(AccountsTest, CodesAreSentSeldom) {
  ASSERT_TRUE(send_code(services(), "13800138000", "zh", "p", kNow));
  EXPECT_EQ(send_code(services(), "13800138000", "zh", "p", kNow + 1).error().code,
            "code.too_many");
  EXPECT_TRUE(send_code(services(), "13900139000", "zh", "p", kNow + 1));
  EXPECT_EQ(send_code(services(), "123", "zh", "p", kNow).error().code, "phone.bad");
}

TEST_P(AccountsTest, AHelperActsForAResidentForAWhileOnRecord) {
  make("zhang", {{"worker", at("620802001001")}});
  const Begun begun = sign_in_as("zhang");
  const host::Actor helper = MUST(ask("GET", cookie(begun)));
  const auto begin = [&](std::string_view place) {
    return transact([&](db::Tx& tx) -> Done {
      const Account person = TRY(resident(tx, services(), helper,
                                          place == "620802001001" ? "13800138000" : "13900139000",
                                          "王芳", at(place), kNow));
      return act_for(tx, services(), helper, person, "看不清屏幕", kNow);
    });
  };
  EXPECT_EQ(begin("620802002001").error().code, "access.denied");
  ASSERT_TRUE(begin("620802001001"));
  const host::Actor acting = MUST(ask("GET", cookie(begun)));
  EXPECT_NE(acting.acts_for, "");
  EXPECT_EQ(acting.channel, "counter");
  EXPECT_EQ(acting.account_id, helper.account_id);
  EXPECT_EQ(MUST(ask("GET", cookie(begun), kNow + kActsForTime)).acts_for, "");
  const auto entries =
      MUST(services().database.read([&](db::Tx& tx) -> Result<std::vector<AuditEntry>> {
        return store::trail(tx, {{Code()}, helper.account_id, acting.acts_for, "", 10});
      }));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].action, "acts_for.begun");
  EXPECT_NE(entries[0].detail.find("看不清屏幕"), std::string::npos);
}

TEST_P(AccountsTest, GrantsAreChangedOnlyByThoseWhoMayGiveThem) {
  make("boss", {{"dispatcher", at("620802001")}});
  const Account worker = make("zhang", {{"worker", at("620802001001")}});
  const host::Actor boss = MUST(ask("GET", cookie(sign_in_as("boss"))));
  const auto change = [&](int64_t version, std::vector<GivenRole> grants) {
    return transact([&](db::Tx& tx) {
      Edit edit;
      edit.grants = std::move(grants);
      return change_account(tx, services(), boss, worker.id, version, edit, kNow);
    });
  };
  EXPECT_EQ(change(1, {{"operator", at("620802001")}}).error().code, "grant.not_yours");
  EXPECT_EQ(MUST(change(1, {{"worker", at("620802001002")}})).version, 2);
  EXPECT_EQ(change(1, {}).error().code, "record.changed_meanwhile");
  const auto self =
      transact([&](db::Tx& tx) { return disable(tx, services(), boss, boss.account_id, kNow); });
  EXPECT_EQ(self.error().code, "account.is_yours");
}

TEST_P(AccountsTest, HoldersAreTheNearestFirst) {
  const Account near = make("near", {{"worker", at("620802001001")}});
  const Account far = make("far", {{"operator", at("62")}});
  make("aside", {{"worker", at("620802001002")}});
  MUST(transact([&](db::Tx& tx) -> Done {
    const auto found = holders(tx, services(), "case.handle", at("620802001001001"), "", 10);
    EXPECT_EQ(found.size(), 2U);
    EXPECT_EQ(found.at(0).id, near.id);
    EXPECT_EQ(found.at(1).id, far.id);
    EXPECT_TRUE(holders(tx, services(), "case.handle", at("620802001001"), "health", 10).empty());
    EXPECT_TRUE(holders(tx, services(), "nothing.real", at("620802001001"), "", 10).empty());
    return {};
  }));
}

TEST_P(AccountsTest, TheTrailShowsWhatWasChangedOrTakenOut) {
  make("zhang", {{"worker", at("620802001001")}});
  make("li", {{"worker", at("620802001001")}});
  make("wang", {{"worker", at("620802001001")}});
  EXPECT_EQ(mistakes(), std::vector<std::string>());
  const auto tamper = [&](std::string_view sql) {
    MUST(transact([&](db::Tx& tx) -> Done {
      tx.run(sql);
      return {};
    }));
    return mistakes().size();
  };
  const std::string first = MUST(services().database.read([&](db::Tx& tx) -> Result<std::string> {
    return tx.one("SELECT subject FROM audit_entry ORDER BY id LIMIT 1")->text(0);
  }));
  EXPECT_EQ(tamper("UPDATE audit_entry SET subject = 'x' WHERE position = 1 AND subject = '" +
                   first + "'"),
            1U);
  EXPECT_EQ(tamper("UPDATE audit_entry SET subject = '" + first + "' WHERE subject = 'x'"), 0U);
  EXPECT_GE(tamper("DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)"), 1U);
}

TEST_P(AccountsTest, MessagesWaitAndAreTriedAgain) {
  ASSERT_TRUE(send_code(services(), "13800138000", "zh", "p", kNow));
  const auto due = [&](time::Instant now) {
    return MUST(services().database.read([&](db::Tx& tx) -> Result<std::vector<Outgoing>> {
      return unsent(tx, services(), now, 10);
    }));
  };
  ASSERT_EQ(due(kNow).size(), 1U);
  const Outgoing message = due(kNow)[0];
  EXPECT_EQ(message.phone, "13800138000");
  MUST(transact([&](db::Tx& tx) -> Done {
    mark_failed(tx, message.id, kNow);
    return {};
  }));
  EXPECT_TRUE(due(kNow).empty());
  EXPECT_EQ(due(kNow + 10 * time::kSecond).size(), 1U);
  MUST(transact([&](db::Tx& tx) -> Done {
    mark_sent(tx, message.id, kNow);
    return {};
  }));
  EXPECT_TRUE(due(kNow + time::kDay).empty());
}

}  // namespace
}  // namespace linli::accounts
