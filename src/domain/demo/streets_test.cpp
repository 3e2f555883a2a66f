#include "domain/demo/streets.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/id.h"
#include "engine/geo/network_build.h"
#include "engine/geo/snap.h"

namespace linli::demo {
namespace {

struct Folder {
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path = [] {
    auto made = std::filesystem::temp_directory_path() / ("linli_streets_" + id::make(time::now()));
    std::filesystem::create_directories(made);
    return made;
  }();
};

// Villages in squares of about 2 km, two wide; those of the first row are urban.
struct Country {
  explicit Country(uint64_t seed, int villages = 6)
      : path(folder.path / geo::kNetworkFile),
        streets(MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo")).streets, path.string()) {
    for (int i = 0; i < villages; ++i) {
      const double west = 106.6 + 0.024 * (i % 2);
      const double south = 35.5 + 0.018 * (i / 2);  // NOLINT(bugprone-integer-division)
      const Ground ground{.village = region::Code(620'802'001'001'00000 + i * 100'000LL),
                          .urban = i < 2,
                          .persons = i < 2 ? 3500.0 : 1100.0,
                          .area = {{{west, south},
                                    {west + 0.024, south},
                                    {west + 0.024, south + 0.018},
                                    {west, south + 0.018}}},
                          .town = {106.624, 35.509}};
      Random random(seed, static_cast<uint64_t>(i));
      frontages.push_back(streets.of(random, ground, 4));
      for (int home = 0; home < 100; ++home) {
        homes.push_back(frontages.back().at((home + 0.5) / 100));
        streets.add_door(homes.back(), 1);
      }
    }
  }
  geo::NetworkFile map() {
    MUST(streets.write(1, 20260101));
    return MUST(geo::NetworkFile::open(path.string()));
  }

  Folder folder;
  std::filesystem::path path;
  Streets streets;
  std::vector<Frontage> frontages;
  std::vector<places::Point> homes;
};

TEST(Streets, OfAllVillagesHangTogether) {
  Country country(1);
  const geo::NetworkFile map = country.map();
  const geo::Islands parts = geo::islands(map.network(), geo::Mode::walk);
  EXPECT_EQ(parts.streets.size(), 1U);
}

TEST(Streets, HaveEveryHomeBesideThem) {
  Country country(1);
  const geo::NetworkFile map = country.map();
  const geo::Snapper snapper(map.network(), geo::Mode::walk);
  for (const places::Point& home : country.homes) {
    const geo::Anchor anchor = snapper.snap(location_of(home), 60).anchor;
    ASSERT_NE(anchor.street, geo::kNoStreet);
    EXPECT_LT(anchor.away_dm, 300U);
  }
  EXPECT_EQ(map.network().doors.size(), country.homes.size());
}

TEST(Streets, SayThatTheyAreNotReal) {
  Country country(1);
  const geo::NetworkFile map = country.map();
  const json::Value about = MUST(json::parse(map.network().about));
  EXPECT_TRUE(about.flag("synthetic"));
  EXPECT_FALSE(about.text("attribution").empty());
  EXPECT_EQ(about.text("date"), "2026-01-01");
}

TEST(Streets, AreTheSameForTheSameSeedAndOthersForAnother) {
  const auto nodes = [](uint64_t seed) {
    Country country(seed);
    const geo::NetworkFile map = country.map();
    return std::vector<geo::Location>(map.network().nodes.begin(), map.network().nodes.end());
  };
  EXPECT_EQ(nodes(1), nodes(1));
  EXPECT_NE(nodes(1), nodes(2));
}

TEST(Streets, OfTownsAreDenserThanThoseOfVillages) {
  Country country(1);
  // In a town 500 m around the middle hold every home; in the country hamlets lie farther out.
  const auto widest = [&](size_t village) {
    const places::Point middle = country.frontages[village].at(0.5);
    double metres = 0;
    for (size_t home = village * 100; home < village * 100 + 100; ++home) {
      metres =
          std::max(metres, geo::distance_m(location_of(middle), location_of(country.homes[home])));
    }
    return metres;
  };
  EXPECT_LT(widest(0), 1000);
  EXPECT_GT(widest(2), 700);
  EXPECT_LT(country.frontages[2].centre, 0.6);
  EXPECT_EQ(country.frontages[0].centre, 1);
}

TEST(Streets, OfCommunitiesOfOneTownAdjoin) {
  Country country(1);
  const geo::NetworkFile map = country.map();
  // The homes of two communities whose areas are 2 km wide.
  double nearest = 1e9;
  for (size_t a = 0; a < 100; ++a) {
    for (size_t b = 100; b < 200; ++b) {
      nearest = std::min(
          nearest, geo::distance_m(location_of(country.homes[a]), location_of(country.homes[b])));
    }
  }
  EXPECT_LT(nearest, 300);
}

TEST(Streets, OfAnImportedMapAreKeptAndHousesStandAtThem) {
  Country laid(1);
  geo::NetworkData data;
  // One street through the first village.
  Drawing drawing;
  drawing.add_street(drawing.add_node({106.605, 35.505}), drawing.add_node({106.615, 35.505}),
                     geo::StreetKind::residential, 30);
  data = drawing.take();
  data.about = R"({"source": "extract.osm.pbf"})";
  const geo::NetworkData built =
      MUST(geo::build_network(std::move(data), [](double) { return true; }));
  MUST(geo::write_network(built.view(), laid.path.string()));

  Streets streets(MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo")).streets, laid.path.string());
  Random random(1);
  const Frontage frontage =
      streets.of(random,
                 {.village = region::Code(620'802'001'001'00000),
                  .urban = true,
                  .persons = 3500,
                  .area = {{{106.6, 35.5}, {106.624, 35.5}, {106.624, 35.518}, {106.6, 35.518}}},
                  .town = {106.612, 35.509}},
                 1);
  EXPECT_NEAR(frontage.at(0.5).lat, 35.505, 1e-6);
  MUST(streets.write(1, 20260101));
  const geo::NetworkFile map = MUST(geo::NetworkFile::open(laid.path.string()));
  EXPECT_EQ(map.network().streets.size(), 1U);
  EXPECT_EQ(map.network().about, R"({"source": "extract.osm.pbf"})");
}

TEST(Roads, LeadToEveryVillageAndNotPastNeighbours) {
  // A row of villages a kilometre apart, and one far away.
  std::vector<Seat> seats;
  for (int i = 0; i < 30; ++i) {
    seats.push_back({region::Code(620'802'001'001'00000 + i * 100'000LL), {i * 1000.0, 0}});
  }
  seats.push_back({region::Code(620'802'002'001'00000), {500'000, 0}});
  const auto roads = roads_between(seats);
  EXPECT_EQ(roads.size(), 30U);
  for (size_t i = 0; i + 1 < 30; ++i) {
    EXPECT_NE(std::find(roads.begin(), roads.end(), std::pair{i, i + 1}), roads.end()) << i;
  }
}

}  // namespace
}  // namespace linli::demo
