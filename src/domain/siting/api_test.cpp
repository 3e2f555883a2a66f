// Answers over a town along a line without a map (domain/circles/testing.h): 60 m a minute, those
// of 75 and over half as fast; a canteen must be within 10 minutes in town, 20 in the village.
#include "domain/siting/api.h"

#include <gtest/gtest.h>

#include "domain/circles/testing.h"
#include "domain/siting/ground.h"
#include "domain/siting/inquiry.h"
#include "domain/siting/minutes.h"
#include "domain/siting/rules.h"
#include "domain/siting/wire.h"
#include "engine/geo/drawing.h"
#include "engine/geo/plain.h"
#include "engine/siting/solve.h"
#include "engine/siting/verify.h"

namespace linli::siting {
namespace {

using circles::testing::kCity;
using circles::testing::kVillage;
using circles::testing::World;

class SitingApi : public ::testing::Test {
 protected:
  SitingApi() : world(db::Engine::sqlite) {}

  Result<json::Value> ask(std::string_view more, std::string_view need = "canteen",
                          bool stopped = false) {
    host::Computation asked;
    asked.question = MUST(json::parse(R"({"place": "620802", "circle": "town.life", "need": ")" +
                                      std::string(need) + "\"" + std::string(more) + "}"));
    std::stop_source end;
    if (stopped) end.request_stop();
    host::Run run(asked, end.get_token());
    return find_sites(world.services(), world.circles, run);
  }
  std::string refused(std::string_view more) {
    const auto answer = ask(more);
    return answer ? "answered" : answer.error().code;
  }
  void canteen(double metres, int capacity) {
    world.put("facility",
              R"({"name": "设施", "kind": "canteen", "in_service": true, "capacity": )" +
                  std::to_string(capacity) + R"(, "point": )" + circles::testing::at(metres) + "}");
  }
  static double east(const json::Value& site) {
    return (site.find("point")->number("lon") - 106.66) * 111'195 * 0.81372;
  }
  static const json::Value& village(const json::Value& answer, region::Code code) {
    for (const json::Value& row : answer.find("villages")->as_array()) {
      if (row.text("place") == code.text()) return row;
    }
    throw std::logic_error("no such village");
  }

  // The circle's what-if of the answer's changes gives the same figures by another way.
  void expect_same_by_what_if(const json::Value& answer) {
    std::vector<circles::Trial> trials;
    for (const json::Value& trial : answer.find("trials")->as_array()) {
      const auto point = [&](std::string_view name) -> std::optional<places::Point> {
        const json::Value* at = trial.find(name);
        if (at == nullptr) return std::nullopt;
        return places::Point{at->number("lon"), at->number("lat")};
      };
      trials.push_back({trial.text("kind"), point("add"), point("close"), {}});
    }
    const circles::WhatIf tried =
        MUST(world.circles.what_if(world.services(), "town.life", {},
                                   MUST(region::Code::parse("620802")), trials, time::now()));
    ASSERT_FALSE(trials.empty());
    for (size_t i = 0; i < tried.rows.size(); ++i) {
      if (tried.rows[i].located == 0) continue;
      const json::Value& row = village(answer, tried.rows[i].village);
      EXPECT_EQ(row.integer("before"), tried.rows[i].needs.at("canteen")) << answer.text("goal");
      EXPECT_EQ(row.integer("after"), tried.tried[i].needs.at("canteen")) << answer.text("goal");
    }
  }

  World world;
};

}  // namespace

TEST_F(SitingApi, ReachesMostPersonsWithTheSitesThatItMayOpen) {
  world.family(0, 2);
  world.family(400, 3);
  world.family(5000, 4);
  world.family(9000, 1);
  const json::Value answer = MUST(ask(R"(, "goal": "most_people", "new_sites": 2)"));
  EXPECT_EQ(answer.integer("persons"), 10);
  EXPECT_EQ(answer.find("before")->integer("reached"), 0);
  EXPECT_EQ(answer.find("after")->integer("reached"), 9);
  EXPECT_EQ(answer.number("value"), 9);
  EXPECT_GE(answer.number("bound"), 9);
  EXPECT_FALSE(answer.flag("has_map"));
  EXPECT_TRUE(answer.flag("by_distance"));
  const auto& sites = answer.find("sites")->as_array();
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0].integer("newly_reached"), 5);
  EXPECT_EQ(sites[0].number("lost_without"), 5);
  EXPECT_EQ(sites[1].integer("persons"), 4);
  EXPECT_NEAR(east(sites[1]), 5000, 1);
  EXPECT_EQ(sites[1].text("place_name"), "村");
}

