// From OpenStreetMap to travel times: drawn towns, real extracts, the file.
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/geo/drawing.h"
#include "engine/geo/network_file.h"
#include "engine/geo/osm_squares.h"

namespace linli::geo {

namespace {

using testing::Drawing;
const std::string kMaps = LINLI_SOURCE_DIR "/tests/data/osm";
const Drawing::Tags kRoad{{"highway", "residential"}};

// Seconds at 1 m/s between two letters.
double seconds(const Drawing& town, Mode mode, char from, char to) {
  const Imported made = town.import();
  const Travel travel(made.network.view(), testing::test_profile(mode));
  return testing::seconds_between(travel, town.at(from), town.at(to));
}

std::string temporary(const std::string& name) {
  return (std::filesystem::temp_directory_path() / (name + std::to_string(getpid()))).string();
}

}  // namespace

TEST(Network, StairsAreForFeetAlone) {
  Drawing town(
      "A---B---C\n"
      "    |   |\n"
      "    D---E\n",
      25);
  town.way("AB", kRoad).way("BC", {{"highway", "steps"}}).way("BDEC", kRoad);
  EXPECT_NEAR(seconds(town, Mode::walk, 'A', 'C'), 200, 2);
  EXPECT_NEAR(seconds(town, Mode::wheelchair, 'A', 'C'), 300, 2);
  EXPECT_NEAR(seconds(town, Mode::drive, 'A', 'C'), 300, 2);
}

TEST(Network, RampsLetWheelchairsTakeSteps) {
  Drawing town("A---B---C", 25);
  town.way("AB", kRoad).way("BC", {{"highway", "steps"}, {"ramp:wheelchair", "yes"}});
  EXPECT_NEAR(seconds(town, Mode::wheelchair, 'A', 'C'), 200, 2);
}

TEST(Network, OneWaysBindCarsNotFeet) {
  Drawing town(
      "A---B\n"
      "|   |\n"
      "D---C\n",
      25);
  town.way("AB", {{"highway", "residential"}, {"oneway", "yes"}}).way("BCDA", kRoad);
  EXPECT_NEAR(seconds(town, Mode::drive, 'A', 'B'), 100, 2);
  EXPECT_NEAR(seconds(town, Mode::drive, 'B', 'A'), 200, 50);
  EXPECT_NEAR(seconds(town, Mode::walk, 'B', 'A'), 100, 2);
}

TEST(Network, BollardsStopCarsAtTheNodeOnly) {
  Drawing town(
      "A---B---C\n"
      "    |\n"
      "    D\n",
      25);
  town.way("AB", kRoad).way("BC", kRoad).way("BD", kRoad).node('B', {{"barrier", "bollard"}});
  EXPECT_NEAR(seconds(town, Mode::walk, 'A', 'C'), 200, 2);
  EXPECT_NEAR(seconds(town, Mode::cycle, 'A', 'C'), 200, 2);
  EXPECT_EQ(seconds(town, Mode::drive, 'A', 'C'), -1);
}

TEST(Network, TurnstilesStopPrams) {
  Drawing town("A---B---C", 25);
  town.way("ABC", kRoad).node('B', {{"barrier", "turnstile"}});
  EXPECT_NEAR(seconds(town, Mode::walk, 'A', 'C'), 200, 2);
  EXPECT_EQ(seconds(town, Mode::wheelchair, 'A', 'C'), -1);
}

TEST(Network, SquaresAreCrossedStraight) {
  Drawing town(
      "A---B-------C\n"
      "    |       |\n"
      "    |       |\n"
      "    |       |\n"
      "    D-------E---F\n",
      10);
  town.way("AB", kRoad).way("EF", kRoad).way("BCEDB", {{"highway", "pedestrian"}, {"area", "yes"}});
  EXPECT_NEAR(seconds(town, Mode::walk, 'A', 'F'), 40 + 40 + std::hypot(80, 40), 2);
}

TEST(Network, ASquareIsNotCrossedWhereItBendsIn) {
  // The line from B to D leaves the square.
  Drawing town(
      "B---C\n"
      "|   |\n"
      "|   G--H\n"
      "|      |\n"
      "A------D\n",
      10);
  std::vector<Location> at;
  for (const char letter : {'B', 'C', 'G', 'H', 'D', 'A'}) at.push_back(town.at(letter));
  const std::vector<uint32_t> outline{0, 1, 2, 3, 4, 5, 0};
  const auto lines = crossings_of(outline, at, [](uint32_t ref) { return ref == 1 || ref == 3; });
  EXPECT_TRUE(lines.empty());
  EXPECT_EQ(crossings_of(outline, at, [](uint32_t ref) { return ref == 0 || ref == 2; }).size(),
            1U);
}

TEST(Network, IslandsAreReportedNotDropped) {
  Drawing town(
      "A---B---C\n"
      "\n"
      "D---E\n",
      100);
  town.way("ABC", kRoad).way("DE", {{"highway", "footway"}});
  town.way("AB", kRoad);
  const Imported made = town.import();
  EXPECT_EQ(made.report.islands, 1U);
  EXPECT_EQ(made.report.island_streets, 1U);
  const Snapper snapper(made.network.view(), Mode::walk);
  EXPECT_FALSE(snapper.snap(town.at('A'), 50).island);
  EXPECT_TRUE(snapper.snap(town.at('E'), 50).island);
  EXPECT_EQ(snapper.snap({1'216'000'000, 298'000'000}, 50).anchor.street, kNoStreet);
}

TEST(Network, ADoorIsItsEntrance) {
  Drawing town(
      "A-------B\n"
      "  C-D\n"
      "  F-E\n",
      10);
  town.way("AB", kRoad)
      .way("CDEFC", {{"building", "apartments"},
                     {"building:levels", "6"},
                     {"addr:street", "中山路"},
                     {"addr:housenumber", "8"}});
  town.node('D', {{"entrance", "yes"}});
  const Imported made = town.import();
  ASSERT_EQ(made.network.doors.size(), 1U);
  const Door& door = made.network.doors[0];
  EXPECT_NEAR(door.at.lon, town.at('D').lon, 10);
  EXPECT_EQ(door.levels, 6);
  EXPECT_EQ(door.residential, 1);
  EXPECT_NEAR(door.footprint_m2, 200, 5);
  EXPECT_NEAR(door.anchor.along_dm, 400, 3);
  EXPECT_NEAR(door.anchor.away_dm, 100, 3);
  EXPECT_STREQ(made.network.texts.c_str() + door.address, "中山路 8");
}

TEST(Network, ARoundRoadIsKept) {
  Drawing town(
      "A---B---C\n"
      "    |   |\n"
      "    E---D\n",
      25);
  town.way("AB", kRoad).way("BCDEB", kRoad);
  EXPECT_NEAR(seconds(town, Mode::walk, 'A', 'D'), 300 - 100, 105);
  EXPECT_NEAR(seconds(town, Mode::walk, 'C', 'E'), 150, 51);
}

TEST(NetworkFile, OpensAsItWasWritten) {
  const Imported made = *import_osm(*read_osm(kMaps + "/porto.osm.pbf", {}, {}), "porto", {});
  EXPECT_GT(made.report.streets, 10'000U);
  EXPECT_GT(made.report.doors, 10'000U);
  EXPECT_EQ(made.network.doors.size(), made.report.doors);
  const std::string path = temporary("linli-network-");
  ASSERT_TRUE(write_network(made.network.view(), path));
  const auto file = NetworkFile::open(path);
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_TRUE(std::ranges::equal(file->network().nodes, made.network.nodes));
  EXPECT_TRUE(std::ranges::equal(file->network().hierarchy_heads, made.network.hierarchy_heads));
  EXPECT_EQ(file->network().about, made.network.about);
  EXPECT_EQ(file->network().doors.size(), made.network.doors.size());
  std::filesystem::remove(path);
}

TEST(NetworkFile, EveryCutAndEveryFlippedByteIsRefusedOrSound) {
  Drawing town("A---B---C\n    |   |\n    D---E\n", 25);
  town.way("AB", kRoad).way("BC", kRoad).way("BDEC", kRoad);
  const std::string path = temporary("linli-broken-");
  ASSERT_TRUE(write_network(town.import().network.view(), path));
  std::ifstream in(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::filesystem::remove(path);
  std::vector<uint64_t> room(whole.size() / 8 + 16);
  auto* bytes = reinterpret_cast<char*>(room.data());
  while (reinterpret_cast<uintptr_t>(bytes) % 64 != 0) bytes += 8;
  const auto read = [&](size_t size) { return NetworkFile::read({bytes, size}); };
  std::copy(whole.begin(), whole.end(), bytes);
  ASSERT_TRUE(read(whole.size()));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(read(size).error().code, "network.broken");
  std::set<std::string> codes;
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const int flip : {1, 128, 255}) {
      bytes[i] = static_cast<char>(whole[i] ^ flip);
      if (const auto network = read(whole.size())) {
        const Travel travel(*network, testing::test_profile(Mode::walk));
        testing::seconds_between(travel, town.at('A'), town.at('E'));
      } else {
        codes.insert(network.error().code);
      }
      bytes[i] = whole[i];
    }
  }
  EXPECT_EQ(codes, (std::set<std::string>{"network.broken", "network.other_version"}));
  for (size_t i = 0; i + 4 <= whole.size(); i += 4) {
    for (const uint32_t number : {0U, 1U, 3U, 0x7fffffffU, 0xffffffffU}) {
      std::memcpy(bytes + i, &number, 4);
      if (const auto network = read(whole.size())) {
        const Travel travel(*network, testing::test_profile(Mode::walk));
        testing::seconds_between(travel, town.at('A'), town.at('E'));
      }
      std::memcpy(bytes + i, whole.data() + i, 4);
    }
  }
  EXPECT_EQ(NetworkFile::open("no/such/file").error().code, "network.missing");
  EXPECT_EQ(write_network({}, "no/such/file").error().code, "network.unwritable");
}

TEST(OsmFile, CompressedXmlOfShanghaiIsRead) {
  const OsmExtract extract = *read_osm(kMaps + "/shanghai-centre.osm.gz", {}, {});
  EXPECT_EQ(extract.ways.size(), 793U);
  const Imported made = *import_osm(extract, "shanghai", {});
  EXPECT_EQ(made.report.nodes_missing, 0U);
  EXPECT_GT(made.report.streets, 793U);
}

TEST(OsmFile, WhatIsBrokenIsRefused) {
  EXPECT_EQ(read_osm("no/such.osm.pbf", {}, {}).error().code, "osm.missing");
  EXPECT_EQ(read_osm_bytes("<osm><way", "xml", {}).error().code, "osm.broken");
  EXPECT_EQ(read_osm_bytes("nothing", "pbf", {}).error().code, "osm.broken");
  EXPECT_EQ(import_osm({}, "nothing", {}).error().code, "geo.empty");
  Drawing town("A---B", 25);
  town.way("AB", kRoad);
  EXPECT_EQ(read_osm_bytes(town.xml(), "xml", {.refs = 1}).error().code, "osm.too_large");
}

TEST(OsmTags, SayWhoMayUseAWay) {
  const auto uses = [](const Drawing::Tags& tags) {
    return way_rules([&](const char* key) {
             const auto at = tags.find(key);
             return at == tags.end() ? std::string_view() : std::string_view(at->second);
           })
        .uses;
  };
  const auto both = [](std::initializer_list<Mode> modes) {
    uint8_t all = 0;
    for (const Mode mode : modes) all |= use_bits(mode);
    return all;
  };
  using enum Mode;
  EXPECT_EQ(uses({{"highway", "residential"}}), both({walk, wheelchair, cycle, drive}));
  EXPECT_EQ(uses({{"highway", "footway"}}), both({walk, wheelchair}));
  EXPECT_EQ(uses({{"highway", "footway"}, {"bicycle", "yes"}}), both({walk, wheelchair, cycle}));
  EXPECT_EQ(uses({{"highway", "motorway"}}), use_bit(drive, true));
  EXPECT_EQ(uses({{"highway", "trunk"}, {"sidewalk", "both"}}), both({walk, wheelchair, drive}));
  EXPECT_EQ(uses({{"highway", "service"}, {"access", "private"}}), both({walk, wheelchair, cycle}));
  EXPECT_EQ(uses({{"highway", "service"}, {"access", "no"}}), 0);
  EXPECT_EQ(uses({{"highway", "service"}, {"access", "no"}, {"foot", "yes"}}),
            both({walk, wheelchair}));
  EXPECT_EQ(uses({{"highway", "residential"}, {"oneway", "-1"}, {"oneway:bicycle", "no"}}),
            both({walk, wheelchair, cycle}) | use_bit(drive, false));
  EXPECT_EQ(uses({{"highway", "construction"}}), 0);
  EXPECT_EQ(uses({{"building", "yes"}}), 0);
  EXPECT_EQ(speed_of("60"), 60);
  EXPECT_EQ(speed_of("30 mph"), 48);
  EXPECT_EQ(speed_of("CN:urban"), 0);
  EXPECT_EQ(speed_of("999"), 250);
}

}  // namespace linli::geo
