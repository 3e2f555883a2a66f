#include "domain/demo/settler.h"

#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "domain/demo/sharing.h"
#include "domain/demo/testing.h"
#include "engine/pack/load.h"

namespace linli::demo {
namespace {

constexpr time::Date kToday = 20250601;
constexpr int64_t kPersonsLookedAt = 16'000;  // of large cities a part of the villages is made

const pack::Content& packs() {
  static const auto loaded = [] {
    std::vector<pack::Mistake> mistakes;
    return pack::load(LINLI_SOURCE_DIR "/packs", {"base", "pingliang"}, mistakes);
  }();
  return *loaded;
}

// What the villages of a city have, added up.
struct Sums {
  double persons = 0;
  double households = 0;
  double facilities = 0;
  double community_workers = 0;
  double least_area = 1e9;             // of a facility that has one
  std::map<std::string, double> area;  // by kind of facility
  std::map<std::string, double> capacity;
};

class Counted {
 public:
  explicit Counted(std::string_view register_key) : kind_(*packs().find_register(register_key)) {}
  std::string text(const Loaded& record, std::string_view field) const {
    const auto* found = std::get_if<std::string>(&value(record, field));
    return found == nullptr ? "" : *found;
  }
  double number(const Loaded& record, std::string_view field) const {
    const Value& found = value(record, field);
    if (const auto* whole = std::get_if<int64_t>(&found)) return static_cast<double>(*whole);
    const auto* real = std::get_if<double>(&found);
    return real == nullptr ? std::nan("") : *real;
  }

 private:
  const Value& value(const Loaded& record, std::string_view field) const {
    return record.record.values[static_cast<size_t>(kind_.field(field) - kind_.fields.data())];
  }
  const pack::Register& kind_;
};

void count(const Batch& batch, Sums& sums) {
  const Counted facility("facility");
  const Counted worker("worker");
  for (const Loaded& record : batch.at("facility")) {
    ++sums.facilities;
    const std::string kind = facility.text(record, "kind");
    if (const double area = facility.number(record, "area"); !std::isnan(area)) {
      sums.area[kind] += area;
      sums.least_area = std::min(sums.least_area, area);
    }
    if (const double places = facility.number(record, "capacity"); !std::isnan(places)) {
      sums.capacity[kind] += places;
    }
  }
  for (const Loaded& record : batch.at("worker")) {
    const std::string kind = worker.text(record, "kind");
    if (kind == "party" || kind == "committee_full_time" || kind == "service_full_time") {
      ++sums.community_workers;
    }
  }
}

Sums city_of(int64_t persons) {
  City city(packs(), MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo")), kToday, "");
  Settler settler(city, 1);
  std::vector<Village> villages = testing::county();
  share_out(at(city.content.places, "size"), 1, persons, false, villages);
  std::erase_if(villages, [](const Village& village) { return village.persons == 0; });
  const auto every = static_cast<size_t>(std::max<int64_t>(1, persons / kPersonsLookedAt));
  Sums sums;
  for (size_t i = 0; i < villages.size(); i += every) {
    const double west = 106.6 + 0.024 * static_cast<double>(i);
    settler.fill_in(villages[i],
                    {{{west, 35.5}, {west + 0.024, 35.5}, {west + 0.024, 35.52}, {west, 35.52}}},
                    {106.612, 35.51});
    sums.persons += static_cast<double>(villages[i].persons);
    sums.households += static_cast<double>(villages[i].households);
    count(city.batch, sums);
    city.batch.clear();
  }
  return sums;
}

class FiguresPerHead : public ::testing::TestWithParam<int64_t> {};

TEST_P(FiguresPerHead, ArePlausible) {
  const Sums city = city_of(GetParam());
  const double per_1000 = 1000 / city.persons;
  // The plans want 30 square metres per 100 households and find about 20 to 30.
  const double area = city.area.at("comprehensive_service") * 100 / city.households;
  EXPECT_GT(area, 14);
  EXPECT_LT(area, 45);
  // The plans want 18 community workers per 10,000 in towns; villages have fewer.
  EXPECT_GT(10 * per_1000 * city.community_workers, 10);
  EXPECT_LT(10 * per_1000 * city.community_workers, 45);
  EXPECT_GT(city.facilities * per_1000, 8);
  EXPECT_LT(city.facilities * per_1000, 50);
  EXPECT_NEAR(city.persons / city.households, 2.6, 0.35);
  // Nobody keeps a library of two square metres.
  EXPECT_GE(city.least_area, 4);
  // Childcare: the plans want 4 to 5 places per 1000; a city of few villages may have none.
  const auto childcare = city.capacity.find("childcare");
  const double places = childcare == city.capacity.end() ? 0 : childcare->second * per_1000;
  EXPECT_LT(places, 14);
  if (GetParam() >= 200'000) {
    EXPECT_GT(places, 0.2);
  }
}

INSTANTIATE_TEST_SUITE_P(Persons, FiguresPerHead, ::testing::Values(5'000, 50'000, 200'000));

TEST(Settling, SomebodyIsOfTheGroupsThatASignInLooksAfter) {
  City city(packs(), MUST(Content::read(LINLI_SOURCE_DIR "/packs/demo")), kToday, "");
  Settler settler(city, 1);
  Village village = testing::county().front();
  village.persons = 60;
  village.scale = 60.0 / 3500;
  village.first = true;
  settler.fill_in(village, {{{106.6, 35.5}, {106.624, 35.5}, {106.624, 35.52}, {106.6, 35.52}}},
                  {106.612, 35.51});
  int corrected = 0;
  for (const Loaded& person : city.batch.at("person")) {
    for (const registers::LabelPeriod& label : person.labels) {
      corrected += label.label == "community_correction" ? 1 : 0;
    }
  }
  EXPECT_GE(corrected, 1);
}

}  // namespace
}  // namespace linli::demo
