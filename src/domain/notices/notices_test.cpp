#include <fstream>
#include <mutex>

#include <gtest/gtest.h>

#include "domain/accounts/api.h"
#include "domain/accounts/module.h"
#include "domain/notices/api.h"
#include "domain/notices/command.h"
#include "domain/notices/module.h"
#include "domain/notices/rules.h"
#include "domain/notices/sender.h"
#include "domain/notices/store.h"
#include "domain/notices/work.h"
#include "domain/places/module.h"
#include "host/context.h"
#include "host/dispatcher.h"
#include "host/testing.h"
#include "net/server.h"

namespace linli::notices {
namespace {

constexpr time::Instant kNow = 1'750'000'000'000'000;

Code at(std::string_view text) {
  return MUST(Code::parse(text));
}

TEST(NoticeRules, AHookWantsItsEventsUnderItsPlace) {
  WebHook hook;
  hook.place = at("620802");
  host::Event event;
  event.name = "case.opened";
  event.place = at("620802001001");
  EXPECT_TRUE(wants(hook, event));
  hook.events = {"case.closed"};
  EXPECT_FALSE(wants(hook, event));
  hook.events.push_back("case.opened");
  EXPECT_TRUE(wants(hook, event));
  event.place = at("620803");
  EXPECT_FALSE(wants(hook, event));
}

TEST(NoticeRules, OnlyHttpAddressesWithoutPasswordsAreUrls) {
  EXPECT_TRUE(check_url("https://example.org/hook?x=1"));
  EXPECT_TRUE(check_url("http://10.0.0.1:8080"));
  for (const std::string_view url :
       {"", "ftp://a", "https://", "https://u:p@a/", "https://a b", "file:///etc/passwd"}) {
    EXPECT_EQ(check_url(url).error().code, "web_hook.bad_url") << url;
  }
}

TEST(NoticeRules, PausesGrowToAnHour) {
  EXPECT_EQ(retry_at(1, 0), 10 * time::kSecond);
  EXPECT_EQ(retry_at(4, 0), 80 * time::kSecond);
  EXPECT_EQ(retry_at(1000, 0), time::kHour);
}

TEST(NoticeRules, ValuesReadBack) {
  const Values values = {{"number", "1"}, {"who", "\"王\""}};
  EXPECT_EQ(read_values(write_values(values)), values);
}

TEST(Command, SaysHowTheProgramEnded) {
  EXPECT_EQ(run_command("/bin/cat", "text", 5000), 0);
  EXPECT_EQ(run_command("/bin/false", "text", 5000), 1);
  EXPECT_EQ(run_command("/nowhere", "text", 5000), -1);
}

TEST(Command, KillsAProgramThatTakesTooLong) {
  EXPECT_EQ(run_command("/usr/bin/yes", "", 20), -1);
}

// A system outside that keeps what it was told.
class Outside {
 public:
  explicit Outside(int status = 200)
      : server_(MUST(net::Server::start({}, [this, status](const net::Request& request) {
          const std::lock_guard lock(mutex_);
          requests_.push_back(request);
          return net::json_response(status, "{}");
        }))) {}
  ~Outside() { server_->stop(1000); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()) + "/in"; }
  std::vector<net::Request> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  std::mutex mutex_;
  std::vector<net::Request> requests_;
  std::unique_ptr<net::Server> server_;
};

class NoticesTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }
  host::Services& services() {
    if (!stage_) {
      auto content = std::make_shared<pack::Content>();
      content->texts["zh"] = {{"notice.replied.title", "已答复"},
                              {"notice.replied.phone", "诉求 {number} 已答复"},
                              {"notice.case.replied.reporter.title", "已答复"},
                              {"notice.case.assigned.unit.title", "新任务"},
                              {"notice.case.assigned.assignee.title", "给你的"},
                              {"notice.plan.value_asked.owing.title", "请填报"},
                              {"notice.plan.value_asked.asking.title", "已请填报"}};
      pack::Role role;
      role.key = "worker";
      role.permissions = {"case.handle", "plan.report"};
      role.levels = {region::Level::county, region::Level::village};
      content->roles.push_back(role);
      stage_ = std::make_unique<host::testing::Stage>(
          GetParam(),
          std::vector<host::Module>{places::manifest(), accounts::manifest(), manifest()}, content);
    }
    return stage_->services;
  }
  template <class Body>
  void write(Body&& body) {
    MUST(services().database.transact([&](db::Tx& tx) -> Done {
      body(tx);
      return {};
    }));
  }
  template <class Body>
  auto read(Body&& body) {
    using Answer = std::invoke_result_t<Body, db::Tx&>;
    return MUST(services().database.read([&](db::Tx& tx) -> Result<Answer> { return body(tx); }));
  }
  accounts::Account resident() {
    return MUST(services().database.transact([&](db::Tx& tx) {
      return accounts::resident(tx, services(), accounts::system_actor(), "13800138000", "王芳",
                                at("620802001001"), kNow);
    }));
  }
  WebHook hook_to(const std::string& url) {
    WebHook hook;
    hook.id = "018bcfe5-6800-7000-8000-000000000001";
    hook.place = at("620802");
    hook.url = url;
    hook.secret = "secret";
    hook.events = {"case.opened", "case.closed"};
    hook.created_at = kNow;
    write([&](db::Tx& tx) { store::insert(tx, services().keyring, hook); });
    return hook;
  }
  std::string worker(const std::string& name, std::string_view place, const std::string& unit) {
    accounts::NewAccount wanted;
    wanted.name = name;
    wanted.display_name = name;
    wanted.unit = unit;
    wanted.grants = {{"worker", at(place)}};
    return MUST(services().database.transact([&](db::Tx& tx) {
             return accounts::create_account(tx, services(), accounts::system_actor(), wanted,
                                             kNow);
           }))
        .id;
  }
  std::vector<std::string> keys_of(const std::string& account_id) {
    std::vector<std::string> keys;
    for (const Notice& notice :
         read([&](db::Tx& tx) { return store::list(tx, account_id, "", 9); })) {
      keys.push_back(notice.key);
    }
    return keys;
  }
  void happen(const std::string& name, std::string_view place, json::Value data = {},
              const std::string& actor = "") {
    write([&](db::Tx& tx) {
      host::Event event;
      event.data = std::move(data);
      event.actor_id = actor;
      event.name = name;
      event.place = at(place);
      event.subject_id = "1";
      event.at = kNow;
      services().announce(tx, event);
    });
  }
  std::vector<WebHook> hooks() {
    return read([&](db::Tx& tx) { return store::list_hooks(tx, services().keyring, {Code()}); });
  }
  void settings(const std::string& text) {
    std::ofstream(services().settings.data_folder + "/outgoing.json") << text;
  }
  std::vector<accounts::Outgoing> waiting(time::Instant now) {
    return read([&](db::Tx& tx) { return accounts::unsent(tx, services(), now, 10); });
  }

 private:
  std::unique_ptr<host::testing::Stage> stage_;
};

