// Circles over streets as they are: central Shanghai, against plain Dijkstra from each home.
#include <cmath>

#include <gtest/gtest.h>

#include "domain/circles/testing.h"
#include "engine/geo/drawing.h"
#include "engine/geo/plain.h"

namespace linli::circles {
namespace {

using testing::kCity;
using testing::kNow;
using testing::World;

const std::string kExtract = LINLI_SOURCE_DIR "/tests/data/osm/shanghai-centre.osm.gz";

std::string text_of(places::Point point) {
  return R"({"lon": )" + std::to_string(point.lon) + R"(, "lat": )" + std::to_string(point.lat) +
         "}";
}

struct Family {
  places::Point point;
  int persons = 1;
  bool aged = false;
};

class ShanghaiCircles : public ::testing::Test {
 protected:
  ShanghaiCircles() : world(db::Engine::sqlite) {
    const geo::NetworkData data =
        MUST(geo::import_osm(MUST(geo::read_osm(kExtract, {}, {})), "shanghai-centre", {})).network;
    MUST(geo::write_network(data.view(), (world.stage.folder / geo::kNetworkFile).string()));
    geo::testing::Numbers numbers(23);
    // Beside a corner, as the registers write it: six places behind the point.
    const auto somewhere = [&] {
      const auto at = off_map(data.nodes[numbers.below(static_cast<uint32_t>(data.nodes.size()))]);
      const auto aside = [&] { return (static_cast<int>(numbers.below(400)) - 200) * 1e-6; };
      return places::Point{std::round((at.lon + aside()) * 1e6) / 1e6,
                           std::round((at.lat + aside()) * 1e6) / 1e6};
    };
    for (int i = 0; i < 90; ++i) {
      families.push_back({somewhere(), static_cast<int>(1 + numbers.below(3)), i % 4 == 0});
    }
    for (const auto& [kind, count] :
         {std::pair("canteen", 3), std::pair("clinic", 3), std::pair("hospital", 2)}) {
      for (int i = 0; i < count; ++i) facilities[kind].push_back(somewhere());
    }
    for (const Family& family : families) {
      const auto home =
          world.put("dwelling", R"({"address": "门", "point": )" + text_of(family.point) + "}");
      const auto household =
          world.put("household", R"({"head_name": "甲", "dwelling": ")" + home.id + "\"}");
      for (int i = 0; i < family.persons; ++i) {
        world.put("person", R"({"name": "甲", "birth_date": ")" +
                                std::string(family.aged ? "1940-01-01" : "1990-01-01") +
                                R"(", "household": ")" + household.id + "\"}");
      }
    }
    for (const auto& [kind, points] : facilities) {
      for (const places::Point point : points) {
        world.put("facility", R"({"name": "设施", "kind": ")" + kind +
                                  R"(", "in_service": true, "point": )" + text_of(point) + "}");
      }
    }
  }

  // How many facilities of these kinds a family reaches within so many minutes.
  int reached(const Family& family, const std::vector<std::string>& kinds, double minutes) {
    const auto way = MUST(world.circles.way(world.services(), family.aged ? "slow" : "walk"));
    const geo::testing::Plain plain(*way->travel, way->snap(family.point).anchor, true);
    int count = 0;
    for (const std::string& kind : kinds) {
      for (const places::Point point : facilities[kind]) {
        const geo::Time time = plain.of(way->snap(point).anchor);
        count += time <= static_cast<geo::Time>(minutes * 60 * geo::kUnitsPerSecond);
      }
    }
    return count;
  }

  World world;
  std::vector<Family> families;
  std::map<std::string, std::vector<places::Point>> facilities;
};

}  // namespace

TEST_F(ShanghaiCircles, AreWhatPlainWalksFromEachHomeGive) {
  world.settle_all();
  std::map<std::string, int64_t> persons, canteen, health, complete;
  for (const Family& family : families) {
    const bool meals = reached(family, {"canteen"}, 10) >= 1;
    const bool doctors = reached(family, {"clinic", "hospital"}, 15) >= 2;
    for (const char* group : {"everyone", "aged_75"}) {
      if (group == std::string("aged_75") && !family.aged) continue;
      persons[group] += family.persons;
      canteen[group] += meals ? family.persons : 0;
      health[group] += doctors ? family.persons : 0;
      complete[group] += meals && doctors ? family.persons : 0;
    }
  }
  const auto rows = world.rows();
  for (const char* group : {"everyone", "aged_75"}) {
    const std::string all = std::to_string(persons[group]);
    const auto told = [&](int64_t some) { return all + "/" + all + " " + std::to_string(some); };
    EXPECT_EQ(rows.at("canteen " + std::string(group)), told(canteen[group]));
    EXPECT_EQ(rows.at("health " + std::string(group)), told(health[group]));
    EXPECT_EQ(rows.at("complete " + std::string(group)), told(complete[group]));
    EXPECT_GT(canteen[group], 0);
    EXPECT_LT(canteen[group], persons[group]);
  }
}

TEST_F(ShanghaiCircles, ATrialIsWhatPlainWalksGiveAndNamesTheMap) {
  const places::Point from = facilities["canteen"][0];
  const places::Point to = families[7].point;
  const WhatIf made = MUST(world.circles.what_if(world.services(), "town.life", {},
                                                 MUST(region::Code::parse("620802")),
                                                 {{"canteen", to, from, {}}}, kNow));
  facilities["canteen"][0] = to;
  int64_t reach = 0;
  for (const Family& family : families) {
    reach += reached(family, {"canteen"}, 10) >= 1 ? family.persons : 0;
  }
  EXPECT_EQ(made.tried[0].needs.at("canteen"), reach);
  EXPECT_NE(made.tried[0].needs, made.rows[0].needs);
  const Way& way = made.bench->times().streets(0);
  EXPECT_NE(std::string(way.file->network().about).find("OpenStreetMap contributors"),
            std::string::npos);
}

}  // namespace linli::circles
