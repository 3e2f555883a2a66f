#include "domain/grids/api.h"

#include <gtest/gtest.h>

#include "domain/grids/facts.h"
#include "domain/grids/store.h"
#include "domain/grids/township.h"
#include "domain/registers/testing.h"

namespace linli::accounts {
std::vector<db::Migration> migrations();
}
namespace linli::cases {
std::vector<db::Migration> migrations();
}
namespace linli::grids {
std::vector<db::Migration> migrations();

namespace {

using registers::testing::kCity;
using registers::testing::kNow;
using registers::testing::World;

constexpr std::string_view kPack = R"yaml(
list: community_type
name: {zh: 社区类型, en: Community type}
choices:
  - {key: old_estate, name: {zh: 老旧小区, en: Old estate}}
---
list: grid_kind
name: {zh: 网格类型, en: Kinds of grid}
choices:
  - {key: grid, name: {zh: 网格, en: Grid}, attributes: {pattern: "第{n}网格"}}
---
register: housing_estate
name: {zh: 小区, en: Estate}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: villagers_group
name: {zh: 村民小组, en: Group}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
---
register: building
name: {zh: 楼栋, en: Building}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  estate: {type: reference, to: housing_estate, label: {zh: 小区, en: Estate}}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: dwelling
name: {zh: 住房, en: Dwelling}
title: address
fields:
  address: {type: text, label: {zh: 地址, en: Address}, required: true}
  building: {type: reference, to: building, label: {zh: 楼栋, en: Building}}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: household
name: {zh: 户, en: Household}
title: head_name
fields:
  head_name: {type: text, label: {zh: 户主, en: Head}, required: true}
  dwelling: {type: reference, to: dwelling, label: {zh: 住房, en: Dwelling}}
  estate: {type: reference, to: housing_estate, label: {zh: 小区, en: Estate}}
  villagers_group: {type: reference, to: villagers_group, label: {zh: 村民小组, en: Group}}
---
register: person
name: {zh: 居民, en: Resident}
title: name
fields:
  name: {type: text, label: {zh: 姓名, en: Name}, required: true}
  household: {type: reference, to: household, label: {zh: 所在户, en: Household}}
---
register: facility
name: {zh: 设施, en: Facility}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  point: {type: point, label: {zh: 位置, en: Position}}
)yaml";

std::string id_of(int group, int number) {
  char text[40];
  std::snprintf(text, sizeof text, "01890000-%04d-7000-8000-%012d", group, number);
  return text;
}

struct GridsTest : testing::TestWithParam<db::Engine> {
  World world{GetParam(),
              kPack,
              {{.name = "accounts", .migrations = accounts::migrations()},
               {.name = "cases", .migrations = cases::migrations()},
               {.name = "grids", .migrations = migrations()}}};
  Surveyor surveyor{std::make_shared<circles::Circles>()};
  host::Actor actor{.account_id = "account-1", .name = "李工"};

