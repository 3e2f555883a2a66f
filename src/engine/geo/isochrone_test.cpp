// Isochrones, coverage and catchments against the plain way to compute them.
#include "engine/geo/isochrone.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/geo/catchment.h"
#include "engine/geo/drawing.h"
#include "engine/geo/plain.h"
#include "engine/geo/testing.h"

namespace linli::geo {

namespace {

using testing::Plain;

const std::string kMaps = LINLI_SOURCE_DIR "/tests/data/osm";

const NetworkData& porto() {
  static const NetworkData data =
      MUST(import_osm(MUST(read_osm(kMaps + "/porto.osm.pbf", {}, {})), "porto", {})).network;
  return data;
}

Profile walker() {
  Profile profile = testing::test_profile(Mode::walk);
  profile.speed_kmh = profile.approach_kmh = 4;
  return profile;
}

bool contains(const std::vector<Polygon>& polygons, Location at) {
  const auto in = [&](const std::vector<Location>& line) {
    bool inside = false;
    for (size_t i = 0, before = line.size() - 1; i < line.size(); before = i++) {
      const Location a = line[before];
      const Location b = line[i];
      if ((a.lat > at.lat) == (b.lat > at.lat)) continue;
      if (at.lon < a.lon + (static_cast<double>(at.lat) - a.lat) /
                               (static_cast<double>(b.lat) - a.lat) *
                               (static_cast<double>(b.lon) - a.lon))
        inside = !inside;
    }
    return inside;
  };
  for (const Polygon& polygon : polygons) {
    if (!in(polygon.outer)) continue;
    if (std::none_of(polygon.holes.begin(), polygon.holes.end(), in)) return true;
  }
  return false;
}

}  // namespace

TEST(Contour, GoesAroundWhatIsInside) {
  //  0 . . . . .
  //    . # # # .      one ring with a hole, one ring by itself
  //    . # . # . #
  //    . # # # .
  constexpr uint32_t kColumns = 9;
  std::vector<uint16_t> values(kColumns * 7, 100);
  for (const auto& [x, y] : std::vector<std::pair<int, int>>{
           {2, 2}, {3, 2}, {4, 2}, {2, 3}, {4, 3}, {2, 4}, {3, 4}, {4, 4}, {6, 3}}) {
    values[static_cast<size_t>(y) * kColumns + static_cast<size_t>(x)] = 0;
  }
  const std::vector<Ring> rings = contour(values, kColumns, 7, 49);
  ASSERT_EQ(rings.size(), 3U);
  int holes = 0;
  for (const Ring& ring : rings) holes += area_of(ring) < 0 ? 1 : 0;
  EXPECT_EQ(holes, 1);
  // Every value lies on its side of the rings.
  for (uint32_t y = 0; y < 7; ++y) {
    for (uint32_t x = 0; x < kColumns; ++x) {
      int around = 0;
      for (const Ring& ring : rings) {
        if (contains(ring, {static_cast<float>(x), static_cast<float>(y)}))
          around += area_of(ring) > 0 ? 1 : -1;
      }
      EXPECT_EQ(around, values[y * kColumns + x] == 0 ? 1 : 0) << x << " " << y;
    }
  }
}

TEST(Isochrone, HoldsExactlyTheDoorsInReach) {
  const Travel travel(porto().view(), walker());
  testing::Numbers numbers(4);
  for (const Direction direction : {Direction::from_point, Direction::to_point}) {
    Isochrones isochrones(travel, direction);
    for (int i = 0; i < 25; ++i) {
      const Door& start = porto().doors[numbers.below(static_cast<uint32_t>(porto().doors.size()))];
      const Time limit = (1 + numbers.below(20)) * 60 * kUnitsPerSecond;
      isochrones.search(start.anchor, limit);
      const Plain plain(travel, start.anchor, direction == Direction::from_point);
      std::vector<std::pair<uint32_t, Time>> expected;
      for (uint32_t door = 0; door < porto().doors.size(); ++door) {
        const Time time = plain.of(porto().doors[door].anchor);
        if (time <= limit) expected.emplace_back(door, time);
      }
      std::vector<std::pair<uint32_t, Time>> found;
      for (const TimedDoor& door : isochrones.doors()) found.emplace_back(door.door, door.time);
      EXPECT_EQ(found, expected);
    }
  }
}

TEST(Isochrone, ThePictureFollowsTheTimes) {
  const Travel travel(porto().view(), walker());
  Isochrones isochrones(travel, Direction::from_point);
  size_t wrong = 0;
  size_t all = 0;
  for (uint32_t start = 50; start < porto().doors.size(); start += 700) {
    const Time limit = 10 * 60 * kUnitsPerSecond;
    isochrones.search(porto().doors[start].anchor, limit);
    const std::vector<Polygon> polygons = isochrones.polygons();
    const Plain plain(travel, porto().doors[start].anchor, true);
    // Doors clearly within (a minute less) lie inside, doors clearly beyond outside.
    for (const Door& door : porto().doors) {
      if (door.anchor.away_dm > 400) continue;
      const Time time = plain.of(door.anchor);
      if (time <= limit - 240) {
        ++all;
        wrong += contains(polygons, door.at) ? 0 : 1;
      } else if (time > limit + 480 && time < 2 * limit) {
        ++all;
        wrong += contains(polygons, door.at) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(all, 10'000U);
  EXPECT_LT(static_cast<double>(wrong) / static_cast<double>(all), 0.02);
}

TEST(Coverage, CountsExactlyWhoIsInReach) {
  const Travel travel(porto().view(), walker());
  testing::Numbers numbers(9);
  constexpr uint32_t kPlaces = 12;
  std::vector<Residents> residents;
  for (uint32_t door = 0; door < porto().doors.size(); door += 3) {
    residents.push_back({porto().doors[door].anchor, numbers.below(kPlaces),
                         static_cast<uint16_t>(numbers.below(300))});
  }
  residents.push_back({Anchor{}, 3, 17});
  residents.push_back({porto().doors[5].anchor, 4, 60'000});
  residents.push_back({porto().doors[6].anchor, 4, 60'000});
  std::vector<LaneFacility> facilities;
  for (uint8_t lane = 0; lane < 6; ++lane) {
    for (int i = 0; i < 5; ++i) {
      facilities.push_back({porto().doors[numbers.below(12'000)].anchor, lane});
    }
  }
  std::array<LaneTime, kLanes> limits{};
  for (size_t lane = 0; lane < kLanes; ++lane)
    limits[lane] = static_cast<LaneTime>(400 + 300 * lane);
  std::vector<PlaceCoverage> expected(kPlaces);
  for (const Residents& at : residents) expected[at.place].residents += at.count;
  expected[3].unconnected = 17;
  for (uint8_t lane = 0; lane < 6; ++lane) {
    std::vector<Plain> plains;
    for (const LaneFacility& facility : facilities) {
      if (facility.lane == lane) plains.emplace_back(travel, facility.anchor, false);
    }
    for (const Residents& at : residents) {
      if (at.anchor.street == kNoStreet) continue;
      if (std::any_of(plains.begin(), plains.end(),
                      [&](const Plain& plain) { return plain.of(at.anchor) <= limits[lane]; }))
        expected[at.place].covered[lane] += at.count;
    }
  }
  Coverage coverage(travel, residents, kPlaces);
  const LaneKernel* all[3] = {};
  const size_t count = kernels(all, 3);
  for (size_t k = 0; k < count; ++k) {
    const auto found = coverage.within(facilities, limits, *all[k]);
    for (uint32_t place = 0; place < kPlaces; ++place) {
      EXPECT_EQ(found[place].residents, expected[place].residents);
      EXPECT_EQ(found[place].unconnected, expected[place].unconnected);
      EXPECT_EQ(found[place].covered, expected[place].covered) << all[k]->name << " " << place;
    }
  }
}

TEST(Catchment, SharesCapacityAmongWhoReachIt) {
  const Travel travel(porto().view(), walker());
  testing::Numbers numbers(2);
  std::vector<Residents> residents;
  for (uint32_t door = 0; door < porto().doors.size(); door += 5) {
    residents.push_back(
        {porto().doors[door].anchor, 0, static_cast<uint16_t>(1 + numbers.below(9))});
  }
  std::vector<Supply> supplies;
  for (int i = 0; i < 8; ++i) {
    supplies.push_back({porto().doors[numbers.below(12'000)].anchor, 10.0 + i});
  }
  const Time limit = 900 * kUnitsPerSecond;
  const std::vector<Time> limits(residents.size(), limit);
  std::vector<double> capacities;
  for (const Supply& supply : supplies) capacities.push_back(supply.capacity);
  std::vector<int64_t> people_at;
  for (const Residents& at : residents) people_at.push_back(at.count);
  const Catchments made =
      two_step(capacities, people_at, in_reach(travel, supplies, residents, limits, kEven));
  std::vector<double> access(residents.size(), 0);
  double given = 0;
  for (size_t i = 0; i < supplies.size(); ++i) {
    const Plain plain(travel, supplies[i].anchor, false);
    uint64_t people = 0;
    for (const Residents& at : residents) people += plain.of(at.anchor) <= limit ? at.count : 0U;
    EXPECT_EQ(made.residents[i], static_cast<double>(people));
    for (size_t at = 0; at < residents.size(); ++at) {
      if (plain.of(residents[at].anchor) <= limit)
        access[at] += supplies[i].capacity / static_cast<double>(people);
    }
    if (people > 0) given += supplies[i].capacity;
  }
  double received = 0;
  for (size_t at = 0; at < residents.size(); ++at) {
    EXPECT_NEAR(made.access[at], access[at], 1e-9);
    received += made.access[at] * residents[at].count;
  }
  EXPECT_NEAR(received, given, 1e-6);  // what is there is given out, no more
}

TEST(Catchment, WhoIsFartherWeighsLess) {
  EXPECT_EQ(zone_weight(kFading, 0.2), 1.0);
  EXPECT_EQ(zone_weight(kFading, 0.5), 0.68);
  EXPECT_EQ(zone_weight(kFading, 1.0), 0.22);
  const std::vector<double> capacities{10};
  const std::vector<int64_t> residents{5, 20, 3};
  const std::vector<InReach> pairs{{0, 0, 1.0}, {0, 1, 0.25}};
  const Catchments made = two_step(capacities, residents, pairs);
  EXPECT_EQ(made.share[0], 1.0);    // ten places for 5 + 5
  EXPECT_EQ(made.access[0], 1.0);   // one each
  EXPECT_EQ(made.access[1], 0.25);  // one for four
  EXPECT_EQ(made.access[2], 0.0);
}

TEST(Reach, NamesTheFiveNearest) {
  for (uint32_t seed = 1; seed <= 6; ++seed) {
    const testing::Prepared made = testing::prepare(testing::town(seed, 6 + seed));
    testing::Numbers numbers(seed);
    std::vector<LaneSeed> seeds;
    for (uint8_t lane = 0; lane < kLanes; ++lane) {
      const uint32_t count = numbers.below(9);
      for (uint16_t i = 0; i < count; ++i) {
        for (int end = 0; end < 2; ++end) {
          seeds.push_back({numbers.below(made.streets.nodes()), lane,
                           static_cast<LaneTime>(numbers.below(90)), i});
        }
      }
    }
    const Graph towards = reversed(made.streets.graph());
    std::map<std::pair<uint8_t, uint16_t>, std::vector<Time>> plain;
    for (const LaneSeed& at : seeds) {
      std::vector<Seed> starts;
      for (const LaneSeed& other : seeds) {
        if (other.lane == at.lane && other.facility == at.facility)
          starts.push_back({other.node, other.time});
      }
      plain[{at.lane, at.facility}] = dijkstra(towards, starts);
    }
    const LaneKernel* all[3] = {};
    const size_t count = kernels(all, 3);
    for (size_t kernel = 0; kernel < count; ++kernel) {
      for (uint32_t k = 1; k <= kMostNearest; ++k) {
        NearestLines lines(made.streets.nodes() * k);
        Sweep(made.sweep, *all[kernel]).nearest_k(seeds, k, lines);
        for (Node node = 0; node < made.streets.nodes(); ++node) {
          for (uint8_t lane = 0; lane < kLanes; ++lane) {
            std::vector<uint32_t> expected;
            for (const auto& [which, times] : plain) {
              if (which.first == lane && times[node] < kFar)
                expected.push_back(times[node] << 16 | which.second);
            }
            std::sort(expected.begin(), expected.end());
            expected.resize(k, 0x7fffffff);
            for (uint32_t rank = 0; rank < k; ++rank) {
              const uint32_t found = lines.of(node * k + rank)[lane];
              ASSERT_EQ(found >> 16 >= kFar ? 0x7fffffff : found, expected[rank]);
            }
          }
        }
      }
    }
  }
}

}  // namespace linli::geo
