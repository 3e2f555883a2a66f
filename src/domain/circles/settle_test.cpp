// Reach follows the registers: exactly whom a change touches, and as if all were computed anew.
#include "domain/circles/settle.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "domain/circles/testing.h"

namespace linli::circles {
namespace {

using testing::at;
using testing::kCity;
using testing::kVillage;
using testing::World;
using Rows = std::map<std::string, std::string>;

class Settle : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<World>(GetParam());
  }
  std::unique_ptr<World> world;
};
INSTANTIATE_TEST_SUITE_P(, Settle, db::testing::engines(), db::testing::engine_name);

}  // namespace

TEST_P(Settle, CountsWhoReachesWhatInTheirOwnTime) {
  world->family(0, 3);
  world->family(0, 2, kCity, "1940-01-01");  // half as fast
  world->facility("canteen", 500);           // 8 min 20 s, 16 min 40 s
  world->facility("clinic", 100);
  world->settle_all();
  const auto of = [](const char* all) { return std::string(all) + " estimated " + all[0]; };
  EXPECT_EQ(world->rows(), (Rows{{"canteen everyone", of("5/5 3")},
                                 {"canteen aged_75", of("2/2 0")},
                                 {"health everyone", of("5/5 0")},  // one of the two it asks for
                                 {"health aged_75", of("2/2 0")},
                                 {"complete everyone", of("5/5 0")},
                                 {"complete aged_75", of("2/2 0")}}));
  world->facility("hospital", 840);  // 14 min, 28 min
  world->settle_all();
  EXPECT_EQ(world->rows().at("health everyone"), of("5/5 3"));
  EXPECT_EQ(world->rows().at("complete everyone"), of("5/5 3"));
}

TEST_P(Settle, PlacesWhoHasNoDoorByEstimate) {
  world->family(0, 1);
  world->put("dwelling", R"({"address": "门", "point": )" + at(5000) + "}");
  for (int i = 0; i < 3; ++i) world->put("person", R"({"name": "乙"})");
  world->facility("canteen", 100);
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen everyone"), "4/4 3 estimated 4");  // without a map, all are
}

TEST_P(Settle, SaysNothingOfWhoLivesNobodyKnowsWhere) {
  world->put("person", R"({"name": "甲"})");
  world->facility("canteen", 100);
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen everyone"), "1/0 0");
}

TEST_P(Settle, FollowsEveryKindOfChange) {
  auto people = world->family(0, 2);
  auto canteen = world->facility("canteen", 300);
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen everyone"), "2/2 2 estimated 2");
  const auto now = [&] {
    world->settle_all();
    return world->rows().at("canteen everyone");
  };
  canteen = world->set("facility", canteen, R"({"in_service": false})");
  EXPECT_EQ(now(), "2/2 0 estimated 2");
  canteen = world->set("facility", canteen, R"({"in_service": true, "kind": "clinic"})");
  EXPECT_EQ(now(), "2/2 0 estimated 2");
  canteen = world->set("facility", canteen, R"({"kind": "canteen", "point": )" + at(3000) + "}");
  EXPECT_EQ(now(), "2/2 0 estimated 2");
  canteen = world->set("facility", canteen, R"({"point": )" + at(-200) + "}");
  EXPECT_EQ(now(), "2/2 2 estimated 2");
  world->drop("person", people[0]);
  EXPECT_EQ(now(), "1/1 1 estimated 1");
  people[1] = world->set("person", people[1], R"({"birth_date": "1930-01-01"})");
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen aged_75"), "1/1 1 estimated 1");
  registers::LabelPeriod label;
  label.label = "disabled";
  label.from = 20250101;
  MUST(world->write([&](db::Tx& tx) {
    return registers::add_label(tx, world->services(), world->source, world->kind("person"),
                                people[1].id, label);
  }));
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen disabled"), "1/1 1 estimated 1");
  people[1] = world->set("person", people[1], "{}", kVillage);  // moves away
  world->settle_all();
  EXPECT_TRUE(world->rows().empty());
  world->drop("facility", canteen);
}

TEST_P(Settle, WhatAPassKeepsEndsWithAChangeOfAFacility) {
  world->family(0, 4);
  world->facility("canteen", 3000);  // too far
  const auto pass = [&] {
    return settle(world->circles, world->sweep, world->services(), testing::kNow);
  };
  while (world->rows().empty()) ASSERT_TRUE(pass());
  EXPECT_FALSE(world->sweep.facilities().empty());
  EXPECT_EQ(world->rows().at("canteen everyone"), "4/4 0 estimated 4");
  world->facility("canteen", 300);  // between two passes
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen everyone"), "4/4 4 estimated 4");
  EXPECT_TRUE(world->sweep.facilities().empty());  // nothing is left to do
}

