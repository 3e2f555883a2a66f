#include "core/datum.h"

#include <gtest/gtest.h>

namespace linli::datum {
namespace {

void expect_near(cell::Position a, cell::Position b, double degrees) {
  EXPECT_NEAR(a.lon, b.lon, degrees);
  EXPECT_NEAR(a.lat, b.lat, degrees);
}

// Values that the usual converters publish.
TEST(Datum, AgreesWithTheUsualConverters) {
  expect_near(from_wgs84({121.5272106, 31.1774276}, Datum::gcj02),
              {121.531541859215, 31.17530398364597}, 1e-9);
  expect_near(from_wgs84({113.912316, 22.543847}, Datum::gcj02),
              {113.9171764808363, 22.540796131694766}, 1e-9);
  expect_near(from_wgs84({116.404, 39.915}, Datum::gcj02), {116.41024449916938, 39.91640428150164},
              1e-9);
  // 116.404, 39.915 in GCJ-02 is this in BD-09.
  expect_near(from_wgs84(to_wgs84({116.404, 39.915}, Datum::gcj02), Datum::bd09),
              {116.41036949371029, 39.92133699351021}, 1e-7);
}

TEST(Datum, ThereAndBackIsTheSameToACentimetre) {
  for (const Datum datum : {Datum::wgs84, Datum::gcj02, Datum::bd09}) {
    for (const cell::Position at : {cell::Position{106.66, 35.54}, cell::Position{121.55, 29.87},
                                    cell::Position{75.99, 39.47}, cell::Position{126.53, 45.8}}) {
      expect_near(to_wgs84(from_wgs84(at, datum), datum), at, 1e-7);
    }
  }
}

TEST(Datum, NothingIsShiftedOutsideChina) {
  expect_near(from_wgs84({37.6, 55.9}, Datum::gcj02), {37.6, 55.9}, 0);
  expect_near(to_wgs84({-74, 40.7}, Datum::bd09), {-74, 40.7}, 0);
}

TEST(Datum, NamesAreReadHoweverTheyAreWritten) {
  EXPECT_EQ(named("GCJ-02"), Datum::gcj02);
  EXPECT_EQ(named("gcj02"), Datum::gcj02);
  EXPECT_EQ(named("BD-09"), Datum::bd09);
  EXPECT_EQ(named("WGS84"), Datum::wgs84);
  EXPECT_FALSE(named("CGCS"));
  EXPECT_EQ(name_of(Datum::bd09), "BD-09");
}

}  // namespace
}  // namespace linli::datum
