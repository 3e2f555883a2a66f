#include "domain/demo/sharing.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "domain/demo/testing.h"

namespace linli::demo {
namespace {

const json::Value& size() {
  static const Content read = MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo"));
  return at(read.places, "size");
}

std::vector<Village> shared(int64_t persons, uint64_t seed = 1, bool everywhere = false) {
  std::vector<Village> villages = testing::county();
  share_out(size(), seed, persons, everywhere, villages);
  return villages;
}

std::set<region::Code> filled(const std::vector<Village>& villages) {
  std::set<region::Code> codes;
  for (const Village& village : villages) {
    if (village.persons > 0) codes.insert(village.place.code);
  }
  return codes;
}

class CitySize : public ::testing::TestWithParam<int64_t> {};

TEST_P(CitySize, HousesEverybodyInTownAndCountryAtAPlausibleSize) {
  const std::vector<Village> villages = shared(GetParam());
  int64_t persons = 0;
  std::set<bool> kinds;
  for (const Village& village : villages) {
    persons += village.persons;
    if (village.persons == 0) continue;
    kinds.insert(village.urban);
    EXPECT_GT(village.persons, village.urban ? 350 : 100) << village.name;
    EXPECT_LE(village.scale, 1);
    EXPECT_GT(village.scale, 0.09) << village.name;
  }
  EXPECT_EQ(persons, GetParam());
  EXPECT_EQ(kinds.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Persons, CitySize, ::testing::Values(5'000, 50'000, 200'000, 1'000'000));

TEST(Sharing, ASmallCityFillsFewVillagesAndALargeOneAll) {
  EXPECT_LE(filled(shared(5'000)).size(), 4U);
  EXPECT_EQ(filled(shared(200'000)).size(), testing::county().size());
  EXPECT_EQ(filled(shared(50'000, 1, true)).size(), testing::county().size());
}

TEST(Sharing, ALargerCityFillsTheVillagesOfASmallerOneAndMore) {
  std::set<region::Code> before;
  for (const int64_t persons : {100, 5'000, 20'000, 50'000, 100'000, 150'000}) {
    const std::set<region::Code> now = filled(shared(persons));
    EXPECT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end())) << persons;
    before = now;
  }
}

TEST(Sharing, FillsATownshipBeforeTheNext) {
  // Of towns and of villages: at most one township is neither full nor empty.
  std::map<bool, std::set<region::Code>> begun;
  std::map<region::Code, std::pair<int, int>> townships;  // filled, all
  const std::vector<Village> villages = shared(80'000);
  for (const Village& village : villages) {
    auto& [full, all] = townships[village.township.code];
    full += village.persons > 0 ? 1 : 0;
    ++all;
  }
  for (const Village& village : villages) {
    const auto [full, all] = townships[village.township.code];
    if (full > 0 && full < all) begun[village.urban].insert(village.township.code);
  }
  EXPECT_LE(begun[true].size(), 1U);
  EXPECT_LE(begun[false].size(), 1U);
}

TEST(Sharing, KeepsTheSharesOfTownAndCountry) {
  const auto towns = [](int64_t persons) {
    double in_towns = 0;
    for (const Village& village : shared(persons)) {
      if (village.urban) in_towns += static_cast<double>(village.persons);
    }
    return in_towns / static_cast<double>(persons);
  };
  EXPECT_NEAR(towns(100'000), towns(400'000), 0.05);
}

TEST(Sharing, GoesBySeed) {
  const auto persons = [](uint64_t seed) {
    std::vector<int64_t> each;
    for (const Village& village : shared(50'000, seed)) each.push_back(village.persons);
    return each;
  };
  EXPECT_EQ(persons(1), persons(1));
  EXPECT_NE(persons(1), persons(2));
}

TEST(Sharing, AFewPersonsStillLiveInTownAndCountry) {
  std::vector<Village> villages = shared(10);
  int64_t persons = 0;
  for (const Village& village : villages) persons += village.persons;
  EXPECT_EQ(persons, 10);
  EXPECT_EQ(filled(villages).size(), 2U);
}

}  // namespace
}  // namespace linli::demo
