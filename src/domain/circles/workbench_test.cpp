// A trial's rows equal those from scratch, over a real map and without one, after hundreds of them.
#include "domain/circles/workbench.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/geo/drawing.h"
#include "engine/geo/testing.h"

namespace linli::circles {
namespace {

using geo::testing::Numbers;

const std::string kMaps = LINLI_SOURCE_DIR "/tests/data/osm";

std::shared_ptr<pack::Content> content() {
  auto made = std::make_shared<pack::Content>();
  pack::ChoiceList profiles;
  profiles.key = "travel_profile";
  for (const auto& [key, speed] : {std::pair("walk", 4.0), std::pair("slow", 2.5)}) {
    pack::Choice choice;
    choice.key = key;
    choice.attributes = {{"mode", "walk"}, {"speed_kmh", speed}, {"detour", 1.3}};
    profiles.choices.push_back(choice);
  }
  made->lists.push_back(profiles);
  made->groups.emplace_back().key = "everyone";
  made->groups.emplace_back().key = "aged";
  pack::Circle life;
  life.key = "life";
  life.mode = "walk";
  life.minutes.urban = 10;
  life.needs = {{"canteen", {}, {"canteen"}, 1, life.minutes},
                {"health", {}, {"clinic", "hospital"}, 1, life.minutes},
                {"shops", {}, {"shop"}, 2, life.minutes}};
  life.groups = {"everyone", "aged"};
  life.profiles = {{"aged", "slow"}};
  made->circles.push_back(life);
  return made;
}

class Bench : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("linli_bench_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    const geo::NetworkData& data = porto();
    if (GetParam()) {
      MUST(geo::write_network(data.view(), (folder_ / "network.map").string()));
    }
    for (const geo::Door& door : data.doors) doors_.push_back(off_map(door.at));
    std::vector<Facility> facilities;
    for (int i = 0; i < 40; ++i) facilities.push_back(facility());
    std::vector<Village> villages;
    for (uint64_t i = 0; i < 12; ++i) {
      Village& village = villages.emplace_back();
      village.code = region::Code(62080200100100000 + i);
      village.urban = i % 5 != 4;
      const size_t from = numbers_.below(static_cast<uint32_t>(doors_.size() - 60));
      for (size_t home = 0; home < 60; ++home) {
        village.homes.push_back({doors_[from + home], home % 3 == 0, {{1, 4}, {3, 1}}});
      }
      village.residents = {{1, 250}, {3, 60}};
    }
    facts_ = {content_, std::make_shared<std::vector<Facility>>(facilities),
              std::make_shared<std::vector<Village>>(villages)};
    bench_ = MUST(Workbench::make(facts_, circle(), way_of()));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static const geo::NetworkData& porto() {
    static const geo::NetworkData data =
        MUST(geo::import_osm(MUST(geo::read_osm(kMaps + "/porto.osm.pbf", {}, {})), "porto", {}))
            .network;
    return data;
  }
  const pack::Circle& circle() const { return content_->circles.front(); }
  CircleTimes::WayOf way_of() {
    return [this](const std::string& profile) {
      return streets_.way(*content_, folder_.string(), profile);
    };
  }
  places::Point point() { return doors_[numbers_.below(static_cast<uint32_t>(doors_.size()))]; }
  std::string kind() {
    static const char* kKinds[] = {"canteen", "clinic", "hospital", "shop"};
    return kKinds[numbers_.below(4)];
  }
  Facility facility() { return {.kind = kind(), .name = {}, .place = {}, .point = point()}; }

  Workbench::Rows from_scratch(const std::vector<Trial>& trials) {
    std::vector<Facility> facilities = *facts_.facilities;
    const Changes changes = MUST(changes_of(facilities, trials));
    for (const size_t closed : changes.closed) facilities[closed].in_service = false;
    for (const Facility& added : changes.added) facilities.push_back(added);
    CircleTimes times = MUST(CircleTimes::make(*content_, circle(), facilities, way_of()));
    Workbench::Rows rows;
    for (const Village& village : *facts_.villages) rows.push_back(evaluate(times, village));
    return rows;
  }

  Workbench::Rows rows_after(const std::vector<Trial>& trials) {
    Workbench::Rows rows = bench_->before();
    for (const auto& [village, changed] : MUST(bench_->after(trials)).changed) {
      EXPECT_NE(rows[village], changed);
      rows[village] = changed;
    }
    return rows;
  }

  std::filesystem::path folder_;
  std::shared_ptr<pack::Content> content_ = content();
  Numbers numbers_{11};
  std::vector<places::Point> doors_;
  Streets streets_;
  Facts facts_;
  std::shared_ptr<Workbench> bench_;
};

}  // namespace

TEST_P(Bench, TrialsEqualWhatIsComputedFromScratch) {
  EXPECT_EQ(bench_->before(), from_scratch({}));
  size_t changed = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<Trial> trials;
    for (uint32_t i = 0; i <= numbers_.below(3); ++i) {
      const uint32_t what = numbers_.below(3);
      Trial trial{.kind = kind(), .add = {}, .close = {}, .path = {}};
      if (what != 0) trial.add = point();
      if (what != 1) trial.close = point();
      trials.push_back(trial);
    }
    const Workbench::Rows rows = rows_after(trials);
    ASSERT_EQ(rows, from_scratch(trials)) << "round " << round;
    changed += rows != bench_->before();
    // The sums with what was tried are those of all rows.
    const auto after = sums(*bench_, MUST(bench_->after(trials)));
    for (const GroupSum& sum : after) {
      int64_t complete = 0;
      for (const std::vector<Reach>& village : rows) {
        for (const Reach& row : village) {
          const bool counts =
              row.need == pack::kComplete && row.resident_group == sum.resident_group;
          if (counts) complete += row.reached;
        }
      }
      ASSERT_EQ(sum.complete, complete) << "round " << round;
    }
  }
  EXPECT_GT(changed, 10U);  // else nothing was tried
  EXPECT_TRUE(MUST(bench_->after({})).changed.empty());
}