INSTANTIATE_TEST_SUITE_P(, NoticesTest, db::testing::engines(), db::testing::engine_name);

TEST_P(NoticesTest, ANoticeIsKeptForItsReaderAloneUntilRead) {
  write([&](db::Tx& tx) {
    notify(tx, services(), {"a", "notice.replied", {{"number", "7"}}, "c"}, kNow);
    notify(tx, services(), {"b", "notice.replied"}, kNow);
  });
  const auto notices = read([&](db::Tx& tx) { return store::list(tx, "a", "", 10); });
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].values, (Values{{"number", "7"}}));
  EXPECT_EQ(notices[0].subject_id, "c");
  EXPECT_FALSE(notices[0].read_at);
  write([&](db::Tx& tx) {
    EXPECT_FALSE(store::mark_read(tx, "b", notices[0].id, kNow));
    EXPECT_TRUE(store::mark_read(tx, "a", notices[0].id, kNow));
    EXPECT_TRUE(store::mark_read(tx, "a", notices[0].id, kNow + 1));
  });
  EXPECT_EQ(read([&](db::Tx& tx) { return store::list(tx, "a", "", 10); })[0].read_at, kNow);
  EXPECT_EQ(read([&](db::Tx& tx) { return store::count_unread(tx, "a"); }), 0);
  EXPECT_EQ(read([&](db::Tx& tx) { return store::count_unread(tx, "b"); }), 1);
}

