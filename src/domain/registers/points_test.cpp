// Where records lie: counts by cell under random edits equal a counting anew, and nobody learns of
// records beyond his scope.
#include "domain/registers/points.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "domain/registers/features.h"
#include "domain/registers/store_point.h"
#include "domain/registers/testing.h"

namespace linli::registers {
namespace {

using testing::kCity;
using testing::kNow;
using testing::kVillage;
using testing::World;

const cell::Range kAll = cell::inside(0, 0, 0);
cell::Range all_at(int depth) {
  return cell::inside(0, 0, 0, depth);
}

host::Actor reader(region::Code place, std::string role = "worker") {
  host::Actor actor{.account_id = "account-1"};
  actor.grants.push_back({std::move(role), place, {"register.resident.read"}});
  return actor;
}

using Numbers = std::vector<std::pair<int64_t, int64_t>>;
Numbers numbers_of(const Crowding& crowding) {
  Numbers numbers;
  for (const Crowding::Cell& at : crowding.cells) numbers.emplace_back(at.cell, at.records);
  return numbers;
}

class Points : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<World>(GetParam());
  }
  PointScope scope(region::Code place) {
    return MUST(point_scope(reader(place), world->kind(), region::Code()));
  }
  Crowding crowds(region::Code place, int depth) {
    return MUST(world->read([&](db::Tx& tx) -> Result<Crowding> {
      return crowding(tx, scope(place), all_at(depth), depth);
    }));
  }
  std::vector<Pin> pinned(region::Code place, cell::Range range = kAll, int64_t limit = 100) {
    return MUST(world->read([&](db::Tx& tx) -> Result<std::vector<Pin>> {
      return pins(tx, scope(place), range, limit);
    }));
  }
  static std::string at(double lon, double lat) {
    return R"({"name": "甲", "seat": {"lon": )" + std::to_string(lon) + R"(, "lat": )" +
           std::to_string(lat) + "}}";
  }

  std::unique_ptr<World> world;
};
INSTANTIATE_TEST_SUITE_P(, Points, db::testing::engines(), db::testing::engine_name);

TEST_P(Points, ARecordIsFoundInItsCellWithItsName) {
  const Record record = MUST(world->add(kCity, at(106.66, 35.54)));
  MUST(world->add(kCity, R"({"name": "乙"})"));
  const std::vector<Pin> found = pinned(kCity);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, record.id);
  EXPECT_EQ(found[0].title, "甲");
  EXPECT_EQ(found[0].cell, cell::of({106.66, 35.54}));
  EXPECT_TRUE(pinned(kCity, {0, found[0].cell - 1}).empty());
  EXPECT_TRUE(pinned(kVillage).empty());
  EXPECT_EQ(crowds(kVillage, 14).records, 0);
}

TEST_P(Points, CountsUnderRandomEditsEqualACountingAnew) {
  std::mt19937 random(7);
  const auto any = [&](size_t below) { return random() % below; };
  std::vector<Record> records;
  int64_t edition = 0;
  for (int step = 0; step < 60; ++step) {
    const region::Code place = any(2) == 0 ? kCity : kVillage;
    const std::string values = any(4) == 0 ? R"({"name": "甲", "seat": null})"
                                           : at(106.6 + 0.001 * static_cast<double>(any(9)), 35.5);
    if (records.empty() || any(3) == 0) {
      records.push_back(MUST(world->add(place, values)));
    } else if (const size_t chosen = any(records.size()); any(4) == 0) {
      MUST(world->write([&](db::Tx& tx) {
        return remove(tx, world->services(), world->source, world->kind(), records[chosen].id,
                      records[chosen].version);
      }));
      records.erase(records.begin() + static_cast<int64_t>(chosen));
    } else {
      records[chosen] = MUST(world->edit(records[chosen], values, place));
    }
    const Crowding now = crowds(region::Code(), 14);
    EXPECT_GE(now.edition, edition);
    edition = now.edition;
  }
  for (const int depth : kCrowdDepths) {
    for (const region::Code place : {kCity, kVillage, region::Code()}) {
      const Crowding kept = crowds(place, depth);
      EXPECT_EQ(kept.records, static_cast<int64_t>(pinned(place).size()));
      MUST(world->write([&](db::Tx& tx) -> Done {
        store::locate(tx, world->kind());
        return {};
      }));
      EXPECT_EQ(numbers_of(kept), numbers_of(crowds(place, depth))) << depth;
    }
  }
}

TEST_P(Points, AChangeThatMovesNothingIsANewEdition) {
  const Record record = MUST(world->add(kCity, at(106.66, 35.54)));
  const int64_t before = crowds(kCity, 17).edition;
  MUST(world->edit(record, R"({"name": "乙"})"));
  EXPECT_GT(crowds(kCity, 17).edition, before);
  EXPECT_EQ(crowds(kCity, 17).records, 1);
}

