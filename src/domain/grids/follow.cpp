#include "domain/grids/follow.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "domain/cases/api.h"
#include "domain/grids/facts.h"
#include "domain/grids/sheet.h"
#include "domain/registers/api.h"

namespace linli::grids {
namespace {

class Planner {
 public:
  Planner(db::Tx& tx, host::Services& services, const Community& community, const Places& places,
          const std::map<int32_t, std::vector<Code>>& successors)
      : tx_(tx),
        services_(services),
        community_(community),
        places_(places),
        successors_(successors) {
    for (const auto& [house, place] : places) standing_.insert(place);
    for (const House& house : community.houses) {
      for (const std::string& group : {house.estate, house.villagers_group}) {
        const auto lies = places.find(house.id);
        if (!group.empty() && lies != places.end()) of_group_[group].insert(lies->second);
      }
    }
  }

  std::vector<Follow> plan() {
    // In this order: homes and households tell where those lie who belong to them.
    for (const std::string_view key :
         {"housing_estate", "villagers_group", "building", "dwelling", "household", "person"}) {
      records(key);
    }
    for (const pack::Register& kind : services_.content->registers) {
      if (!seen_.contains(kind.key)) records(kind.key);
    }
    for (const cases::Lying& lying : cases::open_below(tx_, community_.parent)) {
      const std::optional<Code> to = elsewhere(lying.place, lying.point);
      if (to && !fits(*to, lying.place)) planned_.push_back({nullptr, lying.id, true, *to});
    }
    return std::move(planned_);
  }

 private:
  bool fits(Code wanted, Code place) const { return wanted.contains(place); }

  void records(std::string_view key) {
    const Sheet sheet(tx_, services_, key, community_.parent);
    seen_.insert(std::string(key));
    // What a module computes follows by itself.
    if (sheet.kind() == nullptr || !sheet.kind()->computed_by.empty()) return;
    const size_t building = sheet.slot("building");
    const size_t dwelling = sheet.slot("dwelling");
    const size_t household = sheet.slot("household");
    const size_t estate = sheet.slot("estate");
    const size_t group = sheet.slot("villagers_group");
    const size_t point = sheet.slot("point");
    sheet.each([&](const std::string& id, const host::Change::Side& side) {
      std::optional<Code> to;
      bool placed = true;
      if (key == "housing_estate" || key == "villagers_group") {
        to = whole_group(id, side.place);
      } else if (key == "building") {
        to = place_of(id);
      } else if (key == "dwelling") {
        to = place_of(text_at(side, building));
        if (!to) to = place_of(id);
        if (to) lies_[id] = *to;
      } else if (key == "household") {
        to = of_household(text_at(side, dwelling), text_at(side, estate), text_at(side, group));
        placed = to.has_value();
        if (!to) to = not_placed(side.place);
        if (to) lies_[id] = *to;
      } else if (key == "person") {
        to = known(text_at(side, household));
      }
      if (!to) to = elsewhere(side.place, point_at(side, point));
      if (to && !fits(*to, side.place)) planned_.push_back({sheet.kind(), id, placed, *to});
    });
  }

  std::optional<Code> place_of(const std::string& house) const {
    const auto found = places_.find(house);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Code> known(const std::string& id) const {
    const auto found = lies_.find(id);
    return found == lies_.end() ? std::nullopt : std::optional(found->second);
  }

  // As facts.h counts it.
  std::optional<Code> of_household(const std::string& dwelling, const std::string& estate,
                                   const std::string& group) const {
    for (const std::optional<Code>& to : {known(dwelling), place_of(estate), place_of(group)}) {
      if (to) return to;
    }
    return std::nullopt;
  }
  std::optional<Code> not_placed(Code place) const {
    const int32_t grid = number_in(community_.parent, place);
    const Code lies = grid == kNone ? community_.parent : code_of(community_.parent, grid);
    return place_of(not_placed_in(lies));
  }

  std::optional<Code> whole_group(const std::string& id, Code place) const {
    const auto found = of_group_.find(id);
    if (found == of_group_.end()) return std::nullopt;
    if (found->second.size() == 1) return *found->second.begin();
    // In several grids: only the community holds all of it.
    return place == community_.parent ? std::nullopt : std::optional(community_.parent);
  }

  std::optional<Code> elsewhere(Code place, std::optional<places::Point> point) const {
    const int32_t number = number_in(community_.parent, place);
    if (number == kNone) return std::nullopt;
    if (point) return nearest(*point);
    if (standing_.contains(code_of(community_.parent, number))) return std::nullopt;
    const auto next = successors_.find(number);
    const bool none = next == successors_.end() || next->second.empty();
    return none ? community_.parent : next->second.front();
  }

  std::optional<Code> nearest(places::Point point) const {
    std::optional<Code> found;
    double least = std::numeric_limits<double>::infinity();
    const double narrower = std::cos(point.lat * 3.14159265358979 / 180);
    for (const House& house : community_.houses) {
      const auto lies = places_.find(house.id);
      if (!house.placed() || lies == places_.end()) continue;
      const double away =
          std::hypot((house.point->lon - point.lon) * narrower, house.point->lat - point.lat);
      if (away < least) least = away, found = lies->second;
    }
    return found;
  }

  db::Tx& tx_;
  host::Services& services_;
  const Community& community_;
  const Places& places_;
  const std::map<int32_t, std::vector<Code>>& successors_;
  std::set<Code> standing_;  // grids that have houses
  std::map<std::string, std::set<Code>> of_group_;
  std::map<std::string, Code> lies_;  // homes and households
  std::set<std::string, std::less<>> seen_;
  std::vector<Follow> planned_;
};

}  // namespace

std::map<int32_t, std::vector<Code>> successors(const Community& community, const Places& places) {
  std::set<Code> standing;
  std::map<int32_t, std::map<Code, int64_t>> shared;  // grid → where its households go
  for (const House& house : community.houses) {
    const auto now = places.find(house.id);
    if (now == places.end()) continue;
    standing.insert(now->second);
    shared[number_in(community.parent, house.place)][now->second] += 0;
    for (const auto& [recorded, count] : house.recorded) {
      shared[recorded][now->second] += count.households;
    }
  }
  std::map<int32_t, std::vector<Code>> ended;
  for (const Grid& grid : community.grids) {
    if (standing.contains(grid.code)) continue;
    std::vector<std::pair<int64_t, Code>> order;
    for (const auto& [code, households] : shared[grid.number])
      order.emplace_back(-households, code);
    std::sort(order.begin(), order.end());
    std::vector<Code>& into = ended[grid.number];
    // Those that only got a building without households have no part in it.
    for (const auto& [households, code] : order) {
      if (households < 0 || into.empty()) into.push_back(code);
    }
  }
  return ended;
}

std::vector<Follow> followers(db::Tx& tx, host::Services& services, const Community& community,
                              const Places& places,
                              const std::map<int32_t, std::vector<Code>>& successors) {
  return Planner(tx, services, community, places, successors).plan();
}

}  // namespace linli::grids
