#include "host/router.h"

#include <gtest/gtest.h>

#include "core/id.h"
#include "host/testing.h"

namespace linli::host {
namespace {

constexpr time::Instant kNow = 1'740'000'000 * time::kSecond;

// A shop that counts: POST adds one, GET tells.
Module shop() {
  const auto get = [](Context& call) -> Result<net::Response> {
    const auto count = TRY(call.read([](db::Tx& tx) -> Result<int64_t> {
      return tx.one("SELECT count(*) FROM event_log")->integer(0);
    }));
    return ok([&](json::Writer& out) { out.begin_object().member("count", count).end_object(); });
  };
  const auto post = [](Context& call) -> Result<net::Response> {
    TRY(call.transact([&](db::Tx& tx) -> Done {
      call.services().announce(tx, {.name = call.body().text("what"), .at = call.now()});
      return {};
    }));
    return created([&](json::Writer& out) {
      out.begin_object().member("name", call.path("name")).end_object();
    });
  };
  return {.name = "shop",
          .routes = {{"GET", "/shop/{name}", "public", get, "Count"},
                     {"GET", "/shop/open", "public", get, "Count", {}},
                     {"POST",
                      "/shop/{name}",
                      "shop.buy",
                      post,
                      "Add",
                      {},
                      shape::object({shape::required("what", shape::text(5))})}}};
}

class RouterTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }

  static Result<Actor> authenticate(Services&, const net::Request& request, time::Instant) {
    Actor actor;
    actor.account_id = request.header("who");
    if (actor.account_id == "buyer") actor.grants = {{"b", region::Code(), {"shop.buy"}}};
    return actor;
  }

  net::Response ask(std::string method, std::string path, std::string body = "",
                    net::Headers headers = {{"who", "buyer"}}) {
    net::Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.headers = std::move(headers);
    return router_.handle(request, kNow);
  }

  testing::Stage stage_{GetParam(), {shop()}};
  Router router_{stage_.services, authenticate};
};

INSTANTIATE_TEST_SUITE_P(, RouterTest, db::testing::engines(), db::testing::engine_name);

TEST_P(RouterTest, AWordWinsOverAName) {
  EXPECT_EQ(MUST(router_.match("GET", "/shop/open")).route->path, "/shop/open");
  const Router::Match match = MUST(router_.match("GET", "/shop/tea"));
  ASSERT_EQ(match.values.size(), 1U);
  EXPECT_EQ(match.values[0].second, "tea");
}

TEST_P(RouterTest, UnknownPathsAndMethodsAreNotFound) {
  EXPECT_EQ(router_.match("GET", "/nowhere").error().code, "route.not_found");
  EXPECT_EQ(router_.match("DELETE", "/shop/tea").error().code, "route.method_not_allowed");
  EXPECT_EQ(ask("GET", "/nowhere").status, 404);
}

TEST_P(RouterTest, TheBodyIsCheckedBeforeTheHandlerSeesIt) {
  EXPECT_EQ(ask("POST", "/shop/tea", R"({"what": "cup"})").status, 201);
  EXPECT_NE(ask("POST", "/shop/tea", R"({"what": "too long"})").body.find("field.too_long"),
            std::string::npos);
  EXPECT_NE(ask("POST", "/shop/tea", R"({"whta": "cup"})").body.find("field.unknown"),
            std::string::npos);
  EXPECT_NE(ask("POST", "/shop/tea", "{").body.find("json.invalid"), std::string::npos);
  EXPECT_NE(ask("GET", "/shop/tea").body.find("\"count\":1"), std::string::npos);
}

TEST_P(RouterTest, StrangersSignInAndOthersAreDenied) {
  EXPECT_EQ(ask("POST", "/shop/tea", R"({"what": "cup"})", {}).status, 401);
  EXPECT_EQ(ask("POST", "/shop/tea", R"({"what": "cup"})", {{"who", "guest"}}).status, 403);
}

TEST_P(RouterTest, ARepeatedRequestTakesEffectOnceAndGetsTheSameAnswer) {
  const net::Headers headers = {{"who", "buyer"}, {"idempotency-key", id::make(kNow)}};
  const net::Response first = ask("POST", "/shop/tea", R"({"what": "cup"})", headers);
  const net::Response second = ask("POST", "/shop/tea", R"({"what": "cup"})", headers);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_NE(ask("GET", "/shop/tea").body.find("\"count\":1"), std::string::npos);
}

TEST_P(RouterTest, ARepetitionWhoseFirstAnswerWasLostSaysSo) {
  const std::string key = id::make(kNow);
  const net::Headers headers = {{"who", "buyer"}, {"idempotency-key", key}};
  ASSERT_EQ(ask("POST", "/shop/tea", R"({"what": "cup"})", headers).status, 201);
  MUST(stage_.services.database.transact([&](db::Tx& tx) -> Done {
    tx.run("UPDATE request_mark SET status = NULL, body = NULL WHERE key = $1", {key});
    return {};
  }));
  const net::Response again = ask("POST", "/shop/tea", R"({"what": "cup"})", headers);
  EXPECT_EQ(again.status, 409);
  EXPECT_NE(again.body.find("request.repeated"), std::string::npos);
}

TEST_P(RouterTest, AKeyThatIsNoUuidIsRefused) {
  EXPECT_EQ(
      ask("POST", "/shop/tea", R"({"what": "cup"})", {{"who", "buyer"}, {"idempotency-key", "1"}})
          .status,
      400);
}

TEST(Cursor, ReadsBackWhatItWrote) {
  const std::vector<Value> last = {int64_t{-7}, 1.25, std::string("崆峒"), Value{}};
  EXPECT_EQ(MUST(read_cursor(write_cursor(last))), last);
  EXPECT_EQ(read_cursor("nonsense").error().code, "page.bad_cursor");
  EXPECT_EQ(read_cursor("").error().code, "page.bad_cursor");
}

}  // namespace
}  // namespace linli::host