TEST_P(NoticesTest, NewsByPhoneGoesToTheOutboxInWords) {
  const accounts::Account account = resident();
  write([&](db::Tx& tx) {
    notify(tx, services(), {account.id, "notice.replied", {{"number", "7"}}, "", true}, kNow);
  });
  ASSERT_EQ(waiting(kNow).size(), 1U);
  EXPECT_EQ(waiting(kNow)[0].text, "诉求 7 已答复");
  EXPECT_EQ(waiting(kNow)[0].phone, "13800138000");
  const Outward outward = MUST(read_outward(services().settings));
  send_messages(services(), *outward.sender, kNow);
  EXPECT_TRUE(waiting(kNow).empty());
}

TEST_P(NoticesTest, AnHttpSenderIsGivenTheMessageUntilItTakesIt) {
  write([&](db::Tx& tx) {
    accounts::send(tx, services(), {"13800138000", "zh", "notice.replied.title", {}}, kNow);
  });
  {
    Outside busy(503);
    settings(R"({"private_addresses":true,"sender":{"kind":"http","url":")" + busy.url() + "\"}}");
    send_messages(services(), *MUST(read_outward(services().settings)).sender, kNow);
  }
  EXPECT_TRUE(waiting(kNow).empty());
  Outside outside;
  settings(R"({"private_addresses":true,"sender":{"kind":"http","token":"t","url":")" +
           outside.url() + "\"}}");
  send_messages(services(), *MUST(read_outward(services().settings)).sender, kNow + time::kMinute);
  ASSERT_EQ(outside.requests().size(), 1U);
  EXPECT_EQ(outside.requests()[0].header("authorization"), "Bearer t");
  EXPECT_EQ(MUST(json::parse(outside.requests()[0].body)).text("text"), "已答复");
  EXPECT_TRUE(waiting(kNow + time::kDay).empty());
}

TEST_P(NoticesTest, ASenderThatDoesNotTakeAMessageSaysWhy) {
  const accounts::Outgoing message{.id = "1", .phone = "13800138000", .text = "已答复"};
  const auto refusal = [&](const std::string& sender) {
    settings(R"({"private_addresses":true,"sender":)" + sender + "}");
    const Done sent = MUST(read_outward(services().settings)).sender->deliver(message);
    return sent ? "" : sent.error().code + " " + sent.error().detail;
  };
  const Outside busy(503);
  EXPECT_EQ(refusal(R"({"kind":"http","url":")" + busy.url() + "\"}"), "sender.failed status 503");
  EXPECT_EQ(refusal(R"({"kind":"http","url":"http://127.0.0.1:1/"})"),
            "sender.failed net.unreachable");
  EXPECT_EQ(refusal(R"({"kind":"command","program":"/bin/false"})"), "sender.failed exit code 1");
  EXPECT_EQ(refusal(R"({"kind":"command","program":"/bin/true"})"), "");
}

TEST_P(NoticesTest, WrongSettingsAreTold) {
  settings("{");
  EXPECT_EQ(read_outward(services().settings).error().code, "sender.bad_settings");
  settings(R"({"sender":{"kind":"pigeon"}})");
  EXPECT_EQ(read_outward(services().settings).error().code, "sender.bad_settings");
  settings("{}");
  services().settings.demo = false;
  EXPECT_EQ(MUST(read_outward(services().settings)).sender, nullptr);
  EXPECT_EQ(manifest().examine(services()).size(), 1U);
}

using Keys = std::vector<std::string>;