TEST_F(SitingApi, CountsWhatStandsAlready) {
  world.family(0, 5);
  world.family(5000, 4);
  world.facility("canteen", 100);
  const json::Value answer = MUST(ask(R"(, "goal": "most_people", "new_sites": 1)"));
  EXPECT_EQ(answer.find("before")->integer("reached"), 5);
  EXPECT_EQ(answer.find("after")->integer("reached"), 9);
  EXPECT_EQ(answer.find("kept")->as_array().size(), 1U);
  EXPECT_EQ(answer.find("sites")->as_array()[0].integer("newly_reached"), 4);
}

TEST_F(SitingApi, AFacilityThatMayMoveGivesWayToABetterPlace) {
  world.family(0, 1);
  world.family(5000, 4);
  world.family(5100, 4);
  world.facility("canteen", 100);
  const json::Value answer =
      MUST(ask(R"(, "goal": "least_walk", "new_sites": 1, "existing_may_move": true)"));
  // One new site, and one for the facility that moves: told apart.
  const json::Value& counts = *answer.find("counts");
  EXPECT_EQ(counts.integer("new"), 1);
  EXPECT_EQ(counts.integer("moved"), 1);
  EXPECT_EQ(counts.integer("closed"), 0);
  EXPECT_EQ(counts.integer("kept"), 0);
  const auto& sites = answer.find("sites")->as_array();
  ASSERT_EQ(sites.size(), 2U);
  for (const json::Value& site : sites) {
    const json::Value& from = *site.find("replaces");
    EXPECT_EQ(from.is_null(), east(site) > 2500);  // it moves to the nearer one
    if (!from.is_null()) {
      EXPECT_EQ(from.text("name"), "设施");
    }
  }
  EXPECT_EQ(answer.find("after")->integer("reached"), 9);
  EXPECT_EQ(answer.find("trials")->as_array().size(), 2U);
}

