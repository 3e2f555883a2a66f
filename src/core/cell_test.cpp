#include "core/cell.h"

#include <cmath>

#include <gtest/gtest.h>

namespace linli::cell {
namespace {

TEST(Cell, TheMiddleOfACellLiesWithinAFewCentimetresOfWhatIsInIt) {
  for (const Position at : {Position{121.5503, 29.8746}, Position{-70.25, -33.5}, Position{0, 0}}) {
    const Position middle = cell::middle(of(at));
    EXPECT_NEAR(middle.lon, at.lon, 2e-6);
    EXPECT_NEAR(middle.lat, at.lat, 2e-6);
  }
}

TEST(Cell, TheCellsOfATileAreOneRangeAndThoseOfItsQuartersLieInIt) {
  const Range whole = inside(14, 13727, 6748);
  const Range quarter = inside(15, 13727 * 2 + 1, 6748 * 2 + 1);
  EXPECT_EQ(quarter.last, whole.last);
  EXPECT_EQ((quarter.last - quarter.first + 1) * 4, whole.last - whole.first + 1);
}

TEST(Cell, APositionLiesInTheTileThatTheMapNames) {
  // Ningbo, Tianyi Square: zoom 14, x 13724, y 6763 by the usual formula.
  const Position at{121.5503, 29.8746};
  const Spot spot = project(at);
  const Range tile =
      inside(14, static_cast<uint32_t>(spot.x * 16384), static_cast<uint32_t>(spot.y * 16384));
  EXPECT_LE(tile.first, of(at));
  EXPECT_GE(tile.last, of(at));
  EXPECT_EQ(at_depth(of(at), 14), at_depth(tile.first, 14));
}

TEST(Cell, TheEdgeOfTheMapIsItsLastCell) {
  EXPECT_EQ(of({180, -89}), inside(0, 0, 0).last);
  EXPECT_EQ(of({-180, 89}), 0);
}

TEST(Cell, ACoverHoldsEveryCornerAndFewRanges) {
  const double west = 106.61, south = 35.52, east = 106.7, north = 35.57;
  const std::vector<Range> ranges = cover(west, south, east, north, 16);
  EXPECT_LE(ranges.size(), 16u);
  const auto covered = [&](Position at) {
    for (const Range& range : ranges) {
      if (range.first <= of(at) && of(at) <= range.last) return true;
    }
    return false;
  };
  for (const double lon : {west, (west + east) / 2, east}) {
    for (const double lat : {south, (south + north) / 2, north}) EXPECT_TRUE(covered({lon, lat}));
  }
  EXPECT_FALSE(covered({107.5, 35.5}));
  int64_t cells = 0;
  for (const Range& range : ranges) cells += range.last - range.first + 1;
  EXPECT_LT(static_cast<double>(cells), std::ldexp(1.0, 2 * (kDepth - 9)));
}

}  // namespace
}  // namespace linli::cell
