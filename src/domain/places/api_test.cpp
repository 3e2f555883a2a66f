#include "domain/places/api.h"

#include <cmath>

#include <gtest/gtest.h>

#include "domain/places/module.h"
#include "host/testing.h"

namespace linli::places {
namespace {

constexpr time::Instant kNow = 1'740'000'000'000'000;
const By kBy = {"account", "张主任", kNow};

Code at(std::string_view code) {
  return MUST(Code::parse(code));
}

std::vector<host::Change> g_changes;  // NOLINT: what the observer of the tests saw

host::Module observer() {
  return {.name = "watch",
          .observers = {{"watch", [](db::Tx&, host::Services&, const host::Change& change) {
                           g_changes.push_back(change);
                         }}}};
}

// The extract of Pingliang: 7 counties, 113 townships, 419 villages.
class Places : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    stage_.emplace(GetParam(), std::vector<host::Module>{manifest(), observer()});
    MUST(manifest().start(stage_->services, kNow));
    g_changes.clear();
  }

  ImportReport load(std::string_view region = "") {
    return MUST(import_divisions(stage_->services.database,
                                 LINLI_SOURCE_DIR "/tests/data/divisions", at(region), kNow,
                                 [](int64_t, int64_t) {}));
  }
  template <class Body>
  auto write(Body body) {
    return stage_->services.database.transact(body);
  }
  host::Services& services() { return stage_->services; }
  Place get(std::string_view code) {
    return MUST(write([&](db::Tx& tx) { return find(tx, at(code)); }));
  }
  std::vector<std::string> found(std::string_view text, std::string_view under = "") {
    const auto hits = MUST(write([&](db::Tx& tx) -> Result<std::vector<Hit>> {
      return search(tx, {.text = text, .under = at(under), .limit = 5});
    }));
    std::vector<std::string> codes;
    for (const Hit& hit : hits) codes.push_back(hit.code.text());
    return codes;
  }
  std::vector<std::string> names_of(const std::vector<Place>& places) {
    std::vector<std::string> names;
    for (const Place& place : places) names.push_back(place.name);
    return names;
  }

  std::optional<host::testing::Stage> stage_;
};

TEST_P(Places, AnImportPlacesEveryRowOnceAndCountsChildren) {
  const ImportReport first = load();
  EXPECT_EQ(first.added, 1 + 1 + 7 + 113 + 419);
  EXPECT_TRUE(first.not_placed.empty());
  EXPECT_EQ(get("6208").children_count, 7);
  EXPECT_EQ(get("").children_count, 1);
  const Place village = get("620802001001");
  EXPECT_EQ(village.name, "解放中路社区居委会");
  EXPECT_EQ(village.parent, at("620802001"));
  EXPECT_EQ(village.urban, true);
  EXPECT_TRUE(village.urban_guessed);

  const ImportReport second = load();
  EXPECT_EQ(second.added + second.renamed + second.vanished, 0);
  EXPECT_EQ(second.unchanged, first.added);
}

TEST_P(Places, AnImportOfARegionBringsItsAncestorsOnly) {
  const ImportReport report = load("620802001");
  EXPECT_EQ(report.rows, 4 + get("620802001").children_count);
  EXPECT_EQ(get("6208").children_count, 1);
  const Result<Place> other = write([&](db::Tx& tx) { return find(tx, at("620821")); });
  EXPECT_EQ(other.error().code, "place.not_found");
}

TEST_P(Places, AnImportGivesBackOfficialNamesAndReportsWhatVanished) {
  load();
  MUST(write([&](db::Tx& tx) -> Done {
    TRY(change(tx, services(), kBy, at("620802001001"), 1, {.name = "旧名"}));
    Place extra;
    extra.code = at("620802001999");
    extra.parent = at("620802001");
    extra.name = "撤销社区";
    add_places(tx, {extra});
    return {};
  }));
  const ImportReport report = load();
  EXPECT_EQ(report.renamed, 1);
  EXPECT_EQ(get("620802001001").name, "解放中路社区居委会");
  EXPECT_EQ(report.vanished, 1);
  EXPECT_EQ(report.vanished_examples, (std::vector<Reference>{{at("620802001999"), "撤销社区"}}));
}

TEST_P(Places, AFolderWithoutTheFilesIsRefused) {
  const auto report =
      import_divisions(services().database, LINLI_SOURCE_DIR "/tests", {}, kNow, nullptr);
  EXPECT_EQ(report.error().code, "import.no_file");
}

TEST_P(Places, SearchKnowsChinesePinyinAndInitials) {
  load();
  EXPECT_EQ(found("崆峒").front(), "620802");
  EXPECT_EQ(found("kongtong").front(), "620802");
  EXPECT_EQ(found("ktq").front(), "620802");
  EXPECT_EQ(found("平凉市").front(), "6208");
  EXPECT_EQ(found("平凉 解放中路").front(), "620802001001");
  EXPECT_TRUE(found("  ").empty());
  EXPECT_TRUE(found("%").empty());
}