TEST_P(Settle, WritesOnlyWhatDiffers) {
  auto people = world->family(0, 2);
  world->facility("canteen", 300);
  world->settle_all();
  EXPECT_EQ(world->settle_all(), 0);
  world->set("person", people[0], R"({"note": "早睡"})");  // says nothing of where they live
  world->facility("bench", 10);                            // nobody needs it
  EXPECT_EQ(world->settle_all(), 0);
  world->facility("canteen", 200'000);  // nobody lives near
  EXPECT_EQ(world->settle_all(), 1);    // looked for
}

TEST_P(Settle, ReachesOverTheBordersOfVillages) {
  world->family(0, 2, kVillage);
  world->facility("canteen", 900, kCity);  // 15 minutes; the village's limit is 20
  world->settle_all();
  EXPECT_EQ(world->rows(kVillage).at("canteen everyone"), "2/2 2 estimated 2");
  // The need has minutes of its own for urban places; the circle's hold for the others.
  EXPECT_EQ(world->rows(kVillage).at("health everyone"), "2/2 0 estimated 2");
}

TEST_P(Settle, SharesPlacesAmongThoseInReach) {
  world->family(0, 4, kCity, "1940-01-01");
  world->family(10, 4, kVillage, "1940-01-01");  // they may take longer, but draw on the same
  auto canteen = world->facility("canteen", 30);
  world->settle_all();
  const auto room = [&](region::Code village) {
    world->settle_all();
    const std::string row = world->rows(village).at("canteen aged_75");
    const size_t at = row.find("room ");
    return at == std::string::npos ? 0 : std::stoi(row.substr(at + 5));
  };
  EXPECT_EQ(room(kCity), 0);  // nobody knows how many places there are
  canteen = world->set("facility", canteen, R"({"capacity": 4})");
  EXPECT_EQ(room(kCity), 2);
  EXPECT_EQ(room(kVillage), 2);
  canteen = world->set("facility", canteen, R"({"capacity": 40})");
  EXPECT_EQ(room(kCity), 4);  // more places than people
  canteen = world->set("facility", canteen, R"({"capacity": 4})");
  world->family(20, 8, kVillage, "1940-01-01");  // the neighbours' family takes its share
  EXPECT_EQ(room(kCity), 1);
}

// The enhanced two-step floating catchment area by hand: 60 m a minute, thirds of the time count 1,
// 0.68 and 0.22.
TEST_P(Settle, RoomIsWhatTheTwoStepsGiveByHand) {
  struct At {
    double metres;
    int64_t persons;
    double limit_minutes;
    region::Code village;
  };
  std::mt19937 random(3);
  const auto any = [&](size_t below) { return static_cast<int>(random() % below); };
  std::vector<At> families;
  std::vector<std::pair<double, int>> canteens;
  const auto weight = [](double share) {
    return share > 1 ? 0 : share <= 1.0 / 3 ? 1 : share <= 2.0 / 3 ? 0.68 : 0.22;
  };
  const auto by_hand = [&](region::Code village) {
    double room = 0;
    for (const At& family : families) {
      if (family.village != village) continue;
      double access = 0;
      for (const auto& [canteen, capacity] : canteens) {
        double demand = 0;
        for (const At& other : families) {
          const double minutes = std::abs(other.metres - canteen) / 60;
          demand += static_cast<double>(other.persons) * weight(minutes / other.limit_minutes);
        }
        const double minutes = std::abs(family.metres - canteen) / 60;
        const double mine = weight(minutes / family.limit_minutes);
        if (mine > 0) access += mine * capacity / demand;
      }
      room += static_cast<double>(family.persons) * std::min(1.0, access);
    }
    return room;
  };
  int some = 0;
  for (int step = 0; step < 24; ++step) {
    // Metres that are no bound of a third, whatever the rounding.
    const double metres = 7 + 31 * any(80);
    if (step % 3 == 0) {
      const int capacity = 1 + any(12);
      canteens.emplace_back(metres, capacity);
      world->put("facility",
                 R"({"name": "食堂", "kind": "canteen", "in_service": true, "capacity": )" +
                     std::to_string(capacity) + R"(, "point": )" + at(metres) + "}",
                 any(2) == 0 ? kCity : kVillage);
    } else {
      const bool city = any(2) == 0;
      const int persons = 1 + any(6);
      families.push_back({metres, persons, city ? 10.0 : 20.0, city ? kCity : kVillage});
      world->family(metres, persons, families.back().village, "1940-01-01");
    }
    world->settle_all();
    for (const region::Code village : {kCity, kVillage}) {
      const auto rows = world->rows(village);
      const auto row = rows.find("canteen aged_75");
      if (row == rows.end()) continue;
      const size_t told = row->second.find("room ");
      const int64_t room = told == std::string::npos ? 0 : std::stoll(row->second.substr(told + 5));
      ASSERT_NEAR(static_cast<double>(room), by_hand(village), 0.5 + 1e-6)
          << "step " << step << " " << village.text();
      some += room > 0;
    }
  }
  EXPECT_GT(some, 20);
}

// Nobody's record changes, and yet somebody is 75 one day.
TEST_P(Settle, AVillageIsComputedAnewOnTheDayOnWhichSomebodyTurns) {
  world->family(0, 1, kCity, "1950-03-05");
  world->family(0, 2, kVillage, "1990-01-01");
  world->facility("canteen", 400);  // 6 min 40 s; those of 75 and over take twice as long
  world->settle_all();
  EXPECT_EQ(world->rows().at("canteen everyone"), "1/1 1 estimated 1");
  const auto on = [](int day) { return testing::kNow + day * time::kDay; };
  EXPECT_EQ(world->settle_all(on(3)), 0);  // a day like any other costs nothing
  EXPECT_GT(world->settle_all(on(4)), 0);
  EXPECT_EQ(world->rows().at("canteen everyone"), "1/1 0 estimated 1");
  EXPECT_EQ(world->rows().at("canteen aged_75"), "1/1 0 estimated 1");
  EXPECT_EQ(world->settle_all(on(5)), 0);
  EXPECT_GT(world->settle_all(on(5 + 366)), 0);  // nobody looks farther ahead than a year
}

TEST_P(Settle, WhatIsToComeIsKnownWhenARecordChanges) {
  auto people = world->family(0, 1, kCity, "1990-01-01");
  world->facility("canteen", 400);
  world->settle_all();
  const auto on = [](int day) { return testing::kNow + day * time::kDay; };
  registers::LabelPeriod label;
  label.label = "disabled";
  label.from = 20250311;
  MUST(world->write([&](db::Tx& tx) {
    return registers::add_label(tx, world->services(), world->source, world->kind("person"),
                                people[0].id, label);
  }));
  world->settle_all();
  EXPECT_FALSE(world->rows().contains("canteen disabled"));
  EXPECT_EQ(world->settle_all(on(9)), 0);
  EXPECT_GT(world->settle_all(on(10)), 0);
  EXPECT_EQ(world->rows().at("canteen disabled"), "1/1 1 estimated 1");
  // A birth date that is put right says another day.
  people = world->family(0, 1, kCity, "1950-06-01");
  world->settle_all(on(11));
  world->set("person", people[0], R"({"birth_date": "1950-03-20"})");
  world->settle_all(on(12));
  EXPECT_EQ(world->settle_all(on(18)), 0);
  EXPECT_GT(world->settle_all(on(19)), 0);
  EXPECT_EQ(world->rows().at("canteen aged_75"), "1/1 0 estimated 1");
}

TEST_P(Settle, AgreesWithComputingAllAnewAfterRandomChanges) {
  std::mt19937 random(11);
  const auto any = [&](size_t below) { return random() % below; };
  const auto metres = [&] { return static_cast<double>(any(3000)) - 1500; };
  std::vector<registers::Record> people;
  std::vector<registers::Record> sites;
  for (int step = 0; step < 120; ++step) {
    const region::Code place = any(2) == 0 ? kCity : kVillage;
    const size_t what = any(7);
    if (what == 0 || people.empty()) {
      for (auto& one : world->family(metres(), 1 + static_cast<int>(any(3)), place,
                                     any(3) == 0 ? "1940-01-01" : "1990-01-01")) {
        people.push_back(one);
      }
    } else if (what == 1 || sites.empty()) {
      const char* kinds[] = {"canteen", "clinic", "hospital", "bench"};
      sites.push_back(world->facility(kinds[any(4)], metres(), place));
    } else if (what == 2) {
      auto& site = sites[any(sites.size())];
      site =
          world->set("facility", site,
                     any(3) == 0 ? R"({"in_service": false})"
                                 : R"({"in_service": true, "capacity": )" + std::to_string(any(9)) +
                                       R"(, "point": )" + at(metres()) + "}");
    } else if (what == 3) {
      auto& one = people[any(people.size())];
      one = world->set("person", one, "{}", place);
    } else if (what == 4) {
      const size_t which = any(people.size());
      world->drop("person", people[which]);
      people.erase(people.begin() + static_cast<long>(which));
    } else if (what == 5) {
      const size_t which = any(sites.size());
      world->drop("facility", sites[which]);
      sites.erase(sites.begin() + static_cast<long>(which));
    } else {
      people.push_back(world->put("person", R"({"name": "丙"})", place));
    }
    if (any(3) != 0) continue;
    world->settle_all();
    const std::vector<Rows> kept{world->rows(kCity), world->rows(kVillage)};
    MUST(world->write([&](db::Tx& tx) -> Done {
      tx.run("UPDATE circle_village SET basis = ''");
      return {};
    }));
    world->settle_all();
    ASSERT_EQ(kept, (std::vector<Rows>{world->rows(kCity), world->rows(kVillage)})) << step;
  }
  EXPECT_FALSE(world->rows(kCity).empty());
}

}  // namespace linli::circles
