#include "domain/places/mosaic.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/random.h"

namespace linli::places {
namespace {

const Area kSquare = {{{0, 0}, {1, 0}, {1, 1}, {0, 1}}};

double size_of(const Area& area) {
  double size = 0;
  for (const Ring& ring : area) {
    for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      size += (ring[j].lon * ring[i].lat - ring[i].lon * ring[j].lat) / 2;
    }
  }
  return size;
}

TEST(Mosaic, TwoHalvesMeetInTheMiddle) {
  const std::vector<Point> seeds = {{0.2, 0.2}, {0.2, 0.8}, {0.8, 0.2}, {0.8, 0.8}};
  const auto parts = mosaic(kSquare, seeds, {7, 7, 9, 9});
  ASSERT_EQ(parts.size(), 2U);
  ASSERT_EQ(parts.at(7).size(), 1U);
  EXPECT_EQ(parts.at(7)[0].size(), 4U);  // no corner where two cells of the part meet
  EXPECT_NEAR(size_of(parts.at(7)), 0.5, 1e-9);
}

TEST(Mosaic, APartInsideAnotherIsItsHole) {
  std::vector<Point> seeds;
  std::vector<int32_t> part_of;
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 5; ++x) {
      seeds.push_back({0.1 + 0.2 * x, 0.1 + 0.2 * y});
      part_of.push_back(x == 2 && y == 2 ? 2 : 1);
    }
  }
  const auto parts = mosaic(kSquare, seeds, part_of);
  EXPECT_EQ(parts.at(1).size(), 2U);
  EXPECT_NEAR(size_of(parts.at(1)), 0.96, 1e-6);
  EXPECT_EQ(polygons_of(parts.at(1)).size(), 1U);
  EXPECT_EQ(polygons_of(parts.at(1))[0].size(), 2U);
  EXPECT_FALSE(contains(parts.at(1), {0.5, 0.5}));
  EXPECT_TRUE(contains(parts.at(2), {0.5, 0.5}));
}

TEST(Mosaic, RandomPartsFillTheWholeAndHoldTheirSeeds) {
  const Area land = {{{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}}};
  Random random(4);
  for (int round = 0; round < 20; ++round) {
    std::vector<Point> seeds;
    std::vector<int32_t> part_of;
    while (seeds.size() < 60) {
      const Point point{random.between(0.0, 2.0), random.between(0.0, 2.0)};
      if (!contains(land, point)) continue;
      seeds.push_back(point);
      part_of.push_back(static_cast<int32_t>(random.below(5)));
    }
    double sum = 0;
    const auto parts = mosaic(land, seeds, part_of);
    for (const auto& [part, area] : parts) sum += size_of(area);
    EXPECT_NEAR(sum, 3, 1e-4);
    for (size_t i = 0; i < seeds.size(); ++i) {
      EXPECT_TRUE(contains(parts.at(part_of[i]), seeds[i])) << round << " " << i;
    }
  }
}

TEST(Mosaic, CellsOfARowFitTogetherFarFromTheOrigin) {
  std::vector<Point> seeds;
  for (int i = 0; i < 6; ++i) seeds.push_back({106.66 + (i % 3) * 0.001, 35.54 + i / 3 * 0.001});
  const Area box = {{{106.659, 35.539}, {106.663, 35.539}, {106.663, 35.542}, {106.659, 35.542}}};
  for (const auto& [part, area] : mosaic(box, seeds, {1, 1, 2, 3, 3, 2})) {
    EXPECT_EQ(area.size(), 1U) << part;
    EXPECT_EQ(area.at(0).size(), 4U) << part;
  }
}

TEST(Mosaic, SeedsAtOnePointDoNotHurt) {
  const auto parts = mosaic(kSquare, {{0.5, 0.5}, {0.5 + 1e-14, 0.5}, {0.1, 0.1}}, {1, 2, 3});
  EXPECT_TRUE(parts.at(2).empty());
  EXPECT_NEAR(size_of(parts.at(1)) + size_of(parts.at(3)), 1, 1e-9);
  EXPECT_TRUE(mosaic({}, {{0.5, 0.5}}, {1}).at(1).empty());
}

}  // namespace
}  // namespace linli::places
