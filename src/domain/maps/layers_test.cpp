// Layers: no data is not zero, nobody sees a figure beyond his territory, and a tile is
// another as soon as a figure is.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "domain/circles/testing.h"
#include "domain/maps/api.h"
#include "domain/maps/figures.h"

namespace linli::maps {
namespace {

using circles::testing::kCity;
using circles::testing::kNow;
using circles::testing::kVillage;
using region::Code;
using region::Level;

constexpr const char* kCanteen = "circle.town.life.canteen.everyone";

host::Actor planner(Code place) {
  host::Actor actor{.account_id = "account-1"};
  actor.grants.push_back({"planner", place, {"figure.read"}});
  return actor;
}

class MapLayers : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<circles::testing::World>(GetParam());
    world->services().settings.region = "620802";
    MUST(world->write([&](db::Tx& tx) -> Done {
      for (const char* text : {"62", "6208", "620802", "620802001", "620802100"}) {
        const Code code = MUST(Code::parse(text));
        places::add_places(tx, {{.code = code, .name = text, .parent = code.parent()}});
      }
      return {};
    }));
    maps = std::make_unique<Maps>(
        std::shared_ptr<circles::Circles>(&world->circles, [](circles::Circles*) {}));
  }
  Figure named(std::string_view id) { return MUST(maps->figures().named(world->services(), id)); }
  std::vector<PlaceFigure> seen(const host::Actor& actor, const std::vector<Code>& places) {
    return MUST(world->read([&](db::Tx& tx) -> Result<std::vector<PlaceFigure>> {
      return named(kCanteen).seen(tx, world->services(), actor, places, kNow);
    }));
  }
  // The tile of a zoom in the middle of the village; without outlines a county is all of China.
  tiles::Tile middle(int zoom) {
    const tiles::Box box = MUST(world->read([&](db::Tx& tx) -> Result<tiles::Box> {
      return maps->outlines().bounds(tx, world->services(), kCity);
    }));
    const tiles::Span span = tiles::span_of(box, zoom);
    return {zoom, (span.first_x + span.last_x) / 2, (span.first_y + span.last_y) / 2};
  }
  Made tile(const host::Actor& actor, int zoom) {
    return MUST(maps->tile(world->services(), actor, kCanteen, middle(zoom), kNow));
  }

  std::unique_ptr<circles::testing::World> world;
  std::unique_ptr<Maps> maps;
};
INSTANTIATE_TEST_SUITE_P(, MapLayers, db::testing::engines(), db::testing::engine_name);

TEST_P(MapLayers, EveryNeedAndGroupOfACircleIsALayer) {
  std::vector<std::string> ids;
  for (const Figure& figure : maps->figures().all(world->services())) ids.push_back(figure.id);
  EXPECT_EQ(ids.size(), 9U);  // complete, canteen and health, of three groups
  EXPECT_EQ(ids.front(), "circle.town.life.complete.everyone");
  EXPECT_NE(std::find(ids.begin(), ids.end(), kCanteen), ids.end());
  EXPECT_EQ(named(kCanteen).name.zh, "食堂 · 全部");
  EXPECT_EQ(maps->figures().named(world->services(), "circle.town.life").error().code,
            "layer.not_found");
}

TEST_P(MapLayers, APlanOfElsewhereHasNoLayers) {
  world->services().settings.region = "640100";
  EXPECT_TRUE(maps->figures().all(world->services()).empty());
}

TEST_P(MapLayers, NoDataIsNotZero) {
  world->family(0, 3);
  world->settle_all();
  const auto figures = seen(planner(Code()), {kCity, kVillage, kCity.at(Level::county)});
  ASSERT_EQ(figures.size(), 3U);
  EXPECT_EQ(figures[0].value, 0);
  EXPECT_EQ(figures[0].numerator, 0);
  EXPECT_EQ(figures[0].denominator, 3);
  EXPECT_EQ(figures[0].period, "2025-03-01");
  EXPECT_EQ(figures[1].value, std::nullopt);
  EXPECT_EQ(figures[1].denominator, 0);
  EXPECT_EQ(figures[2].value, 0);
}

