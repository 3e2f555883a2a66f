#include "domain/siting/ground.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::siting {

namespace {

using circles::Facility;
using circles::Way;

constexpr std::string_view kPremises = "premises";
constexpr double kMetresPerDegree = 111'195;
constexpr size_t kMostWalks = 20'000'000;  // 8 bytes each, twice while they are put in order
constexpr size_t kFewestCandidates = 200;

// The numbers of `ground.ways` for the circle's own way and for the groups that travel otherwise.
class Ways {
 public:
  static Result<Ways> make(host::Services& services, circles::Circles& circles,
                           const pack::Circle& circle, Ground& ground) {
    Ways made;
    std::map<std::string, size_t> known;
    const auto number = [&](const std::string& profile) -> Result<size_t> {
      if (const auto found = known.find(profile); found != known.end()) return found->second;
      ground.ways.push_back(TRY(circles.way(services, profile)));
      return known[profile] = ground.ways.size() - 1;
    };
    TRY(number(circle.mode));
    const auto& groups = services.content->groups;
    for (const auto& [group, profile] : circle.profiles) {
      for (size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].key == group) {
          made.others_.emplace_back(uint64_t{1} << i, TRY(number(profile)));
        }
      }
    }
    return made;
  }
  size_t of(uint64_t groups) const {
    for (const auto& [group, way] : others_) {
      if ((groups & group) != 0) return way;
    }
    return 0;
  }

 private:
  std::vector<std::pair<uint64_t, size_t>> others_;
};

// What a resident counts for: the greatest weight of their groups, 1 without.
class Weights {
 public:
  Weights(const pack::Content& content, const std::vector<Assumption>& asked) {
    for (const Assumption& weight : asked) {
      for (size_t i = 0; i < content.groups.size(); ++i) {
        if (content.groups[i].key == weight.key)
          weights_.emplace_back(uint64_t{1} << i, weight.value);
      }
    }
  }
  double of(uint64_t groups) const {
    double most = 1;
    for (const auto& [group, weight] : weights_) {
      if ((groups & group) != 0) most = std::max(most, weight);
    }
    return most;
  }

 private:
  std::vector<std::pair<uint64_t, double>> weights_;
};

void add_village(Ground& ground, const Inquiry& inquiry, const Ways& ways, const Weights& weights,
                 const circles::Village& village) {
  Ground::Village row{
      .code = village.code, .name = {}, .minutes = inquiry.minutes.in(village.urban)};
  for (const circles::Cohort& cohort : village.residents) {
    if ((cohort.groups & inquiry.group_bit) != 0) row.persons += cohort.count;
  }
  for (const circles::Home& home : village.homes) {
    std::map<std::pair<size_t, double>, int64_t> alike;
    for (const circles::Cohort& cohort : home.residents) {
      if ((cohort.groups & inquiry.group_bit) == 0) continue;
      alike[{ways.of(cohort.groups), weights.of(cohort.groups)}] += cohort.count;
      row.located += cohort.count;
    }
    if (!row.minutes) continue;
    for (const auto& [how, persons] : alike) {
      ground.origins.push_back({home.point, village.code, how.first, persons, how.second,
                                static_cast<float>(*row.minutes)});
    }
  }
  ground.villages.push_back(std::move(row));
}

// A corner of the map within which everything of interest lies.
struct Frame {
  double west = 180, east = -180, south = 90, north = -90;
  void take(places::Point point) {
    west = std::min(west, point.lon), east = std::max(east, point.lon);
    south = std::min(south, point.lat), north = std::max(north, point.lat);
  }
  bool holds(places::Point point, double margin) const {
    return point.lon >= west - margin && point.lon <= east + margin &&
           point.lat >= south - margin && point.lat <= north + margin;
  }
};

void add_existing(Ground& ground, const Inquiry& inquiry, const std::vector<Facility>& all) {
  Frame frame;
  float longest = 0;
  for (const Origin& origin : ground.origins) {
    frame.take(origin.point);
    longest = std::max(longest, origin.limit_minutes);
  }
  // Generously: no way on foot is shorter than the straight line.
  const double margin = 2 * longest * 60 * ground.ways[0]->profile.speed_kmh / 3.6 / 100'000;
  const auto& kinds = inquiry.need->kinds;
  for (const Facility& facility : all) {
    const bool serves = std::find(kinds.begin(), kinds.end(), facility.kind) != kinds.end();
    if (!serves || !facility.in_service || !frame.holds(facility.point, margin)) continue;
    const bool ours = inquiry.place.contains(facility.place);
    const auto room = facility.capacity ? facility.capacity : inquiry.existing_capacity;
    if (inquiry.count_room && !room) ++ground.capacity_unknown;
    ground.spots.push_back(
        {.source = "facility",
         .id = facility.id,
         .name = facility.name,
         .kind = facility.kind,
         .village = facility.place.village(),
         .point = facility.point,
         .standing = ours && inquiry.existing_may_move ? Standing::movable : Standing::kept,
         .capacity = inquiry.count_room && room ? static_cast<double>(*room) : kUnlimited});
  }
}

// "lon,lat" as the registers keep points.
std::optional<places::Point> read_point(const std::string& text) {
  places::Point point;
  const char* end = text.data() + text.size();
  const auto lon = std::from_chars(text.data(), end, point.lon);
  if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return std::nullopt;
  const auto lat = std::from_chars(lon.ptr + 1, end, point.lat);
  return lat.ec == std::errc() ? std::optional(point) : std::nullopt;
}

