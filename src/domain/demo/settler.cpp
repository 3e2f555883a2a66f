#include "domain/demo/settler.h"

namespace linli::demo {
namespace {

constexpr int64_t kResidentsAVillage = 3;  // with accounts

}  // namespace

Settler::Settler(City& city, uint64_t seed)
    : city_(city),
      seed_(seed),
      families_(city.content.people),
      people_(city),
      homes_(city),
      stock_(city) {
  for (const bool urban : {true, false}) {
    const json::Value& types = at(city.content.places, "community_types");
    for (const auto& [type, share] : at(types, urban ? "urban" : "rural").as_object()) {
      (urban ? types_.urban : types_.rural).emplace_back(type, share.as_number());
    }
  }
}

void Settler::set_out(Village& village) {
  const std::string county = village.county.text();
  const std::string digits = county.size() == 4 ? county + "00" : county;
  if (city_.counters.county != digits) {
    city_.counters.county = digits;
    city_.counters.births.clear();
    city_.counters.credit_codes = 0;
  }
  village.place.urban = village.urban;
  city_.setting = {.place = village.place.code,
                   .village = village.name,
                   .township = village.township.name,
                   .urban = village.urban,
                   .scale = village.scale,
                   .today = city_.today,
                   .frontage = &village.frontage};
}

// As for a village of full size, however few persons the city has.
void Settler::draw_streets(Village& village, const places::Area& area, places::Point town) {
  const Ground ground{.village = village.place.code,
                      .urban = village.urban,
                      .persons = static_cast<double>(village.persons) / village.scale,
                      .area = area,
                      .town = town};
  Random random(seed_ + 3, static_cast<uint64_t>(village.place.code.padded()));
  village.frontage = city_.streets.of(random, ground, std::ssize(village.grids));
}

void Settler::fill_in(Village& village, const places::Area& area, places::Point town) {
  Random random(seed_ + 1, static_cast<uint64_t>(village.place.code.padded()));
  set_out(village);
  if (village.first) people_.begin_first();
  for (const auto& [type, share] : types_.of(village.urban)) {
    if (random.chance(share)) village.place.community_types.push_back(type);
  }
  const std::vector<Household> households = families_.make(random, village.persons, village.urban);
  homes_.draw_grids(village, std::ssize(households));
  draw_streets(village, area, town);
  const std::vector<std::string> companies = stock_.organisations(random, village);
  homes_.settle(random, village, households, people_, companies);
  stock_.facilities(random, village);
  city_.add_extras(random, "village", village.place.code);
  if (village.township.code != last_township_) {
    stock_.township_facilities(random, village);
    city_.add_extras(random, "township", village.township.code);
  }
  last_township_ = village.township.code;
  if (village.county != last_county_) city_.add_extras(random, "county", village.county);
  last_county_ = village.county;
  village.secretary = stock_.workers(random, village, people_);
  for (int64_t i = 0; i < kResidentsAVillage; ++i) {
    const People::Identity resident = people_.identity(random, 20, 70);
    village.residents.push_back({resident.name, city_.counters.phone()});
  }
}

}  // namespace linli::demo
