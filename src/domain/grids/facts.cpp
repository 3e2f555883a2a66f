#include "domain/grids/facts.h"

#include <algorithm>

#include "domain/grids/rules.h"
#include "domain/grids/sheet.h"

namespace linli::grids {
namespace {

using host::Change;

constexpr int64_t kMostGrids = 1000;

struct Middle {
  double lon = 0;
  double lat = 0;
  int64_t count = 0;
  void add(places::Point point) {
    lon += point.lon;
    lat += point.lat;
    ++count;
  }
  std::optional<places::Point> point() const {
    if (count == 0) return std::nullopt;
    const auto number = static_cast<double>(count);
    return places::Point{lon / number, lat / number};
  }
};

class Reader {
 public:
  Reader(db::Tx& tx, host::Services& services, Community& made)
      : tx_(tx), services_(services), made_(made) {}

  void read() {
    read_named("housing_estate", made_.estates);
    read_named("villagers_group", made_.villagers_groups);
    read_buildings();
    read_dwellings();
    read_households();
    read_persons();
    name_the_rest();
    choose_groups();
    locate();
  }

 private:
  // The house of that id, which `known` makes when there is none yet.
  size_t house(const std::string& id, const std::function<House()>& known) {
    const auto [at, is_new] = index_.try_emplace(id, made_.houses.size());
    if (is_new) made_.houses.push_back(known());
    return at->second;
  }

  void read_named(std::string_view key, std::map<std::string, std::string>& names) {
    const Sheet sheet(tx_, services_, key, made_.parent.village());
    const size_t name = sheet.slot("name");
    const size_t point = sheet.slot("point");
    sheet.each([&](const std::string& id, const Change::Side& side) {
      names[id] = text_at(side, name);
      own_places_[id] = side.place;
      if (const auto where = point_at(side, point)) own_points_[id] = *where;
    });
  }

  void read_buildings() {
    const Sheet sheet(tx_, services_, "building", made_.parent.village());
    const size_t name = sheet.slot("name");
    const size_t estate = sheet.slot("estate");
    const size_t point = sheet.slot("point");
    sheet.each([&](const std::string& id, const Change::Side& side) {
      House found{.id = id, .kind = "building", .point = point_at(side, point)};
      found.estate = text_at(side, estate);
      found.place = side.place;
      const auto known = made_.estates.find(found.estate);
      if (known == made_.estates.end()) found.estate.clear();
      found.name = (found.estate.empty() ? "" : known->second) + text_at(side, name);
      buildings_.emplace(id, std::move(found));
    });
    for (const auto& [id, found] : buildings_) {
      // Without anybody in it, a building counts where it stands.
      const bool here = made_.parent.contains(found.place);
      if (here && (found.point || !found.estate.empty())) add_building(id);
    }
  }

  size_t add_building(const std::string& id) {
    return house(id, [&] { return buildings_.at(id); });
  }

  void read_dwellings() {
    const Sheet sheet(tx_, services_, "dwelling", made_.parent.village());
    const size_t address = sheet.slot("address");
    const size_t building = sheet.slot("building");
    const size_t point = sheet.slot("point");
    sheet.each([&](const std::string& id, const Change::Side& side) {
      Dwelling found{text_at(side, building), {}};
      found.alone = {.id = id,
                     .kind = "dwelling",
                     .name = text_at(side, address),
                     .point = point_at(side, point)};
      found.alone.place = side.place;
      if (!buildings_.contains(found.building)) found.building.clear();
      if (!found.building.empty() && found.alone.point) {
        homes_[found.building].add(*found.alone.point);
      }
      dwellings_.emplace(id, std::move(found));
    });
  }

  // The house in which a household is counted: the rule of facts.h.
  size_t house_of(const std::string& dwelling, const std::string& estate, const std::string& group,
                  int32_t grid) {
    if (const auto home = dwellings_.find(dwelling); home != dwellings_.end()) {
      if (!home->second.building.empty()) return add_building(home->second.building);
      return house(dwelling, [&] { return home->second.alone; });
    }
    const auto named = [&](const std::string& id, std::string_view kind, const std::string& name) {
      return house(id, [&] {
        House made{.id = id, .kind = std::string(kind), .name = name};
        made.place = own_places_[id];
        const auto own = own_points_.find(id);
        if (own != own_points_.end()) made.point = own->second;
        return made;
      });
    };
    if (const auto known = made_.estates.find(estate); known != made_.estates.end()) {
      const size_t at = named(estate, "housing_estate", known->second);
      made_.houses[at].estate = estate;
      return at;
    }
    const auto known = made_.villagers_groups.find(group);
    if (known != made_.villagers_groups.end())
      return named(group, "villagers_group", known->second);
    const Code where = grid == kNone ? made_.parent : code_of(made_.parent, grid);
    return house(not_placed_in(where), [&] {
      House made{.id = not_placed_in(where), .kind = "not_placed"};
      made.place = where;
      return made;
    });
  }

  void read_households() {
    const Sheet sheet(tx_, services_, "household", made_.parent);
    const size_t dwelling = sheet.slot("dwelling");
    const size_t estate = sheet.slot("estate");
    const size_t group = sheet.slot("villagers_group");
    sheet.each([&](const std::string& id, const Change::Side& side) {
      const int32_t grid = number_in(made_.parent, side.place);
      const std::string group_id = text_at(side, group);
      const size_t at = house_of(text_at(side, dwelling), text_at(side, estate), group_id, grid);
      households_.emplace(id, Lives{at, grid});
      House& home = made_.houses[at];
      ++home.all.households;
      ++home.recorded[grid].households;
      if (made_.villagers_groups.contains(group_id)) ++groups_[at][group_id];
    });
  }

