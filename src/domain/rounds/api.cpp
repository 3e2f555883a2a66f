#include "domain/rounds/api.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/id.h"
#include "domain/places/api.h"
#include "domain/rounds/inquiry.h"
#include "domain/rounds/rules.h"
#include "domain/rounds/store.h"
#include "domain/rounds/wire.h"
#include "engine/geo/door_times.h"
#include "engine/rounds/plan.h"

namespace linli::rounds {

namespace {

constexpr size_t kMostHalts = 300;
constexpr size_t kMostHomesTried = 200;

// The home from which all others are nearest.
places::Point middle_of(const std::vector<circles::Home>& homes) {
  const auto far_from = [&](places::Point point) {
    double sum = 0;
    for (const circles::Home& home : homes) {
      int64_t persons = 0;
      for (const circles::Cohort& cohort : home.residents) persons += cohort.count;
      sum += static_cast<double>(persons) *
             geo::distance_m(circles::on_map(point), circles::on_map(home.point));
    }
    return sum;
  };
  const size_t step = homes.size() / kMostHomesTried + 1;
  places::Point best = homes.front().point;
  double least = far_from(best);
  for (size_t i = step; i < homes.size(); i += step) {
    const double sum = far_from(homes[i].point);
    if (sum < least) best = homes[i].point, least = sum;
  }
  return best;
}

bool is_wanted(const Inquiry& inquiry, const circles::VillageCircle& row) {
  if (!inquiry.stops.empty()) {
    return std::find(inquiry.stops.begin(), inquiry.stops.end(), row.village) !=
           inquiry.stops.end();
  }
  if (row.located == 0) return true;
  const auto reached = row.needs.find(inquiry.need->key);
  // Without minutes of its own a village is to be served otherwise: that is what this is for.
  if (!row.minutes || reached == row.needs.end()) return true;
  return static_cast<double>(reached->second) < inquiry.below * static_cast<double>(row.located);
}

}  // namespace

Result<std::vector<Halt>> halts_of(host::Services& services, circles::Circles& circles,
                                   const Inquiry& inquiry, time::Instant now) {
  const circles::WhatIf circle =
      TRY(circles.what_if(services, inquiry.circle->key, inquiry.group, inquiry.place, {}, now));
  const auto villages = circles.villages(services, inquiry.place, now);
  std::vector<Halt> halts;
  for (size_t i = 0; i < villages->size() && halts.size() < kMostHalts; ++i) {
    const circles::Village& village = (*villages)[i];
    const circles::VillageCircle& row = circle.rows[i];
    if (village.homes.empty() || !is_wanted(inquiry, row)) continue;
    Halt halt{.village = village.code, .name = {}, .point = middle_of(village.homes)};
    halt.persons = row.located;
    if (const auto reached = row.needs.find(inquiry.need->key); reached != row.needs.end()) {
      halt.reached = reached->second;
    }
    halts.push_back(std::move(halt));
  }
  if (halts.empty()) return refuse(ErrorKind::conflict, "round.no_stops");
  TRY(services.database.read([&](db::Tx& tx) -> Done {
    std::vector<region::Code> codes;
    for (const Halt& halt : halts) codes.push_back(halt.village);
    std::map<region::Code, std::string> names;
    for (const places::Reference& place : places::names(tx, codes)) names[place.code] = place.name;
    for (Halt& halt : halts) halt.name = names[halt.village];
    return {};
  }));
  return halts;
}

std::vector<std::vector<double>> minutes_between(const circles::Way& way, places::Point base,
                                                 const std::vector<Halt>& halts,
                                                 bool& by_distance) {
  std::vector<places::Point> points{base};
  for (const Halt& halt : halts) points.push_back(halt.point);
  std::vector<geo::Anchor> anchors;
  for (const places::Point point : points) anchors.push_back(way.snap(point).anchor);
  std::vector<std::vector<double>> minutes(points.size(), std::vector<double>(points.size(), -1));
  for (size_t first = 0; first < points.size() && way.travel != nullptr; first += geo::kLanes) {
    const size_t lanes = std::min<size_t>(geo::kLanes, points.size() - first);
    std::vector<geo::LaneFacility> there;
    for (size_t lane = 0; lane < lanes; ++lane) {
      if (anchors[first + lane].street == geo::kNoStreet) continue;
      there.push_back({anchors[first + lane], static_cast<uint8_t>(lane)});
    }
    const geo::DoorTimes times(*way.travel, there);
    for (size_t from = 0; from < points.size(); ++from) {
      const auto line = times.of(anchors[from]);
      for (size_t lane = 0; lane < lanes; ++lane) {
        if (line[lane] >= geo::kFar) continue;
        minutes[from][first + lane] = line[lane] / (60.0 * geo::kUnitsPerSecond);
      }
    }
  }
  for (size_t from = 0; from < points.size(); ++from) {
    for (size_t to = 0; to < points.size(); ++to) {
      if (from == to) minutes[from][to] = 0;
      if (minutes[from][to] >= 0) continue;
      by_distance = true;
      minutes[from][to] = way.straight_seconds(points[from], points[to]) / 60;
    }
  }
  return minutes;
}

Result<json::Value> plan_round(host::Services& services, circles::Circles& circles,
                               host::Run& run) {
  const Inquiry inquiry = TRY(read_inquiry(*services.content, run.asked.question));
  Plan made;
  made.halts = TRY(halts_of(services, circles, inquiry, time::now()));
  const auto way = TRY(circles.way(services, inquiry.profile));
  made.has_map = way->travel != nullptr;
  Question question{.stops = {},
                    .minutes = minutes_between(*way, inquiry.base, made.halts, made.by_distance),
                    .days = inquiry.days(),
                    .vehicles = inquiry.vehicles,
                    .most_minutes = inquiry.most_minutes,
                    .start_minute = inquiry.start_minute};
  question.stops.assign(made.halts.size(),
                        {.stay_minutes = inquiry.stay_minutes, .visits = inquiry.visits});
  Control control{.seed = static_cast<uint64_t>(run.asked.seed), .stop = run.stop};
  control.progress = [&](double done) { run.tell(done, {}); };
  made.answer = TRY(plan(question, control));
  made.minutes = std::move(question.minutes);
  return answer_of(inquiry, made);
}

Round publish(db::Tx& tx, const host::Computation& planned, Round round) {
  round.id = id::make(round.published_at);
  round.place = planned.place;
  round.weeks = static_cast<int>(planned.question.integer("weeks", 1));
  std::vector<RoundVisit> visits = visits_of(planned.answer);
  for (RoundVisit& visit : visits) visit.id = id::make(round.published_at);
  store::insert(tx, round, visits);
  return round;
}

Result<Round> withdraw(db::Tx& tx, std::string_view id, time::Instant now) {
  auto round = store::load(tx, id);
  if (!round) return refuse(ErrorKind::not_found, "round.not_found");
  if (round->withdrawn_at) return refuse(ErrorKind::conflict, "round.withdrawn");
  store::withdraw(tx, *round, now);
  round->withdrawn_at = now;
  return *round;
}

std::vector<Coming> coming_to(db::Tx& tx, region::Code village, time::Instant now) {
  std::vector<Coming> coming;
  std::map<std::string, Round> rounds;
  for (const RoundVisit& visit : store::visits_in(tx, village)) {
    auto known = rounds.find(visit.round_id);
    if (known == rounds.end()) {
      known = rounds.emplace(visit.round_id, store::load(tx, visit.round_id).value()).first;
    }
    if (const auto day = next_day(known->second, visit, now)) {
      coming.push_back({known->second, visit, *day});
    }
  }
  std::sort(coming.begin(), coming.end(), [](const Coming& a, const Coming& b) {
    return std::tie(a.day, a.visit.arrive_minute, a.visit.id) <
           std::tie(b.day, b.visit.arrive_minute, b.visit.id);
  });
  return coming;
}

}  // namespace linli::rounds