TEST_F(SitingApi, WhatMovesStaysWhatItIsAndWhatIsNotNeededCloses) {
  world.family(5000, 4);
  world.facility("hospital", 3900);
  world.facility("clinic", 5000);
  world.facility("hospital", 5100);
  const json::Value answer =
      MUST(ask(R"(, "goal": "fewest_sites", "share": 100, "existing_may_move": true)", "health"));
  EXPECT_EQ(answer.number("value"), 1);
  const json::Value& counts = *answer.find("counts");
  EXPECT_EQ(counts.integer("new"), 0);
  EXPECT_EQ(counts.integer("kept") + counts.integer("moved"), 1);
  EXPECT_EQ(counts.integer("closed"), 2);
  for (const json::Value& trial : answer.find("trials")->as_array()) {
    const json::Value& closes = *trial.find("close");
    const bool near = std::abs((closes.number("lon") - 106.66) * 111'195 * 0.81372 - 5000) < 1;
    EXPECT_EQ(trial.text("kind"), near ? "clinic" : "hospital");
  }
}

TEST_F(SitingApi, AFullPlaceLeavesTheRestForOthers) {
  world.family(0, 6);
  world.family(300, 2);
  canteen(0, 4);
  const json::Value answer =
      MUST(ask(R"(, "goal": "most_people", "new_sites": 1, "count_room": true)"));
  EXPECT_EQ(answer.find("before")->integer("reached"), 8);
  EXPECT_EQ(answer.find("room")->integer("before"), 4);
  EXPECT_EQ(answer.find("room")->integer("after"), 8);
  EXPECT_EQ(answer.integer("capacity_unknown"), 0);
  ASSERT_EQ(answer.find("sites")->as_array().size(), 1U);
  EXPECT_EQ(answer.find("sites")->as_array()[0].integer("newly_reached"), 4);
  EXPECT_EQ(village(answer, kCity).find("room")->integer("before"), 4);
  EXPECT_EQ(village(answer, kCity).find("room")->integer("after"), 8);
  // A new place of three: of four who found none, three do.
  const json::Value small = MUST(ask(R"(, "goal": "most_people", "new_sites": 1, "capacity": 3)"));
  EXPECT_EQ(small.find("room")->integer("after"), 7);
  EXPECT_EQ(small.find("sites")->as_array()[0].integer("persons"), 3);
  // Who does not ask for room is told of reach alone.
  const json::Value reach = MUST(ask(R"(, "goal": "most_people", "new_sites": 1)"));
  EXPECT_TRUE(reach.find("room")->is_null());
  EXPECT_TRUE(reach.find("sites")->as_array().empty());
}

TEST_F(SitingApi, RoomIsCountedForThoseForWhomThePlacesAre) {
  world.family(0, 6, kCity, "1940-01-01");
  canteen(0, 4);
  world.facility("canteen", 10);  // nobody knows how many it takes
  const std::string_view question = R"(, "goal": "most_people", "group": "aged_75")";
  const json::Value answer = MUST(ask(question));
  EXPECT_EQ(answer.find("room")->integer("before"), 6);
  EXPECT_EQ(answer.integer("capacity_unknown"), 1);
  const json::Value assumed = MUST(ask(std::string(question) + R"(, "existing_capacity": 1)"));
  EXPECT_EQ(assumed.find("room")->integer("before"), 5);
  EXPECT_EQ(assumed.integer("capacity_unknown"), 0);
}

TEST_F(SitingApi, NumbersThatNoPlanSetsAreToldAndMayBeAsked) {
  world.family(0, 6, kCity, "1940-01-01");
  const auto told = [&](std::string_view more) {
    std::map<std::string, std::string> found;
    const json::Value answer = MUST(ask(std::string(R"(, "goal": "least_walk")") += more));
    for (const json::Value& one : answer.find("assumptions")->as_array()) {
      found[one.text("list") + "/" + one.text("key")] =
          json::write(*one.find("value")) + (one.flag("asked") ? " asked" : "");
    }
    return found;
  };
  using Told = std::map<std::string, std::string>;
  EXPECT_EQ(told(R"(, "weighted": true)"), (Told{{"siting_setting/beyond", "3"},
                                                 {"siting_setting/most_candidates", "5000"},
                                                 {"siting_weight/aged_75", "2"}}));
  EXPECT_EQ(told(R"(, "weights": [{"group": "disabled", "weight": 4}], "beyond": 2,
                     "most_candidates": 50)"),
            (Told{{"siting_setting/beyond", "2 asked"},
                  {"siting_setting/most_candidates", "50 asked"},
                  {"siting_weight/disabled", "4 asked"}}));
}

TEST_F(SitingApi, FindsTheFewestSitesForAShare) {
  world.family(0, 5);
  world.family(5000, 4);
  world.family(9000, 1);
  EXPECT_EQ(MUST(ask(R"(, "goal": "fewest_sites", "share": 90)")).number("value"), 2);
  const json::Value all = MUST(ask(R"(, "goal": "fewest_sites", "share": 100)"));
  EXPECT_EQ(all.number("value"), 3);
  EXPECT_EQ(all.number("bound"), 3);
}

TEST_F(SitingApi, ThoseWhoMoveLittleWalkAtTheirOwnPaceAndMayCountForMore) {
  world.family(0, 1, kCity, "1940-01-01");
  world.family(450, 1);
  world.family(900, 1, kCity, "1940-01-01");
  // From 450 m the elderly at either end have 15 minutes: one site reaches one of them and the
  // neighbour.
  const json::Value answer = MUST(ask(R"(, "goal": "most_people", "new_sites": 1)"));
  EXPECT_EQ(answer.find("after")->integer("reached"), 2);
  const json::Value old =
      MUST(ask(R"(, "goal": "most_people", "new_sites": 1, "group": "aged_75")"));
  EXPECT_EQ(old.integer("persons"), 2);
  EXPECT_EQ(old.find("after")->integer("reached"), 1);
}

TEST_F(SitingApi, RoomIsCounted) {
  world.family(0, 6);
  world.family(5000, 4);
  const json::Value answer = MUST(ask(R"(, "goal": "most_people", "new_sites": 2, "capacity": 5)"));
  EXPECT_EQ(answer.find("room")->integer("before"), 0);
  EXPECT_EQ(answer.find("room")->integer("after"), 9);
  EXPECT_EQ(answer.find("after")->integer("reached"), 10);
}

TEST_F(SitingApi, TheBudgetIsKept) {
  world.family(0, 6);
  world.family(5000, 4);
  const json::Value answer =
      MUST(ask(R"(, "goal": "most_people", "new_sites": 2, "cost": 10, "budget": 15)"));
  EXPECT_EQ(answer.find("sites")->as_array().size(), 1U);
}

TEST_F(SitingApi, TownAndVillageHaveTheirOwnMinutes) {
  world.family(0, 2);
  world.family(700, 2);  // 12 minutes
  world.family(20'000, 2, kVillage);
  world.family(20'700, 2, kVillage);
  const json::Value answer = MUST(ask(R"(, "goal": "fewest_sites", "share": 100)"));
  EXPECT_EQ(answer.number("value"), 3);
  EXPECT_EQ(village(answer, kVillage).integer("minutes"), 20);
  EXPECT_EQ(village(answer, kVillage).integer("after"), 4);
  EXPECT_EQ(
      MUST(ask(R"(, "goal": "fewest_sites", "share": 100, "minutes_urban": 15)")).number("value"),
      2);
}

// What another computation of the same circle says of the same changes.
TEST_F(SitingApi, TheWhatIfOfItsSitesGivesTheSameFigures) {
  for (int i = 0; i < 30; ++i) {
    world.family(i * i * 37, 1 + i % 4, kCity, i % 3 == 0 ? "1940-01-01" : "1990-01-01");
  }
  world.family(60'000, 3, kVillage);
  world.facility("canteen", 1000);
  world.facility("canteen", 9000);
  for (const char* goal : {"most_people", "least_walk"}) {
    const json::Value answer = MUST(ask(
        R"(, "new_sites": 4, "existing_may_move": true, "goal": ")" + std::string(goal) + "\""));
    expect_same_by_what_if(answer);
  }
}

// The engine's verifier, over the question that the registers made.
TEST_F(SitingApi, AnIndependentCheckFindsNoMistake) {
  for (int i = 0; i < 40; ++i) world.family((i * 7919) % 20'000, 1 + i % 5);
  world.facility("canteen", 1000);
  for (const char* more :
       {R"("goal": "most_people", "new_sites": 3)", R"("goal": "least_walk", "new_sites": 3)",
        R"("goal": "fewest_sites", "share": 80)",
        R"("goal": "most_people", "new_sites": 3, "capacity": 10, "cost": 2, "budget": 5)",
        R"("goal": "least_walk", "new_sites": 3, "count_room": true, "existing_capacity": 3)",
        R"("goal": "most_people", "new_sites": 3, "weighted": true, "group": "aged_75")"}) {
    const json::Value wire =
        MUST(json::parse(R"({"place": "620802", "circle": "town.life", "need": "canteen", )" +
                         std::string(more) + "}"));
    const Inquiry inquiry = MUST(read_inquiry(*world.services().content, wire));
    auto ground = ground_of(world.services(), world.circles, inquiry, time::now());
    if (!ground) {
      EXPECT_EQ(ground.error().code, "siting.nobody");
      continue;
    }
    Reach reach = reach_of(*ground, slack_of(inquiry), {}, [](double) {});
    const Question question = question_of(inquiry, *ground, std::move(reach));
    const Answer answer = MUST(solve(question, {}));
    EXPECT_EQ(mistakes_of(question, answer), std::vector<std::string>()) << more;
  }
}

// Over streets as they are: Porto. Minutes to the sites against plain Dijkstra from each home; the
// answer against the engine's verifier and against the circle's what-if.
TEST_F(SitingApi, OverARealCityTheAnswerHoldsToWhatOthersCompute) {
  const std::string map = LINLI_SOURCE_DIR "/tests/data/osm/porto.osm.pbf";
  const geo::NetworkData data =
      MUST(geo::import_osm(MUST(geo::read_osm(map, {}, {})), "porto", {})).network;
  MUST(geo::write_network(data.view(), (world.stage.folder / geo::kNetworkFile).string()));
  geo::testing::Numbers numbers(4);
  const auto door = [&] {
    const auto at =
        circles::off_map(data.doors[numbers.below(static_cast<uint32_t>(data.doors.size()))].at);
    return R"({"lon": )" + std::to_string(at.lon) + R"(, "lat": )" + std::to_string(at.lat) + "}";
  };
  for (int i = 0; i < 120; ++i) {
    const auto home = world.put("dwelling", R"({"address": "门", "point": )" + door() + "}");
    const auto household =
        world.put("household", R"({"head_name": "甲", "dwelling": ")" + home.id + "\"}");
    for (uint32_t n = 0; n <= numbers.below(4); ++n) {
      world.put("person", R"({"name": "甲", "birth_date": ")" +
                              std::string(i % 3 == 0 ? "1940-01-01" : "1990-01-01") +
                              R"(", "household": ")" + household.id + "\"}");
    }
  }
  for (int i = 0; i < 3; ++i) {
    world.put("facility", R"({"name": "设施", "kind": "canteen", "in_service": true, "capacity": 20,
        "point": )" + door() + "}");
  }
  for (const char* more : {R"("goal": "most_people", "new_sites": 3)",
                           R"("goal": "least_walk", "new_sites": 2, "candidates": "corners")",
                           R"("goal": "most_people", "new_sites": 2, "capacity": 15)"}) {
    const json::Value wire =
        MUST(json::parse(R"({"place": "620802", "circle": "town.life", "need": "canteen", )" +
                         std::string(more) + "}"));
    const Inquiry inquiry = MUST(read_inquiry(*world.services().content, wire));
    Ground ground = MUST(ground_of(world.services(), world.circles, inquiry, time::now()));
    Reach reach = reach_of(ground, slack_of(inquiry), {}, [](double) {});
    EXPECT_FALSE(ground.by_distance);
    const Question question = question_of(inquiry, ground, std::move(reach));
    const Answer answer = MUST(solve(question, {.effort = 0.2}));
    EXPECT_EQ(mistakes_of(question, answer), std::vector<std::string>()) << more;

    std::vector<std::map<uint32_t, float>> minutes(ground.spots.size());
    for (const Choice& choice : answer.choices) {
      for (const Reached& at : question.reach.of(choice.site)) {
        minutes[choice.site][at.client] = at.minutes;
      }
    }
    size_t in_reach = 0;
    for (uint32_t i = 0; i < ground.origins.size(); ++i) {
      const circles::Way& way = *ground.ways[ground.origins[i].way];
      const geo::testing::Plain plain(*way.travel, way.snap(ground.origins[i].point).anchor, true);
      for (const Choice& choice : answer.choices) {
        const geo::Time time = plain.of(way.snap(ground.spots[choice.site].point).anchor);
        const float walk = static_cast<float>(time) / (60 * geo::kUnitsPerSecond);
        const bool within = walk <= ground.origins[i].limit_minutes * slack_of(inquiry);
        ASSERT_EQ(within, minutes[choice.site].contains(i)) << more;
        if (within) {
          ASSERT_FLOAT_EQ(minutes[choice.site][i], walk);
        }
        in_reach += within;
      }
    }
    EXPECT_GT(in_reach, 20U);
    const json::Value told = MUST(ask(", " + std::string(more)));
    EXPECT_TRUE(told.flag("has_map"));
    EXPECT_NE(told.text("attribution").find("OpenStreetMap contributors"), std::string::npos);
    expect_same_by_what_if(told);
  }
}

TEST_F(SitingApi, StoppedItStillAnswers) {
  world.family(0, 5);
  const auto answer = ask(R"(, "goal": "most_people", "new_sites": 1)", "canteen", true);
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->flag("stopped"));
}