  host::Services& services() { return world.services(); }
  std::string add(std::string_view kind, int group, int number, const std::string& values,
                  Code place = kCity) {
    return MUST(world.add(place, values, id_of(group, number), kind)).id;
  }
  // So many buildings in a row, each with so many households of two persons.
  void build(int buildings, int households) {
    for (int b = 0; b < buildings; ++b) {
      const std::string building =
          add("building", 1, b,
              R"({"name": ")" + std::to_string(b) + R"(号楼", "point": {"lon": )" +
                  std::to_string(106.66 + b * 5e-4) + R"(, "lat": 35.54}})");
      for (int h = 0; h < households; ++h) {
        const int number = b * 100 + h;
        const std::string home =
            add("dwelling", 2, number, R"({"address": "x", "building": ")" + building + R"("})");
        const std::string household =
            add("household", 3, number, R"({"head_name": "王", "dwelling": ")" + home + R"("})");
        add("person", 4, number * 2, R"({"name": "王", "household": ")" + household + R"("})");
        add("person", 4, number * 2 + 1, R"({"name": "李", "household": ")" + household + R"("})");
      }
    }
  }
  Draft begin(const LocalRule& rule) {
    const Scene scene = MUST(surveyor.in_force(services(), kCity, rule));
    return MUST(
        world.write([&](db::Tx& tx) -> Result<Draft> { return keep(tx, actor, scene, {}, kNow); }));
  }
  Result<Draft> step(const Draft& draft, const Command& command) {
    const Scene scene = TRY(surveyor.scene(services(), draft.id));
    const Outcome outcome = TRY(decide(scene, command, {}));
    return world.write(
        [&](db::Tx& tx) { return save_step(tx, actor, scene, command, outcome, kNow); });
  }
  Result<Draft> put(const Draft& draft, bool accept = false) {
    return world.write([&](db::Tx& tx) {
      return apply(tx, services(), surveyor, actor, draft.id, {draft.version, "调整", accept},
                   kNow);
    });
  }
  Code place_of(std::string_view kind, int group, int number) {
    return MUST(world.read([&](db::Tx& tx) -> Result<Code> {
      return TRY(registers::load(tx, services(), world.kind(kind), id_of(group, number))).place;
    }));
  }
  std::vector<Grid> grids() {
    return MUST(surveyor.in_force(services(), kCity, {})).community.grids;
  }
};

const LocalRule kSmall{.least = 6, .most = 10};

TEST_P(GridsTest, EveryHouseholdIsCountedInOneHouse) {
  build(2, 3);
  const std::string estate =
      add("housing_estate", 5, 1, R"({"name": "东苑", "point": {"lon": 106.67, "lat": 35.55}})");
  const std::string group = add("villagers_group", 6, 1, R"({"name": "一组"})");
  const std::string home = add("dwelling", 2, 900, R"({"address": "河边1号"})");
  add("household", 3, 900, R"({"head_name": "a", "dwelling": ")" + home + R"("})");
  add("household", 3, 901, R"({"head_name": "b", "estate": ")" + estate + R"("})");
  add("household", 3, 902, R"({"head_name": "c", "villagers_group": ")" + group + R"("})");
  add("household", 3, 903, R"({"head_name": "d"})");
  const Community community = MUST(surveyor.in_force(services(), kCity, kSmall)).community;
  std::map<std::string, int64_t> households;
  for (const House& house : community.houses) {
    households[house.kind] += house.all.households;
    ASSERT_TRUE(house.point) << house.kind;
    EXPECT_EQ(house.estimate, house.kind != "building" && house.kind != "housing_estate")
        << house.kind;
  }
  EXPECT_EQ(households, (std::map<std::string, int64_t>{{"building", 6},
                                                        {"dwelling", 1},
                                                        {"housing_estate", 1},
                                                        {"not_placed", 1},
                                                        {"villagers_group", 1}}));
  EXPECT_EQ(community.houses[0].all.residents, 6);
}

TEST_P(GridsTest, ADraftIsKeptFieldByFieldAndStepsAreTakenBack) {
  build(4, 4);
  Draft draft = begin(kSmall);
  EXPECT_EQ(MUST(world.read([&](db::Tx& tx) { return find(tx, draft.id); })), draft);
  const Draft drawn = MUST(step(draft, {.what = Command::What::draw}));
  EXPECT_EQ(drawn.version, 2);
  const Draft named =
      MUST(step(drawn, {.what = Command::What::rename, .grid = kFirstNew, .name = "东网格"}));
  EXPECT_EQ(MUST(world.read([&](db::Tx& tx) { return find(tx, draft.id); })), named);
  const auto undone = [&](int64_t version) {
    return world.write([&](db::Tx& tx) { return undo(tx, draft.id, version, kNow); });
  };
  EXPECT_EQ(undone(1).error().code, "record.changed_meanwhile");
  EXPECT_TRUE(MUST(undone(named.version)).names.empty());
  EXPECT_EQ(MUST(undone(named.version + 1)).grid_of, draft.grid_of);
  EXPECT_EQ(undone(named.version + 2).error().code, "grids.nothing_to_undo");
}

TEST_P(GridsTest, OfTwoStepsOnOneVersionOneIsKept) {
  build(4, 4);
  const Draft draft = begin(kSmall);
  const Scene scene = MUST(surveyor.scene(services(), draft.id));
  const Command command{.what = Command::What::draw};
  const Outcome outcome = MUST(decide(scene, command, {}));
  const auto save = [&] {
    return world.write(
        [&](db::Tx& tx) { return save_step(tx, actor, scene, command, outcome, kNow); });
  };
  EXPECT_TRUE(save());
  EXPECT_EQ(save().error().code, "record.changed_meanwhile");
}

TEST_P(GridsTest, ApplyingGivesEveryRecordItsGrid) {
  build(4, 4);
  add("facility", 7, 1, R"({"name": "亭", "point": {"lon": 106.66, "lat": 35.54}})");
  Draft draft = MUST(step(begin(kSmall), {.what = Command::What::draw}));
  draft = MUST(put(draft));
  EXPECT_EQ(draft.state, DraftState::applied);
  ASSERT_EQ(grids().size(), 2U);
  EXPECT_EQ(grids()[0].name, "第1网格");
  const Code first = place_of("building", 1, 0);
  EXPECT_EQ(first.level(), region::Level::grid);
  EXPECT_NE(first, place_of("building", 1, 3));
  for (const int number : {0, 1, 2, 3}) {
    EXPECT_EQ(place_of("dwelling", 2, number), first);
    EXPECT_EQ(place_of("household", 3, number), first);
    EXPECT_EQ(place_of("person", 4, number * 2), first);
  }
  EXPECT_EQ(place_of("facility", 7, 1), kCity);  // it serves the whole community
  const Scene scene = MUST(surveyor.in_force(services(), kCity, kSmall));
  EXPECT_TRUE(faults_of(scene.ground.area, scene.ground.rule, scene.division).empty());
  EXPECT_EQ(change_of(scene.community, scene.division).moved, 0);
  const auto outline = MUST(world.read([&](db::Tx& tx) -> Result<places::Area> {
    return places::Atlas("nowhere").area_of(tx, first);
  }));
  EXPECT_TRUE(places::contains(outline, {106.66, 35.54}));
  EXPECT_FALSE(places::contains(outline, {106.6615, 35.54}));
}

TEST_P(GridsTest, AGridWithoutHousesEndsInItsSuccessorAndItsCodeStaysUsed) {
  build(4, 4);
  Draft draft = MUST(put(MUST(step(begin(kSmall), {.what = Command::What::draw}))));
  const Code gone = place_of("building", 1, 3);
  const Code stays = place_of("building", 1, 0);
  add("facility", 7, 1, R"({"name": "亭"})", gone);
  add("household", 3, 800, R"({"head_name": "d"})", gone);  // lies nowhere
  draft = begin({.least = 10, .most = 20});
  draft = MUST(step(draft, {.what = Command::What::join,
                            .to = number_in(kCity, stays),
                            .grid = number_in(kCity, gone)}));
  draft = MUST(put(draft));
  ASSERT_EQ(grids().size(), 1U);
  EXPECT_EQ(place_of("household", 3, 300), stays);
  EXPECT_EQ(place_of("household", 3, 800), stays);
  EXPECT_EQ(place_of("facility", 7, 1), stays);
  MUST(world.read([&](db::Tx& tx) -> Done {
    const places::Place ended = TRY(places::find(tx, gone));
    EXPECT_EQ(ended.status, places::Status::merged);
    const auto next = places::successors(tx, gone);
    EXPECT_EQ(next.size(), 1U);
    EXPECT_EQ(next.at(0).successor, stays);
    return {};
  }));
  draft = MUST(step(begin(kSmall), {.what = Command::What::part, .grid = number_in(kCity, stays)}));
  draft = MUST(put(draft, true));
  EXPECT_EQ(draft.codes.at(3), code_of(kCity, 3));  // 1 and 2 were given before
}

TEST_P(GridsTest, SizesBeyondTheRuleMustBeAccepted) {
  build(3, 4);
  const Draft draft = begin({.least = 300, .most = 500});
  EXPECT_EQ(put(draft).error().code, "grids.out_of_range");
  EXPECT_EQ(MUST(put(draft, true)).state, DraftState::applied);
  EXPECT_EQ(put(draft, true).error().code, "grids.draft_ended");
}

TEST_P(GridsTest, AGridInPiecesIsNotPutIntoForce) {
  build(3, 1);
  MUST(world.write([&](db::Tx& tx) -> Done {
    const places::By by{"account-1", "李工", kNow};
    const Code ends = TRY(places::add_grid(tx, services(), by, kCity, "两头")).code;
    const Code middle = TRY(places::add_grid(tx, services(), by, kCity, "中间")).code;
    for (const auto& [household, grid] : {std::pair{0, ends}, {100, middle}, {200, ends}}) {
      TRY(registers::relocate(tx, services(), world.source, world.kind("household"),
                              id_of(3, household), grid));
    }
    return {};
  }));
  EXPECT_EQ(put(begin({.least = 1, .most = 10})).error().code, "grids.not_proven");
}

TEST_P(GridsTest, ManyRecordsFollowInPartsAndAnotherDraftWaits) {
  build(6, 12);  // 294 records
  Draft draft = MUST(step(begin({.least = 20, .most = 40}), {.what = Command::What::draw}));
  const Draft other = begin({.least = 1, .most = 1000});
  draft = MUST(put(draft));
  EXPECT_EQ(draft.state, DraftState::applying);
  EXPECT_EQ(draft.total, 294);
  EXPECT_EQ(put(other).error().code, "grids.being_applied");
  carry_on(services(), surveyor, kNow);
  draft = MUST(world.read([&](db::Tx& tx) { return find(tx, draft.id); }));
  EXPECT_EQ(draft.state, DraftState::applied);
  EXPECT_EQ(draft.done, 294);
  const Scene scene = MUST(surveyor.in_force(services(), kCity, draft.rule));
  EXPECT_TRUE(faults_of(scene.ground.area, scene.ground.rule, scene.division).empty());
  EXPECT_EQ(change_of(scene.community, scene.division).first, 0);
  carry_on(services(), surveyor, kNow);  // nothing is left
}

TEST_P(GridsTest, ADraftWhoseGridEndsOnTheWayIsStoppedWithTheReason) {
  build(6, 12);
  Draft draft = MUST(step(begin({.least = 20, .most = 40}), {.what = Command::What::draw}));
  const Draft other = begin({.least = 1, .most = 1000});
  draft = MUST(put(draft));
  ASSERT_EQ(draft.state, DraftState::applying);
  MUST(world.write([&](db::Tx& tx) -> Result<places::Place> {
    return places::merge(tx, services(), {"account-1", "李工", kNow}, code_of(kCity, 1),
                         time::date_of(kNow), "撤并", {code_of(kCity, 2)});
  }));
  carry_on(services(), surveyor, kNow);
  draft = MUST(world.read([&](db::Tx& tx) { return find(tx, draft.id); }));
  EXPECT_EQ(draft.state, DraftState::stopped);
  EXPECT_EQ(draft.code, "place.not_active");
  // Nothing waits for it any more, and it can be given up.
  EXPECT_NE(MUST(put(other, true)).state, DraftState::draft);
  const Draft gone =
      MUST(world.write([&](db::Tx& tx) { return discard(tx, draft.id, draft.version, kNow); }));
  EXPECT_EQ(gone.state, DraftState::discarded);
}

TEST_P(GridsTest, ATownshipWhoseDrawingWasCutOffIsDrawnOnce) {
  build(4, 4);
  const host::Computation asked{
      .id = id_of(9, 1),
      .kind = std::string(kDrawing),
      .place = kCity.at(region::Level::township),
      .asked_by = "account-1",
      .asked_by_name = "李工",
      .question = json::Object{{"rule", json::Object{{"least", 6}, {"most", 10}}}}};
  const auto draw = [&] {
    host::Run run(asked, {});
    return MUST(draw_township(services(), surveyor, run));
  };
  const auto kept = [&] {
    return MUST(world.read([&](db::Tx& tx) -> Result<std::vector<Draft>> {
      return drafts(tx, {kCity}, true, {}, 100);
    }));
  };
  const json::Value answer = draw();  // killed before it is written down
  const std::vector<Draft> before = kept();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(json::write(draw()), json::write(answer));
  EXPECT_EQ(kept(), before);
  EXPECT_EQ(answer.find("items")->as_array().at(0).text("draft"), before[0].id);
}

TEST_P(GridsTest, NewHousesJoinANeighbourInADraft) {
  build(4, 4);
  const Draft draft = MUST(step(begin(kSmall), {.what = Command::What::draw}));
  const std::string home =
      add("dwelling", 2, 990, R"({"address": "新", "point": {"lon": 106.6601, "lat": 35.54}})");
  add("household", 3, 990, R"({"head_name": "新", "dwelling": ")" + home + R"("})");
  const Scene scene = MUST(surveyor.scene(services(), draft.id));
  const auto grid = grid_of(scene.community, scene.division);
  EXPECT_EQ(grid.at(home), grid.at(id_of(1, 0)));
}

TEST_P(GridsTest, OnlyCommunitiesAndGridsAreDivided) {
  const auto refusal = [&](Code place) {
    return surveyor.in_force(services(), place, {}).error().code;
  };
  EXPECT_EQ(refusal(Code(62080200100000000)), "place.no_grids_here");
  EXPECT_EQ(refusal(Code(kCity.padded() + 900)), "place.not_found");
}

INSTANTIATE_TEST_SUITE_P(, GridsTest, db::testing::engines(), db::testing::engine_name);

}  // namespace
}  // namespace linli::grids
