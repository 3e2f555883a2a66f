// Trials from doors equal the sweep from scratch, after every step and after undoing all.
#include "engine/geo/door_trials.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/geo/door_times.h"
#include "engine/geo/drawing.h"
#include "engine/geo/testing.h"

namespace linli::geo {

namespace {

const std::string kMaps = LINLI_SOURCE_DIR "/tests/data/osm";
constexpr size_t kSome = 4;

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

class Trials : public ::testing::Test {
 protected:
  Trials() : travel(porto().view(), walker()) {
    for (const Door& door : travel.network().doors) {
      if (door.anchor.street != kNoStreet) doors.push_back(door.anchor);
    }
    for (uint8_t lane = 0; lane < kSome; ++lane) {
      for (int i = 0; i < 5; ++i) facilities.push_back({some(), lane});
    }
  }
  Anchor some() { return doors[numbers.below(static_cast<uint32_t>(doors.size()))]; }

  void expect_exact(const DoorTrials& trials) {
    const DoorTimes times(travel, facilities);
    for (size_t at = 0; at < doors.size(); at += 5) {
      ASSERT_EQ(trials.of(doors[at]), times.of(doors[at])) << "door " << at;
    }
  }

  Travel travel;
  std::vector<Anchor> doors;
  std::vector<LaneFacility> facilities;
  testing::Numbers numbers{7};
};

}  // namespace

TEST_F(Trials, EqualTheSweepFromScratch) {
  DoorTrials trials(travel, facilities, kSome);
  const std::vector<LaneFacility> before = facilities;
  expect_exact(trials);
  for (int step = 0; step < 60; ++step) {
    if (numbers.below(2) == 0 && !facilities.empty()) {
      const size_t gone = numbers.below(static_cast<uint32_t>(facilities.size()));
      trials.remove(facilities[gone]);
      facilities.erase(facilities.begin() + static_cast<ptrdiff_t>(gone));
    } else {
      facilities.push_back({some(), static_cast<uint8_t>(numbers.below(kSome))});
      trials.add(facilities.back());
    }
    expect_exact(trials);
  }
  while (trials.undo()) {
  }
  facilities = before;
  expect_exact(trials);
}

TEST_F(Trials, APathShortensWhatItShortensAndIsTakenBack) {
  DoorTrials trials(travel, facilities, kSome);
  const DoorTimes before(travel, facilities);
  const uint8_t lane_there = facilities.front().lane;
  const Anchor far =
      *std::max_element(doors.begin(), doors.end(), [&](const auto& a, const auto& b) {
        const auto time = [&](const Anchor& at) { return before.of(at)[lane_there] % kFar; };
        return time(a) < time(b);
      });
  const Node from = trials.junction(far);
  const Node to = trials.junction(facilities.front().anchor);
  trials.open_path(from, to);
  const double straight = distance_m(travel.network().nodes[from], travel.network().nodes[to]);
  size_t shorter = 0;
  for (const Anchor& door : doors) {
    const auto now = trials.of(door);
    const auto then = before.of(door);
    for (size_t lane = 0; lane < kSome; ++lane) {
      ASSERT_LE(now[lane], then[lane]);
      shorter += now[lane] < then[lane];
    }
  }
  EXPECT_GT(shorter, 0U);
  // At most the way to either junction and the straight line between them.
  const Time most = travel.ends_of(far)[0].leave + travel.ends_of(far)[1].leave +
                    static_cast<Time>(straight / (4 / 3.6) * kUnitsPerSecond) +
                    travel.ends_of(facilities.front().anchor)[0].arrive +
                    travel.ends_of(facilities.front().anchor)[1].arrive + 1;
  EXPECT_LE(trials.of(far)[facilities.front().lane], most);
  EXPECT_TRUE(trials.undo());
  expect_exact(trials);
  EXPECT_FALSE(trials.undo());
}

TEST_F(Trials, WhatHasNoStreetIsAStepThatChangesNothing) {
  DoorTrials trials(travel, facilities, kSome);
  trials.add({{}, 1});
  trials.remove({{}, 1});
  trials.open_path(kNoNode, 3);
  EXPECT_EQ(trials.junction({}), kNoNode);
  expect_exact(trials);
  EXPECT_TRUE(trials.undo() && trials.undo() && trials.undo());
  EXPECT_FALSE(trials.undo());
}

}  // namespace linli::geo