TEST_F(SitingApi, TheSitesAreALayerAndASpreadsheet) {
  world.family(0, 5);
  const json::Value answer = MUST(ask(R"(, "goal": "most_people", "new_sites": 1)"));
  const json::Value layer = geojson_of(answer);
  ASSERT_EQ(layer.find("features")->as_array().size(), 1U);
  EXPECT_EQ(layer.find("features")->as_array()[0].find("properties")->integer("persons"), 5);
  const std::string sheet = csv_of(answer);
  EXPECT_TRUE(sheet.starts_with("name,source,place,")) << sheet;
  EXPECT_NE(sheet.find(",home,620802001001,村,106.66,35.54,5,5,0,5,"), std::string::npos) << sheet;
}

TEST_F(SitingApi, RefusesWhenNobodyIsAskedFor) {
  EXPECT_EQ(refused(R"(, "goal": "most_people")"), "siting.nobody");
}

TEST_F(SitingApi, RefusesWhatCannotBeAsked) {
  world.family(0, 5);
  EXPECT_EQ(refused(R"(, "goal": "most_people", "kind": "bench")"), "siting.unknown_kind");
  EXPECT_EQ(refused(R"(, "goal": "most_people", "group": "dragons")"), "circle.group_unknown");
  EXPECT_EQ(refused(R"(, "goal": "most_people", "candidates": "premises")"), "siting.no_sites");
  EXPECT_EQ(refused(R"(, "goal": "most_people", "weighted": true, "capacity": 5)"),
            "siting.weights_with_room");
  EXPECT_EQ(refused(R"(, "goal": "most_people", "weights": [{"group": "elves", "weight": 2}])"),
            "circle.group_unknown");
  EXPECT_EQ(refused(R"(, "goal": "fewest_sites", "share": 100, "capacity": 2)"),
            "siting.share_out_of_reach");
}

TEST_F(SitingApi, ManyCandidatesAreThinnedEvenly) {
  std::vector<Spot> spots;
  for (int i = 0; i < 1000; ++i) {
    spots.push_back({.source = "home", .point = {106.66 + i * 1e-4, 35.54 + (i % 7) * 1e-3}});
  }
  const std::vector<Spot> fewer = thinned(spots, 100);
  EXPECT_LE(fewer.size(), 100U);
  EXPECT_GE(fewer.size(), 40U);
  EXPECT_EQ(thinned(spots, 1000).size(), 1000U);
}

}  // namespace linli::siting
