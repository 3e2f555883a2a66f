#include "domain/gateways/ogc.h"

#include <gtest/gtest.h>

namespace linli::gateways::ogc {
namespace {

std::string code_of(const auto& result) {
  return result ? "" : result.error().code;
}

net::Request asking(std::vector<std::pair<std::string, std::string>> query) {
  net::Request request;
  request.query = std::move(query);
  return request;
}

TEST(OgcRules, ABoxIsReadInTheOrderOfItsAxes) {
  const auto usual = read_box("106.5,35.4,106.7,35.6", Crs::crs84);
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->west, 106.5);
  EXPECT_EQ(usual->north, 35.6);
  const auto turned = read_box("35.4,106.5,35.6,106.7", Crs::epsg4326);
  ASSERT_TRUE(turned);
  EXPECT_EQ(turned->west, 106.5);
  EXPECT_EQ(turned->south, 35.4);
  const auto metres = read_box("11855525.8,4218373.3,11877789.7,4245720.7", Crs::epsg3857);
  ASSERT_TRUE(metres);
  EXPECT_NEAR(metres->west, 106.5, 1e-4);
  EXPECT_NEAR(metres->south, 35.4, 1e-4);
}

TEST(OgcRules, ABoxMayHaveHeightsAndLieAcrossTheDateLine) {
  EXPECT_EQ(read_box("106.5,35.4,0,106.7,35.6,900", Crs::crs84)->east, 106.7);
  const auto across = read_box("170,-10,-170,10", Crs::crs84);
  ASSERT_TRUE(across);
  EXPECT_TRUE(across->contains({175, 0}));
  EXPECT_TRUE(across->contains({-175, 0}));
  EXPECT_FALSE(across->contains({0, 0}));
}

TEST(OgcRules, WhatIsNoBoxIsRefused) {
  for (const char* text : {"", "1,2,3", "1,2,3,4,5", "1,2,3,x", "1,2,3,4,5,6,7", "0,10,1,5",
                           "0,0,nan,1", "-181,0,1,1", "0,0,1,91", "1,2,3,4 ", "1,,3,4"}) {
    EXPECT_EQ(code_of(read_box(text, Crs::crs84)), "ogc.bad_parameter") << text;
  }
}

TEST(OgcRules, AnIntervalIsClosedOrOpen) {
  const auto day = read_interval("2025-03-01");
  ASSERT_TRUE(day);
  EXPECT_EQ(*day->to - *day->from, time::kDay - 1);
  const auto since = read_interval("2025-03-01T00:00:00Z/..");
  ASSERT_TRUE(since);
  EXPECT_TRUE(since->from);
  EXPECT_FALSE(since->to);
  EXPECT_FALSE(read_interval("/2025-03-01")->from);
  for (const char* text : {"", "..", "yesterday", "2025-03-02/2025-03-01", "2025-13-01"}) {
    EXPECT_EQ(code_of(read_interval(text)), "ogc.bad_parameter") << text;
  }
}

TEST(OgcRules, ALimitBeyondTheMostIsTheMostAndNoNumberIsRefused) {
  EXPECT_EQ(read_asked(asking({}))->query.limit, kDefaultLimit);
  EXPECT_EQ(read_asked(asking({{"limit", "7"}}))->query.limit, 7);
  EXPECT_EQ(read_asked(asking({{"limit", "100000"}}))->query.limit, kMostItems);
  for (const char* limit : {"0", "-1", "1.5", "many", ""}) {
    EXPECT_EQ(code_of(read_asked(asking({{"limit", limit}}))), "ogc.bad_parameter") << limit;
  }
}

TEST(OgcRules, OtherParametersAreFilters) {
  const auto asked = read_asked(asking({{"kind", "elderly_canteen"}, {"f", "json"}}));
  ASSERT_TRUE(asked);
  ASSERT_EQ(asked->query.equal.size(), 1U);
  EXPECT_EQ(asked->query.equal[0].first, "kind");
  EXPECT_EQ(code_of(read_asked(asking({{"crs", "EPSG:4326"}}))), "ogc.bad_parameter");
  EXPECT_EQ(code_of(read_asked(asking({{"f", "html"}}))), "ogc.bad_parameter");
}

TEST(OgcRules, PositionsAreWrittenInTheOrderOfTheAxes) {
  const auto written = [](Crs crs) {
    json::Writer out;
    write_position(out, {106.5, 35.4}, crs);
    return out.take();
  };
  EXPECT_EQ(written(Crs::crs84), "[106.5,35.4]");
  EXPECT_EQ(written(Crs::epsg4326), "[35.4,106.5]");
  EXPECT_EQ(written(Crs::epsg3857).substr(0, 9), "[11855525");
}

}  // namespace
}  // namespace linli::gateways::ogc
