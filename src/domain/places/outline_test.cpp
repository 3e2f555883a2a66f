#include "domain/places/outline.h"

#include <cmath>

#include <gtest/gtest.h>

namespace linli::places {
namespace {

// An L of three unit squares, and an island.
const Area kLand = {{{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}},
                    {{3, 3}, {3.5, 3}, {3.5, 3.5}, {3, 3.5}}};

double size_of(const Area& area) {
  double size = 0;
  for (const Ring& ring : area) {
    double twice = 0;
    for (size_t i = 0; i < ring.size(); ++i) {
      const Point& a = ring[i];
      const Point& b = ring[(i + 1) % ring.size()];
      twice += a.lon * b.lat - b.lon * a.lat;
    }
    size += std::abs(twice) / 2;
  }
  return size;
}

std::vector<Code> codes(int64_t count) {
  std::vector<Code> list;
  for (int64_t i = 1; i <= count; ++i) list.emplace_back(62080200000000000 + i * 100'000'000);
  return list;
}

TEST(Outline, CellsFillTheWholeWithoutOverlap) {
  for (const int64_t count : {1, 2, 7, 40}) {
    const std::vector<Area> cells = divide(kLand, codes(count));
    ASSERT_EQ(std::ssize(cells), count);
    double sum = 0;
    for (const Area& cell : cells) sum += size_of(cell);
    EXPECT_NEAR(sum, size_of(kLand), 1e-6) << count;
    for (double lon = 0.05; lon < 3.5; lon += 0.1) {
      for (double lat = 0.05; lat < 3.5; lat += 0.1) {
        int holders = 0;
        for (const Area& cell : cells) holders += contains(cell, {lon, lat}) ? 1 : 0;
        EXPECT_EQ(holders, contains(kLand, {lon, lat}) ? 1 : 0) << lon << " " << lat;
      }
    }
  }
}

TEST(Outline, TheSameCodesGiveTheSameCells) {
  EXPECT_EQ(divide(kLand, codes(9)), divide(kLand, codes(9)));
}

TEST(Outline, NobodyIsLeftWithoutLand) {
  for (const Area& cell : divide(kLand, codes(60))) EXPECT_GT(size_of(cell), 1e-4);
}

TEST(Outline, TheCentreIsThatOfTheLargestPart) {
  const Point centre = centre_of({{{0, 0}, {4, 0}, {4, 2}, {0, 2}}, {{9, 9}, {10, 9}, {10, 10}}});
  EXPECT_DOUBLE_EQ(centre.lon, 2);
  EXPECT_DOUBLE_EQ(centre.lat, 1);
}

}  // namespace
}  // namespace linli::places