TEST_P(NoticesTest, TheReporterIsToldWhatThePackHasWordsForUnlessHeDidIt) {
  json::Value data;
  data.set("reporter", "r");
  data.set("number", "7");
  happen("case.replied", "620802001001", data, "worker");
  happen("case.replied", "620802001001", data, "r");
  happen("case.paused", "620802001001", data, "worker");
  host::Dispatcher(services()).pass();
  EXPECT_EQ(keys_of("r"), Keys{"notice.case.replied.reporter"});
  const auto notices = read([&](db::Tx& tx) { return store::list(tx, "r", "", 9); });
  EXPECT_EQ(notices[0].subject_id, "1");
  EXPECT_EQ(notices[0].values[1], (std::pair<std::string, std::string>("number", "7")));
}

TEST_P(NoticesTest, OfAUnitTheNearestAreToldAndTheAssigneeOnce) {
  const std::string near = worker("near", "620802001001", "");
  const std::string far = worker("far", "620802", "");
  const std::string health = worker("health", "620802", "health");
  json::Value data;
  data.set("unit", "620802001001001");
  happen("case.assigned", "620802001001001", data);
  data.set("unit", "health@620802");
  data.set("assignee", health);
  happen("case.assigned", "620802001001001", data);
  host::Dispatcher(services()).pass();
  EXPECT_EQ(keys_of(near), Keys{"notice.case.assigned.unit"});
  EXPECT_EQ(keys_of(far), Keys());
  EXPECT_EQ(keys_of(health), Keys{"notice.case.assigned.assignee"});
}

TEST_P(NoticesTest, WhoeverMayReportForThePlaceThatOwesAValueIsTold) {
  const std::string near = worker("near", "620802001001", "");
  const std::string far = worker("far", "620802", "");
  json::Value data;
  data.set("owing", "620802001001");
  data.set("asking", "620802");
  happen("plan.value_asked", "620802001001", data);
  host::Dispatcher(services()).pass();
  EXPECT_EQ(keys_of(near), Keys{"notice.plan.value_asked.owing"});
  EXPECT_EQ(keys_of(far), Keys()) << "who may not approve is not asking";
}

TEST_P(NoticesTest, AWebHookHearsItsEventsInOrderAndSigned) {
  Outside outside;
  hook_to(outside.url());
  happen("case.opened", "620802001001");
  happen("case.assigned", "620802001001");
  happen("case.opened", "620803001001");
  happen("case.closed", "620802001001");
  host::Dispatcher(services()).pass();
  EXPECT_EQ(hooks()[0].waiting, 2);
  deliver_hooks(services(), true, kNow);
  const auto requests = outside.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].header("x-linli-event"), "case.opened");
  EXPECT_EQ(requests[1].header("x-linli-event"), "case.closed");
  EXPECT_EQ(requests[0].header("x-linli-signature"), signature("secret", requests[0].body));
  EXPECT_EQ(MUST(json::parse(requests[0].body)).text("place"), "620802001001");
  EXPECT_EQ(hooks()[0].waiting, 0);
}

TEST_P(NoticesTest, AFailingWebHookIsTriedAgainLaterFromWhereItFailed) {
  hook_to("http://127.0.0.1:1/");
  happen("case.opened", "620802");
  happen("case.closed", "620802");
  host::Dispatcher(services()).pass();
  deliver_hooks(services(), true, kNow);
  EXPECT_EQ(hooks()[0].failures, 1);
  EXPECT_EQ(hooks()[0].waiting, 2);
  EXPECT_EQ(hooks()[0].due_at, kNow + 10 * time::kSecond);
  deliver_hooks(services(), true, kNow + 1);
  EXPECT_EQ(hooks()[0].failures, 1);
  deliver_hooks(services(), true, kNow + 10 * time::kSecond);
  EXPECT_EQ(hooks()[0].failures, 2);
  EXPECT_EQ(manifest().examine(services()).size(), 1U);
}

TEST_P(NoticesTest, AWebHookIsNoWayIntoTheInnerNetwork) {
  Outside outside;
  hook_to(outside.url());
  happen("case.opened", "620802");
  host::Dispatcher(services()).pass();
  deliver_hooks(services(), false, kNow);
  EXPECT_TRUE(outside.requests().empty());
  EXPECT_EQ(hooks()[0].last_error, "net.address_not_allowed");
}

}  // namespace
}  // namespace linli::notices