std::vector<Spot> premises(db::Tx& tx, const pack::Content& content, region::Code place) {
  std::vector<Spot> found;
  const pack::Register* kind = content.find_register(kPremises);
  if (kind == nullptr) return found;
  const auto slot = [&](std::string_view name) {
    const expr::Variable* variable = kind->scope.find(name);
    return variable == nullptr ? kind->scope.variables.size()
                               : static_cast<size_t>(variable - kind->scope.variables.data());
  };
  const size_t name = slot("name"), point = slot("point"), available = slot("available"),
               cost = slot("cost"), capacity = slot("capacity");
  registers::each_record(
      tx, *kind, place, region::Code(place.last()),
      [&](const std::string& id, const host::Change::Side& side) {
        const auto value = [&](size_t at) {
          return at < side.values->size() ? (*side.values)[at] : Value();
        };
        const Value where = value(point);
        const auto* text = std::get_if<std::string>(&where);
        const Value free = value(available);
        const auto* is_free = std::get_if<int64_t>(&free);
        const auto at = text == nullptr ? std::nullopt : read_point(*text);
        if (!at || is_free == nullptr || *is_free == 0) return;
        Spot spot{.source = "premises", .id = id, .village = side.place.village(), .point = *at};
        const Value called = value(name);
        if (const auto* words = std::get_if<std::string>(&called)) spot.name = *words;
        spot.cost = -1;  // not said
        const Value price = value(cost);
        if (const auto* number = std::get_if<double>(&price)) spot.cost = *number;
        const Value room = value(capacity);
        if (const auto* number = std::get_if<int64_t>(&room)) {
          spot.capacity = static_cast<double>(*number);
        }
        found.push_back(std::move(spot));
      });
  return found;
}

std::vector<Spot> homes(const Ground& ground) {
  std::vector<Spot> found;
  for (const Origin& origin : ground.origins) {
    if (!found.empty() && found.back().point == origin.point) continue;
    found.push_back(
        {.source = "home", .village = origin.village, .point = origin.point, .cost = -1});
  }
  return found;
}

// The ends of the streets where people live; without a map there is none.
std::vector<Spot> corners(const Ground& ground) {
  std::vector<Spot> found;
  const Way& way = *ground.ways[0];
  if (way.travel == nullptr) return found;
  std::set<geo::Node> seen;
  for (const Origin& origin : ground.origins) {
    const geo::Anchor anchor = way.snap(origin.point).anchor;
    if (anchor.street == geo::kNoStreet) continue;
    for (const geo::AnchorEnd& end : way.travel->ends_of(anchor)) {
      if (end.node == geo::kNoNode || !seen.insert(end.node).second) continue;
      found.push_back({.source = "corner",
                       .village = origin.village,
                       .point = circles::off_map(way.travel->network().nodes[end.node]),
                       .cost = -1});
    }
  }
  return found;
}

void add_candidates(Ground& ground, const Inquiry& inquiry, std::vector<Spot> known) {
  std::vector<Spot> found;
  if (inquiry.candidates == "corners") {
    found = corners(ground);
  } else if (inquiry.candidates == "premises" || (inquiry.candidates.empty() && !known.empty())) {
    found = std::move(known);
  }
  if (found.empty() && inquiry.candidates != "premises") found = homes(ground);
  ground.candidates_found = static_cast<int64_t>(found.size());
  // Walks are counted far beyond the circle: fewer candidates keep them in memory.
  size_t most = found.size();
  if (inquiry.most_candidates.value > 0) {
    most = std::min(most, static_cast<size_t>(inquiry.most_candidates.value));
  }
  if (inquiry.goal == Goal::least_walk) {
    most = std::min(most, std::max(kMostWalks / ground.origins.size(), kFewestCandidates));
  }
  for (Spot& spot : thinned(std::move(found), most)) {
    if (spot.cost < 0) spot.cost = inquiry.cost.value_or(0);
    if (spot.capacity == kUnlimited && inquiry.capacity) {
      spot.capacity = static_cast<double>(*inquiry.capacity);
    }
    if (!inquiry.count_room) spot.capacity = kUnlimited;
    ground.spots.push_back(std::move(spot));
  }
}

}  // namespace

std::vector<Spot> thinned(std::vector<Spot> spots, size_t most) {
  for (double cell = 50; spots.size() > most; cell *= 1.25) {
    std::set<std::pair<int64_t, int64_t>> taken;
    std::erase_if(spots, [&](const Spot& spot) {
      const double shorten = std::cos(spot.point.lat * 3.14159265358979 / 180);
      const auto column =
          static_cast<int64_t>(std::floor(spot.point.lon * kMetresPerDegree * shorten / cell));
      const auto row = static_cast<int64_t>(std::floor(spot.point.lat * kMetresPerDegree / cell));
      return !taken.emplace(column, row).second;
    });
  }
  return spots;
}

Result<Ground> ground_of(host::Services& services, circles::Circles& circles,
                         const Inquiry& inquiry, time::Instant now) {
  Ground ground;
  const Ways ways = TRY(Ways::make(services, circles, *inquiry.circle, ground));
  const Weights weights(*services.content, inquiry.weights);
  const auto villages = circles.villages(services, inquiry.place, now);
  for (const circles::Village& village : *villages) {
    add_village(ground, inquiry, ways, weights, village);
  }
  if (ground.origins.empty()) return refuse(ErrorKind::conflict, "siting.nobody");
  add_existing(ground, inquiry, *circles.facilities(services, now));
  TRY(services.database.read([&](db::Tx& tx) -> Done {
    add_candidates(ground, inquiry, premises(tx, *services.content, inquiry.place));
    std::vector<region::Code> codes;
    for (const Ground::Village& village : ground.villages) codes.push_back(village.code);
    std::map<region::Code, std::string> names;
    for (const places::Reference& place : places::names(tx, codes)) names[place.code] = place.name;
    for (Ground::Village& village : ground.villages) village.name = names[village.code];
    return {};
  }));
  return ground;
}

}  // namespace linli::siting