  void read_persons() {
    const Sheet sheet(tx_, services_, "person", made_.parent);
    const size_t household = sheet.slot("household");
    sheet.each([&](const std::string&, const Change::Side& side) {
      const auto lives = households_.find(text_at(side, household));
      if (lives == households_.end()) return;
      House& home = made_.houses[lives->second.house];
      ++home.all.residents;
      ++home.recorded[lives->second.grid].residents;
    });
  }

  void name_the_rest() {
    for (House& home : made_.houses) {
      if (home.kind != "not_placed") continue;
      home.name = made_.name;
      for (const Grid& grid : made_.grids) {
        if (grid.code == home.place) home.name = grid.name;
      }
    }
  }

  void choose_groups() {
    for (const auto& [at, votes] : groups_) {
      int64_t most = 0;
      for (const auto& [group, households] : votes) {
        if (households > most) most = households, made_.houses[at].villagers_group = group;
      }
    }
  }

  void locate() {
    for (House& home : made_.houses) {
      if (home.point) continue;
      home.estimate = true;
      if (const auto homes = homes_.find(home.id); homes != homes_.end()) {
        home.point = homes->second.point();
        home.estimate = false;  // where its own homes are
      }
      for (const std::string& around : {home.estate, home.villagers_group}) {
        const auto own = own_points_.find(around);
        if (!home.point && own != own_points_.end()) home.point = own->second;
      }
    }
    std::map<std::string, Middle> of_group;
    std::map<int32_t, Middle> of_grid;
    Middle of_all;
    for (const House& home : made_.houses) {
      if (!home.point) continue;
      for (const std::string& group : {home.estate, home.villagers_group}) {
        if (!group.empty()) of_group[group].add(*home.point);
      }
      of_grid[number_in(made_.parent, home.place)].add(*home.point);
      of_all.add(*home.point);
    }
    std::optional<places::Point> middle = of_all.point();
    if (!middle) {
      places::Atlas atlas(places::outlines_folder(services_.settings));
      middle = atlas.point_of(tx_, made_.parent);
    }
    for (House& home : made_.houses) {
      if (home.point) continue;
      home.point = of_group[home.estate.empty() ? home.villagers_group : home.estate].point();
      if (!home.point) home.point = of_grid[number_in(made_.parent, home.place)].point();
      if (!home.point) home.point = middle;
    }
  }

  struct Dwelling {
    std::string building;
    House alone;
  };
  struct Lives {
    size_t house = 0;
    int32_t grid = kNone;
  };
  db::Tx& tx_;
  host::Services& services_;
  Community& made_;
  std::map<std::string, size_t> index_;  // of houses
  std::map<std::string, House> buildings_;
  std::map<std::string, Dwelling> dwellings_;
  std::map<std::string, Lives> households_;
  std::map<std::string, Middle> homes_;  // of a building's dwellings
  std::map<std::string, places::Point> own_points_;
  std::map<std::string, Code> own_places_;
  std::map<size_t, std::map<std::string, int64_t>> groups_;  // house → households by group
};

}  // namespace

Result<Community> community(db::Tx& tx, host::Services& services, Code parent) {
  const region::Level level = parent.level();
  if (level != region::Level::village && level != region::Level::grid) {
    return refuse(ErrorKind::invalid, "place.no_grids_here");
  }
  const places::Place place = TRY(places::find(tx, parent));
  TRY(places::require_active(tx, parent));
  Community made{
      .parent = parent, .name = place.name, .urban = places::attributes_of(tx, parent).urban};
  for (const places::Place& child : places::children(tx, parent, parent, kMostGrids, true)) {
    const int32_t number = number_in(parent, child.code);
    made.last_number = std::max(made.last_number, number);
    if (child.status == places::Status::active)
      made.grids.push_back({number, child.code, child.name});
  }
  Reader(tx, services, made).read();
  return made;
}

std::map<int32_t, places::Area> outlines(db::Tx& tx, host::Services& services,
                                         const Community& community, const Division& division) {
  places::Atlas atlas(places::outlines_folder(services.settings));
  places::Area whole = atlas.area_of(tx, community.parent);
  std::vector<places::Point> seeds;
  for (const House& house : community.houses) seeds.push_back(*house.point);
  const auto inside = [&](places::Point seed) { return places::contains(whole, seed); };
  if (!seeds.empty() && !std::all_of(seeds.begin(), seeds.end(), inside)) {
    places::Point low = seeds.front();
    places::Point high = low;
    for (const places::Point seed : seeds) {
      low = {std::min(low.lon, seed.lon), std::min(low.lat, seed.lat)};
      high = {std::max(high.lon, seed.lon), std::max(high.lat, seed.lat)};
    }
    constexpr double kMargin = 0.001;  // degrees, about 100 m
    low = {low.lon - kMargin, low.lat - kMargin};
    high = {high.lon + kMargin, high.lat + kMargin};
    whole = {{low, {high.lon, low.lat}, high, {low.lon, high.lat}}};
  }
  return places::mosaic(whole, seeds, division);
}

}  // namespace linli::grids
