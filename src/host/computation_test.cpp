#include "host/computation.h"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

#include "core/text.h"
#include "host/computation_store.h"
#include "host/computing.h"
#include "host/router.h"
#include "host/testing.h"

namespace linli::host {
namespace {

constexpr time::Instant kNow = 1'740'000'000 * time::kSecond;

// Two kinds: one that answers with its question's number, one that goes on until it is stopped.
struct Kinds {
  std::atomic_flag begun;
  std::latch go_on{1};
  bool fails = false;

  Module module() {
    const auto twice = [this](Services&, Run& run) -> Result<json::Value> {
      if (fails) throw std::runtime_error("broke");
      const int64_t number = run.asked.question.integer("number");
      if (number == 0) return refuse(ErrorKind::invalid, "test.no_number");
      run.tell(0.5, json::Object{{"number", number}});
      return json::Value(json::Object{{"twice", 2 * number}, {"seed", run.asked.seed}});
    };
    const auto endless = [this](Services&, Run& run) -> Result<json::Value> {
      run.tell(0.25, json::Object{{"value", 7}});
      begun.test_and_set();
      begun.notify_all();
      std::latch stopped{1};
      const std::stop_callback wake(run.stop, [&] { stopped.count_down(); });
      stopped.wait();
      go_on.wait();
      return json::Value(json::Object{{"value", 7}});
    };
    const auto post = [](Context& call) -> Result<net::Response> {
      const region::Code place = TRY(region::Code::parse(call.body().text("place")));
      TRY(call.require("sum.ask", place));
      return accepted(
          TRY(ask(call, call.path("kind"), place, call.body(), call.body().integer("seed", 1))));
    };
    return {.name = "sums",
            .routes = {{"POST",
                        "/sums/{kind}",
                        "signed_in",
                        post,
                        "Ask",
                        {},
                        shape::open_object({shape::required("place", shape::place())})}},
            .computations = {{"twice", "sum.ask", twice}, {"endless", "sum.ask", endless}}};
  }
};

class ComputationTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }

  static Result<Actor> authenticate(Services&, const net::Request& request, time::Instant) {
    Actor actor;
    actor.account_id = actor.name = request.header("who");
    actor.grants = {{"asker", MUST(region::Code::parse(request.header("where"))), {"sum.ask"}}};
    return actor;
  }

