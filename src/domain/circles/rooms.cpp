#include "domain/circles/rooms.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "domain/circles/around.h"
#include "domain/circles/facts.h"
#include "domain/circles/rows.h"
#include "engine/geo/catchment.h"

namespace linli::circles {

namespace {

using region::Code;

constexpr int64_t kVillagesAtOnce = 200;
constexpr size_t kVillagesATransaction = 20;

// A service that says for whom its places are.
struct Shared {
  const pack::Circle* circle = nullptr;
  const pack::CircleNeed* need = nullptr;
};

std::vector<Shared> shared_needs(const pack::Content& content) {
  std::vector<Shared> found;
  for (const pack::Circle& circle : content.circles) {
    for (const pack::CircleNeed& need : circle.needs) {
      if (!need.room_for.empty()) found.push_back({&circle, &need});
    }
  }
  return found;
}

// Somebody's home with the time they may take.
struct Demand {
  Code village;
  places::Point point;
  int64_t residents = 0;
  double seconds = 0;
};

std::vector<Demand> demand(db::Tx& tx, const Shared& shared, const std::set<Code>& villages) {
  std::vector<Demand> found;
  for (const Code village : villages) {
    for (const store::GroupHome& home : store::homes(tx, village)) {
      const auto minutes = shared.need->minutes.in(home.urban);
      if (home.resident_group != shared.need->room_for || !minutes) continue;
      found.push_back({village, home.point, home.residents, *minutes * 60.0});
    }
  }
  return found;
}

// What one of the residents of each home gets of all capacities in reach.
std::vector<double> access(const Way& way, const std::vector<const Facility*>& supplies,
                           const std::vector<Demand>& homes) {
  std::vector<geo::Supply> anchored;
  std::vector<double> capacities;
  for (const Facility* supply : supplies) {
    capacities.push_back(static_cast<double>(*supply->capacity));
    anchored.push_back({way.snap(supply->point).anchor, capacities.back()});
  }
  std::vector<geo::Residents> residents;
  std::vector<int64_t> counts;
  std::vector<geo::Time> limits;
  for (const Demand& home : homes) {
    residents.push_back({way.snap(home.point).anchor, 0, 0});
    counts.push_back(home.residents);
    limits.push_back(static_cast<geo::Time>(home.seconds * geo::kUnitsPerSecond));
  }
  std::vector<geo::InReach> pairs;
  if (way.travel != nullptr) {
    pairs = geo::in_reach(*way.travel, anchored, residents, limits, geo::kFading);
  }
  // By the straight line where either has no street.
  for (uint32_t supply = 0; supply < supplies.size(); ++supply) {
    for (uint32_t home = 0; home < homes.size(); ++home) {
      const bool along = anchored[supply].anchor.street != geo::kNoStreet &&
                         residents[home].anchor.street != geo::kNoStreet;
      if (along) continue;
      const double seconds = way.straight_seconds(homes[home].point, supplies[supply]->point);
      if (seconds > homes[home].seconds) continue;
      pairs.push_back(
          {supply, home, geo::zone_weight(geo::kFading, seconds / homes[home].seconds)});
    }
  }
  return geo::two_step(capacities, counts, pairs).access;
}

using Rooms = std::map<Code, int64_t>;

// For how many residents of each of the villages there is room.
Result<Rooms> room_in(Circles& circles, host::Services& services, db::Tx& tx, const Shared& shared,
                      const std::vector<Facility>& known, const std::set<Code>& villages) {
  const double metres = widest_room_m(circles, services) / 2;
  const store::Boxes homes_of(tx);
  std::map<Code, std::optional<store::Box>> lived_in;
  for (const Demand& home : demand(tx, shared, villages)) {
    std::optional<store::Box>& box = lived_in[home.village];
    box = widened(box, home.point);
  }
  std::vector<const Facility*> supplies;
  std::set<Code> drawing;  // villages that draw on these
  const auto& kinds = shared.need->kinds;
  for (const Facility& facility : known) {
    const bool serves = facility.in_service && facility.capacity.value_or(0) > 0 &&
                        std::find(kinds.begin(), kinds.end(), facility.kind) != kinds.end();
    if (!serves) continue;
    const store::Box reach = around({facility.point, facility.point}, metres);
    const auto near = [&](const auto& village) { return meet(*village.second, reach); };
    if (std::none_of(lived_in.begin(), lived_in.end(), near)) continue;
    supplies.push_back(&facility);
    for (const Code village : homes_of.within(reach)) drawing.insert(village);
  }
  drawing.insert(villages.begin(), villages.end());
  const std::vector<Demand> homes = demand(tx, shared, drawing);
  const std::shared_ptr<const Way> way = TRY(circles.way(services, shared.circle->mode));
  const std::vector<double> shares = access(*way, supplies, homes);
  std::map<Code, double> sums;
  for (const Code village : villages) sums[village] = 0;
  for (size_t i = 0; i < homes.size(); ++i) {
    const auto sum = sums.find(homes[i].village);
    if (sum != sums.end()) {
      sum->second += static_cast<double>(homes[i].residents) * std::min(1.0, shares[i]);
    }
  }
  Rooms rooms;
  for (const auto& [village, sum] : sums) rooms[village] = std::llround(sum);
  return rooms;
}

}  // namespace

std::vector<store::GroupHome> homes_counted(const pack::Content& content, const Village& village) {
  std::set<std::string> groups;
  for (const Shared& shared : shared_needs(content)) groups.insert(shared.need->room_for);
  std::vector<store::GroupHome> found;
  for (size_t i = 0; i < content.groups.size(); ++i) {
    if (!groups.contains(content.groups[i].key)) continue;
    for (const Home& home : village.homes) {
      int64_t residents = 0;
      for (const Cohort& cohort : home.residents) {
        if ((cohort.groups >> i & 1) != 0) residents += cohort.count;
      }
      if (residents > 0)
        found.push_back({content.groups[i].key, village.urban, home.point, residents});
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.resident_group, a.point.lon, a.point.lat, a.residents) <
           std::tie(b.resident_group, b.point.lon, b.point.lat, b.residents);
  });
  return found;
}

