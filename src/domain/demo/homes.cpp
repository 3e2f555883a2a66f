#include "domain/demo/homes.h"

#include <algorithm>
#include <cmath>

namespace linli::demo {
namespace {

constexpr int64_t kGridStep = 100;  // of padded codes
constexpr int64_t kMostGrids = 999;
constexpr int64_t kStaircases = 3;
constexpr int64_t kHomesAFloor = 2;
constexpr int64_t kOldUntil = 2000;  // 老旧小区：2000 年底以前建成

int64_t at_least_one(double number) {
  return std::max<int64_t>(1, std::llround(number));
}

double whole(double number) {
  return std::round(number);
}

}  // namespace

Homes::Homes(City& city)
    : city_(city),
      estate_(city.packs, "housing_estate"),
      building_(city.packs, "building"),
      dwelling_(city.packs, "dwelling"),
      group_(city.packs, "villagers_group") {
  const json::Value& places = city.content.places;
  grid_households_ = {at(places, "grid.urban.households").as_number(),
                      at(places, "grid.rural.households").as_number()};
  grid_name_ = {at(places, "grid.urban.name").as_string(),
                at(places, "grid.rural.name").as_string()};
  estate_households_ = at(places, "estate.households").as_number();
  building_dwellings_ = both_numbers(at(places, "building.dwellings"));
  estate_names_ = texts_of(at(places, "estate.names"));
  estate_endings_ = texts_of(at(places, "estate.ending"));
  streets_ = texts_of(at(places, "streets"));
  completed_ = span_of(at(places, "estate.completed_year"));
  property_mode_ = Mix(at(places, "estate.property_mode"));
  renovation_ = Mix(at(places, "estate.renovation_old"));
  service_room_ = span_of(at(places, "estate.service_room_m2_per_100_households"));
  dwelling_area_ = span_of(at(places, "estate.area_m2_a_dwelling"));
  floors_ = Mix(at(places, "building.floors"));
  use_ = Mix(at(places, "dwelling_use"));
}

void Homes::draw_grids(Village& village, int64_t households) const {
  village.households = households;
  const double wanted = grid_households_.of(village.urban);
  const int64_t grids =
      std::min(kMostGrids, at_least_one(static_cast<double>(village.households) / wanted));
  for (int64_t i = 1; i <= grids; ++i) {
    places::Place grid;
    grid.code = region::Code(village.place.code.padded() + i * kGridStep);
    grid.parent = village.place.code;
    grid.name = fill(grid_name_.of(village.urban), "n", std::to_string(i));
    grid.valid_from = city_.today;
    village.grids.push_back(std::move(grid));
  }
}

void Homes::settle(Random& random, Village& village, const std::vector<Household>& households,
                   People& people, const std::vector<std::string>& companies) {
  const int64_t count = village.households;
  const auto grids = std::ssize(village.grids);
  const std::vector<std::string> groups = add_groups(random, village);
  const int64_t estates =
      village.urban ? at_least_one(static_cast<double>(count) / estate_households_) : 0;
  Estate estate;
  std::string building;
  places::Point point;
  int64_t buildings = 0;
  int64_t in_building = 0;
  const auto homes_a_building = static_cast<int64_t>(building_dwellings_.of(village.urban));
  for (int64_t i = 0; i < count; ++i) {
    const auto nth_grid = static_cast<size_t>(i * grids / count);
    const region::Code grid = village.grids[nth_grid].code;
    if (estates > 0 && i == estate.end) {
      const int64_t nth = i * estates / count;
      const int64_t end = (nth + 1) * count / estates + ((nth + 1) * count % estates ? 1 : 0);
      estate = add_estate(random, village, i, std::min(end, count), companies, nth);
      buildings = 0;
      in_building = homes_a_building;
    }
    if (homes_a_building > 0 && in_building == homes_a_building) {
      point = village.of_home(i);
      building = add_building(random, grid, estate, ++buildings,
                              std::min(homes_a_building, estate.end - i), point);
      in_building = 0;
    }
    Home home{.place = grid, .estate = estate.id};
    if (!village.urban) home.group = groups[nth_grid];
    home.address = estates > 0 ? estate.address + std::to_string(buildings) + "号楼"
                               : village.name + village.grids[nth_grid].name;
    if (homes_a_building == 0) {
      point = village.of_home(i);
      city_.streets.add_door(point, 1);
    }
    home = add_dwelling(random, village, std::move(home), building, estates > 0 ? in_building : i,
                        point);
    ++in_building;
    people.add(random, village, households[static_cast<size_t>(i)], home, i + 1);
  }
}

std::vector<std::string> Homes::add_groups(Random& random, const Village& village) {
  std::vector<std::string> ids;
  const time::Instant now = city_.start_of_today();
  for (size_t nth = 0; nth < village.grids.size() && !village.urban; ++nth) {
    Loaded record = group_.start(make_id(random, now), village.grids[nth].code, now);
    group_.set(record, "name", village.grids[nth].name);
    group_.set(record, "point", point_value(village.in_grid(random, nth)));
    ids.push_back(city_.add(group_, std::move(record)));
  }
  return ids;
}

Homes::Estate Homes::add_estate(Random& random, const Village& village, int64_t first, int64_t end,
                                const std::vector<std::string>& companies, int64_t nth) {
  const time::Instant now = city_.start_of_today();
  Estate estate{.id = make_id(random, now), .first = first, .end = end};
  const std::string name = random.one_of(estate_names_) + random.one_of(estate_endings_) +
                           (nth == 0 ? "" : std::to_string(nth + 1) + "区");
  estate.address = random.one_of(streets_) +
                   std::to_string(random.between(int64_t{1}, int64_t{280})) + "号" + name;
  const region::Code grid =
      village.grids[static_cast<size_t>(first * std::ssize(village.grids) / village.households)]
          .code;
  const auto households = static_cast<double>(end - first);
  const int64_t completed = completed_.pick_whole(random);
  const double area = whole(households * 1.06 * dwelling_area_.pick(random));
  Loaded record = estate_.start(estate.id, grid, now);
  const auto set = [&](std::string_view field, Value value) {
    estate_.set(record, field, std::move(value));
  };
  set("name", name);
  set("address", estate.address);
  set("households", end - first);
  set("dwellings", std::llround(households * 1.06));
  set("total_floor_area", area);
  set("commercial_area", whole(area * random.between(0.01, 0.09)));
  set("service_room_area", whole(households / 100 * service_room_.pick(random)));
  set("elderly_room_area", whole(households / 100 * random.between(4.0, 22.0)));
  set("culture_area", whole(households / 100 * random.between(2.0, 14.0)));
  set("completed_year", completed);
  set("new_build", yes(completed > 2020));
  if (completed > 2020) set("delivery", std::string(random.chance(0.7) ? "handed_over" : "built"));
  set("childcare_provided", yes(random.chance(0.2)));
  const std::string& mode = property_mode_.pick(random);
  set("property_mode", mode);
  if (mode.ends_with("company") && !companies.empty()) {
    set("property_company", random.one_of(companies));
  }
  const std::string renovation =
      completed <= kOldUntil ? renovation_.pick(random) : std::string("not_needed");
  set("renovation", renovation);
  if (renovation == "finished") set("renovated_on", city_.recently(random, 1500));
  if (renovation != "not_needed" && renovation != "needed") set("renovation_area", area);
  set("barrier_free", yes(random.chance(completed > 2005 ? 0.7 : 0.3)));
  set("security_system", yes(random.chance(0.45)));
  set("point", point_value(village.of_home((first + end) / 2)));
  city_.add(estate_, std::move(record));
  return estate;
}

std::string Homes::add_building(Random& random, region::Code place, const Estate& estate,
                                int64_t number, int64_t dwellings, places::Point point) {
  const time::Instant now = city_.start_of_today();
  const int64_t floors = std::stoll(floors_.pick(random));
  Loaded record = building_.start(make_id(random, now), place, now);
  const auto set = [&](std::string_view field, Value value) {
    building_.set(record, field, std::move(value));
  };
  set("name", std::to_string(number) + "号楼");
  set("kind", std::string("residential"));
  if (!estate.id.empty()) set("estate", estate.id);
  set("address", estate.address + std::to_string(number) + "号楼");
  set("floors", floors);
  set("staircases", kStaircases);
  set("dwellings", dwellings);
  set("floor_area", whole(static_cast<double>(dwellings) * dwelling_area_.pick(random)));
  set("lift", yes(floors > 7));
  set("barrier_free", yes(random.chance(floors > 7 ? 0.8 : 0.25)));
  set("point", point_value(point));
  city_.streets.add_door(point, floors);
  return city_.add(building_, std::move(record));
}

Home Homes::add_dwelling(Random& random, const Village& village, Home home,
                         const std::string& building, int64_t nth, places::Point point) {
  const time::Instant now = city_.start_of_today();
  Loaded record = dwelling_.start(make_id(random, now), home.place, now);
  const auto set = [&](std::string_view field, Value value) {
    dwelling_.set(record, field, std::move(value));
  };
  if (village.urban) {
    const int64_t staircase = nth % kStaircases + 1;
    const int64_t floor = nth / kStaircases / kHomesAFloor + 1;
    const std::string room =
        std::to_string(floor) + "0" + std::to_string(nth / kStaircases % kHomesAFloor + 1);
    home.address += std::to_string(staircase) + "单元" + room;
    set("building", building);
    set("unit", std::to_string(staircase));
    set("room", room);
    set("floor", floor);
  } else {
    home.address += std::to_string(nth + 1) + "号";
  }
  set("address", home.address);
  set("point", point_value(point));
  set("floor_area", whole(dwelling_area_.pick(random)));
  set("use", village.urban ? use_.pick(random) : std::string("owner"));
  home.dwelling = city_.add(dwelling_, std::move(record));
  return home;
}

}  // namespace linli::demo