TEST_P(Bench, PathsBringMoreWithinReachAndAreTakenBack) {
  // From a home of every village straight to every facility.
  std::vector<Trial> trials;
  for (const Village& village : *facts_.villages) {
    for (const Facility& facility : *facts_.facilities) {
      const Trial::Path path{village.homes.front().point, facility.point};
      trials.push_back({.kind = {}, .add = {}, .close = {}, .path = path});
    }
  }
  const Result<Workbench::Tried> tried = bench_->after(trials);
  if (!GetParam()) {
    EXPECT_EQ(tried.error().code, "circle.no_street_near");
  } else {
    EXPECT_EQ(tried->paths.size(), trials.size());
    int64_t more = 0;
    for (const auto& [village, rows] : tried->changed) {
      for (size_t row = 0; row < rows.size(); ++row) {
        ASSERT_GE(rows[row].reached, bench_->before()[village][row].reached);
        more += rows[row].reached - bench_->before()[village][row].reached;
      }
    }
    EXPECT_GT(more, 0);
  }
  EXPECT_EQ(rows_after({}), from_scratch({}));
}

TEST_P(Bench, SumsNameTheirDenominators) {
  const auto& groups = bench_->sums_before();
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].resident_group, "everyone");
  EXPECT_EQ(groups[0].residents,
            10 * 310);  // two villages are rural: the circle says nothing there
  EXPECT_EQ(groups[0].located, 10 * 60 * 5);
  EXPECT_EQ(groups[1].located, 10 * 60);
  EXPECT_EQ(summary(*bench_, "aged", 0, bench_->before()[0]).located, 60);
}

INSTANTIATE_TEST_SUITE_P(Circles, Bench, ::testing::Bool(),
                         [](const auto& tested) { return tested.param ? "map" : "straight"; });

}  // namespace linli::circles