TEST_P(MapLayers, NobodySeesFiguresBeyondHisTerritoryOrThePlans) {
  const std::vector<Code> places = {MUST(Code::parse("62")), MUST(Code::parse("6208")),
                                    kCity.at(Level::county), kCity, kVillage};
  EXPECT_EQ(seen(planner(Code()), places).size(), 3U) << "circles are told of counties and below";
  const auto own = seen(planner(kVillage), places);
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].place, kVillage);
  EXPECT_TRUE(seen({}, places).empty());
  EXPECT_EQ(may_read_figures({}).error().code, "access.sign_in");
  EXPECT_EQ(may_read_figures({.account_id = "account-2"}).error().code, "access.denied");
  EXPECT_EQ(maps->tile(world->services(), {}, kCanteen, {0, 0, 0}, kNow).error().code,
            "access.sign_in");
}

TEST_P(MapLayers, ATileIsAnotherAsSoonAsAFigureIs) {
  world->family(0, 3);
  world->settle_all();
  const host::Actor actor = planner(Code());
  const Made before = tile(actor, 11);
  EXPECT_NE(before.bytes->find("denominator"), std::string::npos);
  EXPECT_EQ(tile(actor, 11).bytes, before.bytes) << "kept";
  world->facility("canteen", 50);
  EXPECT_EQ(tile(actor, 11).tag, before.tag);
  world->settle_all();
  const Made after = tile(actor, 11);
  EXPECT_NE(after.tag, before.tag);
  EXPECT_NE(*after.bytes, *before.bytes);
}

TEST_P(MapLayers, ATileShowsTheLevelOfItsZoom) {
  world->family(0, 3);
  world->settle_all();
  const host::Actor actor = planner(Code());
  EXPECT_TRUE(tile(actor, 5).bytes->empty()) << "no cities";
  EXPECT_NE(tile(actor, 9).bytes->find("620802001"), std::string::npos);
  EXPECT_EQ(tile(actor, 9).bytes->find("620802001001"), std::string::npos);
  EXPECT_NE(tile(actor, 11).bytes->find("620802001001"), std::string::npos);
  EXPECT_TRUE(tile(planner(kVillage), 11).bytes->empty()) << "another village lies there";
}

TEST_P(MapLayers, OutlinesFollowTheTreeAtOnce) {
  const tiles::Tile spot = middle(11);
  const auto drawn = [&] { return MUST(maps->tile(world->services(), {}, "places", spot, kNow)); };
  const Made before = drawn();
  EXPECT_NE(before.bytes->find("村"), std::string::npos);
  EXPECT_EQ(drawn().bytes, before.bytes) << "kept";
  const places::By by{"account-1", "李工", kNow};
  MUST(world->write([&](db::Tx& tx) {
    return places::change(tx, world->services(), by, kCity, 1, {.name = "新居"});
  }));
  const Made renamed = drawn();
  EXPECT_NE(renamed.tag, before.tag);
  EXPECT_NE(renamed.bytes->find("新居"), std::string::npos);
  MUST(world->write(
      [&](db::Tx& tx) { return places::add_grid(tx, world->services(), by, kCity, "第一网格"); }));
  EXPECT_EQ(drawn().tag, renamed.tag) << "grids are not drawn";
  MUST(world->write([&](db::Tx& tx) {
    return places::close(tx, world->services(), by, kCity, 20250301, "撤销");
  }));
  EXPECT_EQ(drawn().bytes->find("新居"), std::string::npos);
}

TEST_P(MapLayers, APackageIsMadeAnewWhenSomethingInItHasChanged) {
  // Of a grid, which is small.
  const Code grid = MUST(world->write([&](db::Tx& tx) -> Result<Code> {
    const places::By by{"account-1", "李工", kNow};
    const places::Place made = TRY(places::add_grid(tx, world->services(), by, kCity, "一"));
    places::set_outline(tx, made.code,
                        {{{106.65, 35.53}, {106.67, 35.53}, {106.67, 35.55}, {106.65, 35.55}}});
    return made.code;
  }));
  const auto package = [&](time::Instant now) {
    const std::string file = MUST(package_file(world->services(), *maps, grid, now));
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto first = package(kNow);
  EXPECT_EQ(first.substr(0, 7), "PMTiles");
  EXPECT_EQ(first.find("设施"), std::string::npos);
  world->facility("canteen", 50);
  EXPECT_EQ(package(kNow + time::kMinute), first) << "not more than once an hour";
  const auto second = package(kNow + 2 * time::kHour);
  EXPECT_NE(second.find("设施"), std::string::npos);
  const auto written = [&] {
    return std::filesystem::last_write_time(world->stage.folder / "map-packages" /
                                            (grid.text() + ".pmtiles"));
  };
  const auto before = written();
  package(kNow + time::kDay);
  EXPECT_EQ(written(), before) << "nothing has changed";
}

}  // namespace
}  // namespace linli::maps
