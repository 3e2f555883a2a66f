#include "domain/maps/rules.h"

#include <gtest/gtest.h>

#include "domain/maps/cache.h"

namespace linli::maps {
namespace {

std::string code_of(std::string_view z, std::string_view x, std::string_view file) {
  const Result<tiles::Tile> tile = read_tile(z, x, file);
  return tile ? "" : tile.error().code;
}

TEST(MapRules, ATileHasAZoomAColumnAndARow) {
  EXPECT_EQ(read_tile("14", "13042", "6441.mvt").value(), (tiles::Tile{14, 13042, 6441}));
  EXPECT_EQ(read_tile("0", "0", "0.mvt").value(), (tiles::Tile{0, 0, 0}));
}

TEST(MapRules, WhatIsNoTileIsNotFound) {
  for (const auto& [z, x, file] :
       std::initializer_list<std::array<std::string_view, 3>>{{"17", "0", "0.mvt"},
                                                              {"2", "4", "0.mvt"},
                                                              {"2", "0", "4.mvt"},
                                                              {"2", "-1", "0.mvt"},
                                                              {"2", "01", "0.mvt"},
                                                              {"2", "1", "1.png"},
                                                              {"2", "1", "1"},
                                                              {"2", "1", ".mvt"},
                                                              {"", "1", "1.mvt"},
                                                              {"2", "1", "1 .mvt"},
                                                              {"4294967298", "1", "1.mvt"}}) {
    EXPECT_EQ(code_of(z, x, file), "tile.not_found") << z << "/" << x << "/" << file;
  }
}

TEST(MapRules, CrowdsAreCountedFinelyEnoughForTheTile) {
  for (int zoom = 0; zoom <= kMostZoom; ++zoom) EXPECT_GE(crowd_depth(zoom), zoom + 3);
  EXPECT_EQ(crowd_depth(8), 11);
  EXPECT_EQ(crowd_depth(9), 14);
}

Made made(size_t bytes, std::string tag) {
  return {std::make_shared<const std::string>(bytes, 'x'), std::move(tag)};
}

TEST(MapCache, GivesWhatHasTheTagAndNothingElse) {
  Cache cache(10'000);
  cache.keep("a", made(10, "1"));
  EXPECT_NE(cache.find("a", "1"), nullptr);
  EXPECT_EQ(cache.find("a", "2"), nullptr);
  EXPECT_EQ(cache.find("b", "1"), nullptr);
  cache.keep("a", made(20, "2"));
  EXPECT_EQ(cache.find("a", "1"), nullptr);
  EXPECT_EQ(cache.find("a", "2")->size(), 20U);
}

TEST(MapCache, TheLeastUsedGoesFirstAndTheLimitHolds) {
  Cache cache(5'000);
  cache.keep("a", made(1'000, "1"));
  cache.keep("b", made(1'000, "1"));
  cache.keep("c", made(1'000, "1"));
  EXPECT_NE(cache.find("a", "1"), nullptr);
  cache.keep("d", made(1'000, "1"));
  EXPECT_EQ(cache.find("b", "1"), nullptr);
  EXPECT_NE(cache.find("a", "1"), nullptr);
  EXPECT_LE(cache.bytes(), 5'000U);
  cache.keep("huge", made(6'000, "1"));
  EXPECT_EQ(cache.find("huge", "1"), nullptr);
}

}  // namespace
}  // namespace linli::maps
