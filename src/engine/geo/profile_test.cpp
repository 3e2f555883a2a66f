#include "engine/geo/profile.h"

#include <gtest/gtest.h>

namespace linli::geo {

TEST(Profile, IsReadFromAttributes) {
  const auto profile = read_profile("drive", {{"mode", "drive"},
                                              {"speed_kmh", 25},
                                              {"approach_kmh", 4},
                                              {"detour", 1.4},
                                              {"motorway_kmh", 80.5},
                                              {"basis", "measured"}});
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->mode, Mode::drive);
  EXPECT_EQ(profile->kind_kmh[static_cast<size_t>(StreetKind::motorway)], 80.5);
  EXPECT_EQ(profile->approach_kmh, 4);
}

TEST(Profile, WhatItCannotMeanIsNamed) {
  const auto detail = [](const std::map<std::string, json::Value>& attributes) {
    const auto profile = read_profile("walk", attributes);
    return profile ? std::string("read") : profile.error().code + " " + profile.error().detail;
  };
  EXPECT_EQ(detail({{"speed_kmh", 4}}), "profile.invalid walk.mode");
  EXPECT_EQ(detail({{"mode", "walk"}}), "profile.invalid walk.speed_kmh");
  EXPECT_EQ(detail({{"mode", "fly"}, {"speed_kmh", 4}}), "profile.invalid walk.mode");
  EXPECT_EQ(detail({{"mode", "walk"}, {"speed_kmh", 0}}), "profile.invalid walk.speed_kmh");
  EXPECT_EQ(detail({{"mode", "walk"}, {"speed_kmh", 4}, {"moon_kmh", 4}}),
            "profile.invalid walk.moon_kmh");
  EXPECT_EQ(detail({{"mode", "walk"}, {"speed_kmh", 4}, {"detour", 4}}),
            "profile.invalid walk.detour");
}

}  // namespace linli::geo