  net::Response call(std::string method, std::string path, std::string body = "",
                     std::string where = "62", std::string who = "anna") {
    net::Request request;
    request.method = std::move(method);
    const std::vector<std::string> parts = text::split(path, '?');
    request.path = parts[0];
    for (const std::string& pair : text::split(parts.size() > 1 ? parts[1] : "", '&')) {
      const size_t equals = pair.find('=');
      if (equals != std::string::npos)
        request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    request.body = std::move(body);
    request.headers = {{"who", who}, {"where", where}};
    return router_.handle(request, kNow);
  }
  json::Value get(const std::string& id) {
    return MUST(json::parse(call("GET", "/api/v1/computations/" + id).body));
  }
  std::string asked(const std::string& kind, const std::string& body) {
    const net::Response answer = call("POST", "/sums/" + kind, body);
    EXPECT_EQ(answer.status, 202) << answer.body;
    return MUST(json::parse(answer.body)).text("id");
  }

  Kinds kinds_;
  testing::Stage stage_{GetParam(), {kinds_.module(), computations()}};
  Router router_{stage_.services, authenticate};
};

INSTANTIATE_TEST_SUITE_P(, ComputationTest, db::testing::engines(), db::testing::engine_name);

TEST_P(ComputationTest, AQuestionIsKeptWithItsAnswer) {
  const std::string id = asked("twice", R"({"place": "6208", "number": 21, "seed": 5})");
  EXPECT_EQ(get(id).text("state"), "waiting");
  EXPECT_EQ(get(id).text("asked_by"), "anna");
  Computing computing(stage_.services, 1);
  computing.pass(kNow);
  computing.join();
  const json::Value ended = get(id);
  EXPECT_EQ(ended.text("state"), "finished");
  EXPECT_EQ(ended.number("done"), 1);
  EXPECT_EQ(json::write(*ended.find("answer")), R"({"twice":42,"seed":5})");
  EXPECT_EQ(ended.find("question")->integer("number"), 21);
}

TEST_P(ComputationTest, OnlyWhoHasTheRightAtThePlaceSeesIt) {
  const std::string id = asked("twice", R"({"place": "6208", "number": 1})");
  const std::string path = "/api/v1/computations/" + id;
  EXPECT_EQ(call("GET", path, "", "63").status, 404);
  EXPECT_NE(call("POST", path + "/stop", "", "63").body.find("computation.not_found"),
            std::string::npos);
  EXPECT_EQ(call("DELETE", path, "", "620802").status, 404);
  const auto list = [&](const std::string& where, const std::string& place) {
    const net::Response answer =
        call("GET", "/api/v1/computations?kind=twice&place=" + place, "", where);
    return MUST(json::parse(answer.body)).find("items")->as_array().size();
  };
  EXPECT_EQ(list("62", "62"), 1U);
  EXPECT_EQ(list("6208", "62"), 1U);
  EXPECT_EQ(list("62", "6209"), 0U);
  EXPECT_EQ(list("63", "62"), 0U);
  EXPECT_NE(call("GET", "/api/v1/computations?kind=thrice").body.find("computation.unknown_kind"),
            std::string::npos);
}

TEST_P(ComputationTest, AListComesInPagesTheNewestFirst) {
  std::vector<std::string> ids;
  for (int i = 1; i <= 3; ++i) ids.push_back(asked("twice", R"({"place": "6208", "number": 1})"));
  const std::string path = "/api/v1/computations?kind=twice&limit=2";
  const json::Value first = MUST(json::parse(call("GET", path).body));
  ASSERT_EQ(first.find("items")->as_array().size(), 2U);
  EXPECT_EQ(first.find("items")->as_array()[0].text("id"), ids[2]);
  const json::Value second =
      MUST(json::parse(call("GET", path + "&after=" + first.text("next")).body));
  ASSERT_EQ(second.find("items")->as_array().size(), 1U);
  EXPECT_EQ(second.find("items")->as_array()[0].text("id"), ids[0]);
  EXPECT_TRUE(second.find("next")->is_null());
  EXPECT_NE(call("GET", path + "&after=x").body.find("page.bad_cursor"), std::string::npos);
}

TEST_P(ComputationTest, StoppedItEndsWithTheBestSoFar) {
  const std::string id = asked("endless", R"({"place": "6208"})");
  const std::string path = "/api/v1/computations/" + id;
  Computing computing(stage_.services, 1);
  computing.pass(kNow);
  kinds_.begun.wait(false);
  EXPECT_EQ(get(id).text("state"), "running");
  EXPECT_NE(call("DELETE", path).body.find("computation.not_ended"), std::string::npos);
  computing.pass(kNow + 2 * time::kSecond);
  EXPECT_EQ(get(id).number("done"), 0.25);
  EXPECT_EQ(get(id).find("best")->integer("value"), 7);
  EXPECT_EQ(call("POST", path + "/stop").status, 202);
  kinds_.go_on.count_down();
  computing.pass(kNow + 4 * time::kSecond);
  computing.join();
  EXPECT_EQ(get(id).text("state"), "stopped");
  EXPECT_EQ(get(id).find("answer")->integer("value"), 7);
  EXPECT_EQ(call("DELETE", path).status, 204);
  EXPECT_EQ(call("GET", path).status, 404);
}

TEST_P(ComputationTest, StoppedBeforeItBeganItEndsAtOnce) {
  const std::string id = asked("twice", R"({"place": "6208", "number": 1})");
  call("POST", "/api/v1/computations/" + id + "/stop");
  Computing computing(stage_.services, 1);
  computing.pass(kNow);
  computing.join();
  EXPECT_EQ(get(id).text("state"), "stopped");
  EXPECT_TRUE(get(id).find("answer")->is_null());
}

TEST_P(ComputationTest, WhatAKilledProcessLeftIsTakenOver) {
  const std::string id = asked("endless", R"({"place": "6208"})");
  Computing killed(stage_.services, 1);
  killed.pass(kNow);
  kinds_.begun.wait(false);
  kinds_.go_on.count_down();
  Computing other(stage_.services, 1);
  other.pass(kNow + 5 * time::kSecond);
  EXPECT_EQ(get(id).text("state"), "running");
  other.pass(kNow + 11 * time::kSecond);
  // The first notices that it lost the question, and keeps its hands off the answer.
  killed.pass(kNow + 12 * time::kSecond);
  killed.join();
  EXPECT_EQ(get(id).text("state"), "running");
  call("POST", "/api/v1/computations/" + id + "/stop");
  other.pass(kNow + 13 * time::kSecond);
  other.join();
  EXPECT_EQ(get(id).text("state"), "stopped");
}

TEST_P(ComputationTest, AnOrderlyEndGivesItBackToTheQueue) {
  const std::string id = asked("endless", R"({"place": "6208"})");
  {
    Computing computing(stage_.services, 1);
    computing.pass(kNow);
    kinds_.go_on.count_down();
  }
  EXPECT_EQ(get(id).text("state"), "waiting");
}

TEST_P(ComputationTest, SoManyRunAtOnceInTheWholeInstallation) {
  const std::string first = asked("endless", R"({"place": "6208"})");
  const std::string second = asked("twice", R"({"place": "6208", "number": 1})");
  kinds_.go_on.count_down();
  Computing here(stage_.services, 1);
  Computing there(stage_.services, 1);
  here.pass(kNow);
  there.pass(kNow);
  here.pass(kNow);
  there.join();
  EXPECT_EQ(get(second).text("state"), "waiting");
}

TEST_P(ComputationTest, WhatCannotBeAnsweredSaysWhy) {
  const std::string refused = asked("twice", R"({"place": "6208", "number": 0})");
  Computing computing(stage_.services, 1);
  computing.pass(kNow);
  computing.join();
  EXPECT_EQ(get(refused).text("state"), "refused");
  EXPECT_EQ(get(refused).text("code"), "test.no_number");
  kinds_.fails = true;
  const std::string failed = asked("twice", R"({"place": "6208", "number": 1})");
  computing.pass(kNow);
  computing.join();
  EXPECT_EQ(get(failed).text("state"), "failed");
  EXPECT_EQ(get(failed).text("code"), "computation.failed");
}

TEST_P(ComputationTest, WhatEndsItsProcessAgainAndAgainIsGivenUp) {
  const std::string id = asked("twice", R"({"place": "6208", "number": 1})");
  time::Instant now = kNow;
  for (int i = 0; i < 3; ++i, now += time::kMinute) {
    MUST(stage_.services.database.transact([&](db::Tx& tx) -> Done {
      EXPECT_TRUE(store::claim(tx, "killed", now, now + time::kSecond, 1));
      return {};
    }));
  }
  Computing computing(stage_.services, 1);
  computing.pass(now);
  computing.join();
  EXPECT_EQ(get(id).text("state"), "failed");
  EXPECT_EQ(get(id).text("code"), "computation.interrupted");
}

TEST_P(ComputationTest, OneAccountMayHaveOnlySoManyWaiting) {
  for (int i = 0; i < 5; ++i) asked("twice", R"({"place": "6208", "number": 1})");
  const net::Response refused = call("POST", "/sums/twice", R"({"place": "6208", "number": 1})");
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.body.find("computation.too_many"), std::string::npos);
  EXPECT_EQ(call("POST", "/sums/twice", R"({"place": "6208", "number": 1})", "62", "bert").status,
            202);
}

}  // namespace
}  // namespace linli::host
