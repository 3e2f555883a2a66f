#include "net/http.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "net/client.h"
#include "net/compress.h"
#include "net/metrics.h"

namespace linli::net {

namespace {

std::string path_of(std::string_view target) {
  Request request;
  const auto parsed = parse_target(target, request);
  return parsed ? request.path : parsed.error().code;
}

TEST(Target, PathIsDecodedAndNormalised) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/a/b"), "/a/b");
  EXPECT_EQ(path_of("/a/b/"), "/a/b/");
  EXPECT_EQ(path_of("//a///b"), "/a/b");
  EXPECT_EQ(path_of("/a/./b/../c"), "/a/c");
  EXPECT_EQ(path_of("/a/.."), "/");
  EXPECT_EQ(path_of("/%E5%B4%86%E5%B3%92"), "/崆峒");
  EXPECT_EQ(path_of("/a+b%20c"), "/a+b c");
  EXPECT_EQ(path_of("http://host/a?b"), "/a");
  EXPECT_EQ(path_of("http://host"), "/");
}

TEST(Target, WhatCouldMeanSomethingElseIsRefused) {
  for (const std::string_view target :
       {"",       "a",       "*",    "/..",     "/a/../..", "/%2e%2e", "/%2E%2e/etc", "/a%2fb",
        "/a%5cb", "/a\\b",   "/%",   "/%4",     "/%zz",     "/%00",    "/%0a",        "/%7f",
        "/%ff",   "/%c0%ae", "/a#b", "/?a=%00", "/?a=%ff",  "/?%",     "/a?b=%e5%b4"})
    EXPECT_EQ(path_of(target), "net.bad_target") << target;
}

TEST(Target, QueryKeepsOrderAndRepeats) {
  Request request;
  ASSERT_TRUE(parse_target("/?q=a+b%26&empty=&alone&&q=%E5%8C%BA", request));
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"q", "a b&"}, {"empty", ""}, {"alone", ""}, {"q", "区"}};
  EXPECT_EQ(request.query, expected);
  EXPECT_EQ(request.parameter("q"), "a b&");
}

TEST(Target, EncodedTextComesBack) {
  const std::string text = "a b/崆峒?&=+%\n~";
  Request request;
  ASSERT_TRUE(parse_target("/?v=" + percent_encode(text), request));
  EXPECT_EQ(request.parameter("v"), text);
}

TEST(Cookie, IsFoundByItsWholeName) {
  const Request request{.headers = {{"cookie", "xlinli=1; linli=a=b; other=2"}}};
  EXPECT_EQ(request.cookie("linli"), "a=b");
  EXPECT_EQ(request.cookie("inli"), std::nullopt);
}

TEST(Problem, SaysTheCodeAndKeepsTheDetail) {
  Refusal refusal{ErrorKind::conflict, "case.already_closed", "secret", {}};
  refusal.fields.push_back({"/name", "field.required", "text"});
  const Response response = problem(refusal, "r1");
  EXPECT_EQ(response.status, 409);
  const auto body = MUST(json::parse(response.body));
  EXPECT_EQ(body.text("code"), "case.already_closed");
  EXPECT_EQ(body.text("request_id"), "r1");
  EXPECT_EQ(body.find("errors")->as_array().at(0).text("pointer"), "/name");
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(Coding, IsChosenAsTheClientAllows) {
  EXPECT_EQ(best_coding("gzip, deflate, br"), Coding::brotli);
  EXPECT_EQ(best_coding("br;q=0, gzip;q=0.5"), Coding::gzip);
  EXPECT_EQ(best_coding("gzip;q=0.0"), Coding::identity);
  EXPECT_EQ(best_coding(""), Coding::identity);
}

TEST(Address, OnlyWhatThePublicNetworkRoutesIsPublic) {
  for (const auto* address :
       {"1.1.1.1", "172.32.0.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1"})
    EXPECT_TRUE(is_public_address(address)) << address;
  for (const auto* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "198.19.0.1",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1",
                              "fd00::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001::1",
                              "2001:db8::1",
                              "name"})
    EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(Metrics, AreWrittenAsPrometheusReads) {
  Metrics own;
  own.counter("linli_things_total", "Things", Metrics::label("kind", "a\"b\\")).add(3);
  own.set("linli_level", 7);
  own.histogram("linli_took_seconds", "Took").observe(30'000);
  const std::string text = own.text();
  for (const std::string_view line :
       {"# TYPE linli_things_total counter\n", "linli_things_total{kind=\"a\\\"b\\\\\"} 3\n",
        "linli_level 7\n", "linli_took_seconds_bucket{le=\"0.025\"} 0\n",
        "linli_took_seconds_bucket{le=\"0.05\"} 1\n", "linli_took_seconds_bucket{le=\"+Inf\"} 1\n",
        "linli_took_seconds_sum 0.03\n", "linli_took_seconds_count 1\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line;
}

}  // namespace

}  // namespace linli::net