TEST_P(Points, AFinerScopeThanVillagesCountsNobodyBeyondIt) {
  const region::Code grid = MUST(region::Code::parse(kCity.text() + "001"));
  MUST(world->write([&](db::Tx& tx) -> Done {
    places::Place place;
    place.code = grid;
    place.name = "第一网格";
    place.parent = kCity;
    places::add_places(tx, {place});
    return {};
  }));
  MUST(world->add(kCity, at(106.66, 35.54)));
  MUST(world->add(grid, at(106.661, 35.54)));
  EXPECT_EQ(pinned(grid).size(), 1U);
  EXPECT_EQ(crowds(grid, 14).records, 0);
  EXPECT_GT(crowds(grid, 14).edition, 0);
  EXPECT_EQ(pinned(kCity).size(), 2U);
}

TEST_P(Points, WhoMayNotReadARegisterSeesNoneOfItsPoints) {
  host::Actor other{.account_id = "account-2"};
  EXPECT_EQ(point_scope(other, world->kind(), region::Code()).error().code, "access.denied");
  EXPECT_EQ(point_scope({}, world->kind(), region::Code()).error().code, "access.sign_in");
  EXPECT_EQ(point_scope(reader(kCity), world->kind("home"), region::Code()).error().code,
            "register.without_point");
  EXPECT_EQ(point_scope(reader(kCity), world->kind(), kVillage).error().code, "access.denied");
}

constexpr std::string_view kBench = R"yaml(
---
register: bench
name: {zh: 长椅, en: Bench}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  spot: {type: point, label: {zh: 位置, en: Position}}
  in_service: {type: boolean, label: {zh: 正常运行, en: In service}}
)yaml";

TEST_P(Points, WhatIsOutOfServiceIsNotForEverybody) {
  world = std::make_unique<World>(GetParam(),
                                  std::string(registers::testing::kPack) + std::string(kBench));
  const pack::Register& kind = world->kind("bench");
  const auto put = [&](region::Code place, const char* state) {
    return MUST(world->add(
        place, R"({"name": "椅", "spot": {"lon": 106.66, "lat": 35.54})" + std::string(state) + "}",
        {}, "bench"));
  };
  Record open = put(kCity, R"(, "in_service": true)");
  put(kCity, R"(, "in_service": false)");
  put(kVillage, R"(, "in_service": false)");
  put(kVillage, "");  // nobody has said
  host::Actor keeper{.account_id = "account-1"};
  keeper.grants.push_back({"worker", kVillage, {"register.bench.read"}});
  struct Shown {
    int64_t pins, closed, counted, features;
    bool operator==(const Shown&) const = default;
  };
  const auto shown = [&](const host::Actor& actor) {
    return MUST(world->read([&](db::Tx& tx) -> Result<Shown> {
      const PointScope scope = everybody(actor, kind, region::Code());
      const std::vector<Pin> found = pins(tx, scope, kAll, 100);
      const auto closed =
          std::count_if(found.begin(), found.end(), [](const Pin& pin) { return pin.closed; });
      const Crowding crowding = registers::crowding(tx, scope, all_at(14), 14);
      const FeaturePage page = TRY(features(tx, world->services(), actor, scope, {}, 20250301));
      return Shown{std::ssize(found), closed, crowding.records, std::ssize(page.items)};
    }));
  };
  EXPECT_EQ(shown({}), (Shown{2, 0, 2, 2}));
  EXPECT_EQ(shown(keeper), (Shown{3, 1, 3, 3})) << "marked in the own territory";
  MUST(world->write([&](db::Tx& tx) {
    return change(tx, world->services(), world->source, kind, open.id,
                  {open.version, {}, MUST(json::parse(R"({"in_service": false})"))});
  }));
  EXPECT_EQ(shown({}), (Shown{1, 0, 1, 1}));
  MUST(world->read([&](db::Tx& tx) -> Done {
    const PointScope scope = everybody({}, kind, region::Code());
    EXPECT_EQ(feature(tx, world->services(), {}, scope, open.id, 20250301).error().code,
              "record.not_found");
    return {};
  }));
  MUST(world->write([&](db::Tx& tx) -> Done {
    store::locate(tx, kind);
    return {};
  }));
  EXPECT_EQ(shown({}), (Shown{1, 0, 1, 1})) << "counted anew it is the same";
}

TEST_P(Points, ATableMadeBeforeMapsGetsItsCells) {
  MUST(world->add(kCity, at(106.66, 35.54)));
  MUST(world->write([&](db::Tx& tx) -> Done {
    tx.script("UPDATE reg_resident SET seat_cell = NULL");
    tx.script("DELETE FROM register_crowd");
    store::locate(tx, world->kind());
    return {};
  }));
  EXPECT_EQ(pinned(kCity).size(), 1U);
  EXPECT_EQ(crowds(kCity, 20).records, 1);
}

}  // namespace
}  // namespace linli::registers