bool lacks_room(const pack::Content& content, const std::vector<Reach>& rows) {
  const std::vector<Shared> shared = shared_needs(content);
  return std::any_of(rows.begin(), rows.end(), [&](const Reach& row) {
    return !row.room && std::any_of(shared.begin(), shared.end(), [&](const Shared& one) {
      return row.circle == one.circle->key && row.need == one.need->key &&
             row.resident_group == one.need->room_for;
    });
  });
}

double widest_room_m(Circles& circles, const host::Services& services) {
  return shared_needs(*services.content).empty() ? 0 : 2 * circles.widest_reach_m(services);
}

bool settle_rooms(Circles& circles, Sweep& sweep, host::Services& services,
                  const std::string& basis, time::Instant now) {
  const pack::Register& kind = *reach_register(*services.content);
  const std::vector<Shared> shared = shared_needs(*services.content);
  std::set<Code> villages;
  std::map<const pack::CircleNeed*, Rooms> rooms;
  const Done read = services.database.read([&](db::Tx& tx) -> Done {
    for (const Code village : store::marked_rooms(tx, kVillagesAtOnce)) villages.insert(village);
    if (villages.empty()) return {};
    sweep.begin(circles, services, tx, basis);
    for (const Shared& one : shared) {
      rooms[one.need] = TRY(room_in(circles, services, tx, one, sweep.facilities(), villages));
    }
    return {};
  });
  if (!read || villages.empty()) return false;
  const auto keep_one = [&](db::Tx& tx, Code village) {
    std::vector<Reach> rows = rows_of(tx, kind, village);
    for (Reach& row : rows) {
      for (const Shared& one : shared) {
        const bool is_of = row.circle == one.circle->key && row.need == one.need->key &&
                           row.resident_group == one.need->room_for;
        if (is_of) row.room = rooms[one.need][village];
      }
    }
    set_rows(tx, services, kind, village, rows, now);
    store::forget_room(tx, village);
  };
  const std::vector<Code> all(villages.begin(), villages.end());
  for (size_t first = 0; first < all.size(); first += kVillagesATransaction) {
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      const size_t end = std::min(first + kVillagesATransaction, all.size());
      for (size_t i = first; i < end; ++i) keep_one(tx, all[i]);
      return {};
    }));
  }
  return true;
}

}  // namespace linli::circles
