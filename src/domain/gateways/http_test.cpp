// The interface as a client meets it, over the real cases and accounts.
#include <gtest/gtest.h>

#include "domain/accounts/api.h"
#include "domain/cases/testing.h"
#include "domain/gateways/module.h"
#include "host/router.h"

namespace linli::gateways {
namespace {

using cases::testing::kMonday;

// The base pack with its roles.
std::shared_ptr<const pack::Content> base() {
  static const auto loaded = [] {
    std::vector<pack::Mistake> mistakes;
    auto made = pack::load(pack::read_files(LINLI_SOURCE_DIR "/packs"), {"base"}, mistakes);
    for (const pack::Mistake& mistake : mistakes) ADD_FAILURE() << pack::to_text(mistake);
    return made;
  }();
  return loaded;
}

class Open311 : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world_.emplace(GetParam());
    services().modules.push_back(manifest(std::make_shared<maps::Maps>()));
    services().content = base();
    router_.emplace(services(),
                    [](host::Services& all, const net::Request& request, time::Instant now) {
                      return accounts::identify(all, request, now);
                    });
    key_ = key({{"service", cases::testing::at("620802")}});
  }

  std::string key(const std::vector<accounts::GivenRole>& grants) {
    return MUST(services().database.transact([&](db::Tx& tx) {
      return accounts::create_key(tx, services(), accounts::system_actor(), "app", grants, kMonday);
    }));
  }

  host::Services& services() { return world_->stage.services; }

  net::Response ask(const std::string& method, const std::string& target,
                    const std::string& body = {}, net::Headers headers = {}) {
    net::Request request{.id = "r", .method = method, .headers = std::move(headers), .body = body};
    MUST(net::parse_target(target, request));
    return router_->handle(request, kMonday + time::kHour);
  }
  json::Value get(const std::string& target) {
    const net::Response response = ask("GET", target);
    EXPECT_EQ(response.status, 200) << response.body;
    return MUST(json::parse(response.body));
  }
  std::vector<std::string> listed(const std::string& query) {
    std::vector<std::string> numbers;
    const json::Value list = get("/open311/v2/requests.json?" + query);
    for (const json::Value& one : list.as_array())
      numbers.push_back(one.text("service_request_id"));
    return numbers;
  }

  std::optional<cases::testing::World> world_;
  std::optional<host::Router> router_;
  std::string key_;
};
INSTANTIATE_TEST_SUITE_P(, Open311, db::testing::engines(), db::testing::engine_name);

TEST_P(Open311, DescribesItself) {
  const json::Value discovery = get("/open311/v2/discovery.json");
  const json::Value& endpoint = discovery.find("endpoints")->as_array().at(0);
  EXPECT_EQ(endpoint.text("specification"), "http://wiki.open311.org/GeoReport_v2");
  const net::Response xml = ask("GET", "/open311/v2/discovery.xml");
  EXPECT_NE(xml.body.find("<format>text/xml</format>"), std::string::npos);
  EXPECT_FALSE(get("/open311/v2/services.json").as_array().empty());
  EXPECT_EQ(get("/open311/v2/services/sewage.json").text("service_code"), "sewage");
  EXPECT_EQ(ask("GET", "/open311/v2/services/nothing.xml").status, 404);
  EXPECT_EQ(ask("GET", "/open311/v2/services/sewage.csv").status, 404);
  EXPECT_EQ(ask("GET", "/open311/v2/services.xml?jurisdiction_id=99").status, 404);
}