TEST_P(Places, SearchStaysInItsTerritoryAndFindsPartsThere) {
  load();
  EXPECT_EQ(found("中路社区", "620802"), (std::vector<std::string>{"620802001001"}));
  EXPECT_TRUE(found("解放中路", "620821").empty());
  const auto hits = MUST(write([&](db::Tx& tx) -> Result<std::vector<Hit>> {
    return search(tx, {.text = "解放中路", .under = at("6208"), .level = Level::village});
  }));
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].path.substr(0, std::string("甘肃省 平凉市 崆峒区 ").size()),
            "甘肃省 平凉市 崆峒区 ");
}

TEST_P(Places, GridsGetCodesThatAreNeverGivenAgain) {
  load();
  const Code village = at("620802001001");
  const auto add = [&](Code parent) {
    return MUST(write([&](db::Tx& tx) { return add_grid(tx, services(), kBy, parent, "网格"); }));
  };
  EXPECT_EQ(add(village).code.text(), "620802001001001");
  const Place second = add(village);
  MUST(write([&](db::Tx& tx) {
    return close(tx, services(), kBy, second.code, 20250301, "并入相邻网格");
  }));
  EXPECT_EQ(add(village).code.text(), "620802001001003");
  EXPECT_EQ(add(at("620802001001001")).code.text(), "62080200100100101");
  EXPECT_EQ(get("620802001001").children_count, 2);
  EXPECT_EQ(names_of(MUST(write([&](db::Tx& tx) -> Result<std::vector<Place>> {
              return children(tx, village, village, 10);
            }))).size(),
            2U);
}

TEST_P(Places, AChangeIsSeenByObserversHistoryAndTheNextReader) {
  load();
  MUST(write([&](db::Tx& tx) {
    return change(tx, services(), kBy, at("620802001001"), 1,
                  {.urban = false, .community_types = std::vector<std::string>{"old", "mixed"}});
  }));
  ASSERT_EQ(g_changes.size(), 1U);
  EXPECT_EQ(g_changes[0].kind, "community");
  EXPECT_TRUE(g_changes[0].before && g_changes[0].after);
  const auto attributes = MUST(write(
      [&](db::Tx& tx) -> Result<Attributes> { return attributes_of(tx, at("620802001001001")); }));
  EXPECT_EQ(values_of(attributes),
            (std::vector<Value>{int64_t{0}, int64_t{1}, std::string("|old|mixed|")}));
  const auto stale = write([&](db::Tx& tx) {
    return change(tx, services(), kBy, at("620802001001"), 1, {.urban = true});
  });
  EXPECT_EQ(stale.error().code, "record.changed_meanwhile");
  const auto items = MUST(write([&](db::Tx& tx) -> Result<std::vector<HistoryItem>> {
    return history(tx, at("620802001001"));
  }));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].what, "changed");
  EXPECT_EQ(items[0].actor_name, "张主任");
}

TEST_P(Places, AMergeEndsThePlaceWithItsGridsAndKeepsTheLine) {
  load();
  const Code from = at("620802001001");
  const Code into = at("620802001002");
  const int64_t before = get("620802001").children_count;
  MUST(write([&](db::Tx& tx) -> Done {
    TRY(add_grid(tx, services(), kBy, from, "第一网格"));
    TRY(merge(tx, services(), kBy, from, 20250301, "撤并", {into}));
    return {};
  }));
  EXPECT_EQ(get("620802001001").status, Status::merged);
  EXPECT_EQ(get("620802001001001").status, Status::closed);
  EXPECT_EQ(get("620802001").children_count, before - 1);
  const auto territory = [&](time::Date on) {
    return MUST(
        write([&](db::Tx& tx) -> Result<std::vector<Code>> { return territory_of(tx, into, on); }));
  };
  EXPECT_EQ(territory(20250228), (std::vector<Code>{into}));
  EXPECT_EQ(territory(20250301), (std::vector<Code>{into, from}));
  EXPECT_FALSE(g_changes.back().after.has_value());
}

TEST_P(Places, TheMapHasRealCitiesAndDrawnCellsWithinThem) {
  load();
  Atlas atlas(LINLI_SOURCE_DIR "/packs/boundaries");
  MUST(write([&](db::Tx& tx) -> Done {
    const Area city = atlas.area_of(tx, at("6208"));
    EXPECT_FALSE(atlas.children(tx, at("62")).front().synthetic);
    const std::vector<Cell>& counties = atlas.children(tx, at("6208"));
    EXPECT_EQ(counties.size(), 7U);
    for (const Cell& county : counties) EXPECT_TRUE(county.synthetic && !county.area.empty());
    const Point home = atlas.point_of(tx, at("620802001001"));
    EXPECT_TRUE(contains(city, home));
    EXPECT_TRUE(contains(atlas.area_of(tx, at("620802001")), home));
    return {};
  }));
}

INSTANTIATE_TEST_SUITE_P(, Places, db::testing::engines(), db::testing::engine_name);

}  // namespace
}  // namespace linli::places