TEST_P(Open311, AListHoldsCasesOfEveryChannelNewestFirst) {
  const cases::Case first = world_->report("sewage");
  const cases::Case second =
      world_->report("rubbish", "620802001002", cases::testing::resident(), kMonday + 1);
  const std::vector<std::string> both = {second.number, first.number};
  EXPECT_EQ(listed(""), both);
  EXPECT_EQ(listed("status=open"), both);
  EXPECT_EQ(listed("status=open,closed&page=2&page_size=1"),
            std::vector<std::string>{first.number});
  EXPECT_EQ(listed("service_code=sewage"), std::vector<std::string>{first.number});
  EXPECT_EQ(listed("jurisdiction_id=620802001002"), std::vector<std::string>{second.number});
  EXPECT_EQ(listed("service_request_id=" + first.number + ",unknown"),
            std::vector<std::string>{first.number});
  EXPECT_EQ(listed("end_date=2025-01-01T00:00:00Z"), std::vector<std::string>{});
  EXPECT_EQ(listed("status=closed"), std::vector<std::string>{});
  const json::Value one = get("/open311/v2/requests/" + first.number + ".json");
  EXPECT_EQ(one.as_array().at(0).text("service_code"), "sewage");
  EXPECT_EQ(get("/open311/v2/tokens/" + first.number + ".json").as_array().at(0).text("token"),
            first.number);
  EXPECT_EQ(ask("GET", "/open311/v2/requests/unknown.json").status, 404);
}

TEST_P(Open311, FilingNeedsAKeyWithTheRight) {
  const std::string body = "service_code=sewage&description=x&address_id=620802001001";
  const net::Response nobody = ask("POST", "/open311/v2/requests.xml", body);
  EXPECT_EQ(nobody.status, 403);
  EXPECT_NE(nobody.body.find("<errors><error><code>403</code>"), std::string::npos);
  EXPECT_EQ(ask("POST", "/open311/v2/requests.json", body + "&api_key=wrong").status, 403);
  EXPECT_EQ(ask("POST", "/open311/v2/requests.json", body + "&api_key=" + key({})).status, 403);
  EXPECT_EQ(listed(""), std::vector<std::string>{});
}

TEST_P(Open311, WhatIsFiledIsACaseLikeAnyOther) {
  const net::Response response =
      ask("POST", "/open311/v2/requests.json",
          "service_code=sewage&description=overflow&lat=35.54&long=106.66&phone=13900000001"
          "&address_id=620802001001001&api_key=" +
              key_);
  ASSERT_EQ(response.status, 201) << response.body;
  const json::Value filed = MUST(json::parse(response.body));
  const std::string number = filed.as_array().at(0).text("service_request_id");
  const cases::Case made = MUST(services().database.read(
      [&](db::Tx& tx) { return cases::find_numbered(tx, services(), number); }));
  EXPECT_EQ(made.channel, "open311");
  EXPECT_EQ(made.place.text(), "620802001001001");
  EXPECT_EQ(made.reporter, "");
  EXPECT_EQ(cases::contact_of(services(), made).phone, "13900000001");
  EXPECT_TRUE(made.due_at);
  const json::Value shown = get("/open311/v2/requests/" + number + ".json").as_array().at(0);
  EXPECT_EQ(shown.text("description"), "overflow");
  EXPECT_EQ(shown.number("long"), 106.66);
  EXPECT_EQ(json::write(shown).find("13900000001"), std::string::npos);
}

TEST_P(Open311, ThePlaceIsFoundByCodeOrByWords) {
  const auto file = [&](const std::string& where) {
    const net::Response response =
        ask("POST", "/open311/v2/requests.json", "service_code=sewage&description=x&" + where,
            {{"authorization", "Bearer " + key_}});
    if (response.status != 201) return std::to_string(response.status);
    const std::string number =
        MUST(json::parse(response.body)).as_array().at(0).text("service_request_id");
    return MUST(services().database.read(
                    [&](db::Tx& tx) { return cases::find_numbered(tx, services(), number); }))
        .place.text();
  };
  services().settings.region = "620802";
  EXPECT_EQ(file("address_id=620802001002"), "620802001002");
  EXPECT_EQ(file("address_string=place+620802001+place+620802001002+No.4"), "620802001002");
  EXPECT_EQ(file("address_string=house+4,+place+620802001002"), "620802001002");
  for (const auto* nowhere : {"", "address_id=620802001", "address_id=620802001009",
                              "address_id=110101001001", "address_string=nowhere"})
    EXPECT_EQ(file(nowhere), "400") << nowhere;
}

}  // namespace
}  // namespace linli::gateways
