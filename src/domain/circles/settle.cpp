#include "domain/circles/settle.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "core/crypto.h"
#include "core/log.h"
#include "core/text.h"
#include "domain/circles/around.h"
#include "domain/circles/facts.h"
#include "domain/circles/rooms.h"
#include "domain/circles/rows.h"
#include "domain/circles/store.h"
#include "domain/circles/turns.h"
#include "domain/places/api.h"
#include "engine/pack/facts.h"

namespace linli::circles {

namespace {

using region::Code;
using region::Level;

constexpr int64_t kTouchesAtOnce = 500;
// A pass computes so many villages at most and begins no other after so long, so that what has just
// been touched waits little. What it made is written by so many in a transaction.
constexpr int64_t kVillagesAtOnce = 2000;
constexpr std::chrono::milliseconds kPass{1000};
constexpr int64_t kVillagesATransaction = 20;

bool concerns(const pack::Content& content, const pack::Circle& circle, Code village) {
  const pack::PlanHeader* plan = content.plan(circle.plan);
  return plan == nullptr || plan->territory.contains(village);
}

bool is_asked_for(const pack::Content& content, const std::string& kind) {
  return std::any_of(content.circles.begin(), content.circles.end(), [&](const auto& circle) {
    return std::any_of(circle.needs.begin(), circle.needs.end(), [&](const auto& need) {
      return std::find(need.kinds.begin(), need.kinds.end(), kind) != need.kinds.end();
    });
  });
}

std::optional<store::Box> box_of(const std::vector<Home>& homes) {
  std::optional<store::Box> box;
  for (const Home& home : homes) box = widened(box, home.point);
  return box;
}

// What one pass computes, from one snapshot.
struct Pass {
  std::vector<store::Touch> around;  // changes that concern everybody near
  std::map<Code, std::vector<store::Touch>> touched;
  struct Made {
    bool active = false;
    bool outdated = false;
    std::vector<Reach> rows;
    std::optional<store::Box> box;
    std::vector<store::GroupHome> homes;
    time::Date due = 0;
  };
  std::map<Code, Made> made;
};

Result<Pass> compute(Circles& circles, Sweep& sweep, host::Services& services, db::Tx& tx,
                     const std::string& basis, time::Date today) {
  Pass pass;
  // First whom a facility concerns: those are touched next.
  pass.around = store::touches_around(tx, kTouchesAtOnce);
  if (!pass.around.empty()) return pass;
  std::vector<Code> villages = store::touched(tx, kVillagesAtOnce);
  const auto left = [&] { return kVillagesAtOnce - std::ssize(villages); };
  const std::vector<Code> outdated = store::outdated(tx, basis, left());
  villages.insert(villages.end(), outdated.begin(), outdated.end());
  const std::set<Code> known_outdated(outdated.begin(), outdated.end());
  for (const Code village : store::due(tx, basis, today, left())) villages.push_back(village);
  if (villages.empty()) return pass;
  sweep.begin(circles, services, tx, basis);
  const auto began = std::chrono::steady_clock::now();
  const bool daily = Turns(*services.content).daily();
  for (const Code code : villages) {
    if (!pass.made.empty() && std::chrono::steady_clock::now() - began > kPass) break;
    const auto [at, fresh] = pass.made.try_emplace(code);
    if (!fresh) continue;
    Pass::Made& made = at->second;
    pass.touched[code] = store::touches_of(tx, code);
    made.outdated = known_outdated.contains(code);
    const auto place = places::find(tx, code);
    made.active = place && place->status == places::Status::active;
    if (!made.active) continue;
    std::map<Code, time::Date> turns;
    const Village village = villages_of(tx, services, code, {*place}, today, &turns).front();
    made.due = daily                  ? time::add_days(today, 1)
               : turns.contains(code) ? turns[code]
                                      : time::add_days(today, Turns::kHorizonDays);
    made.box = box_of(village.homes);
    made.homes = homes_counted(*services.content, village);
    for (const pack::Circle& circle : services.content->circles) {
      if (circle.needs.empty() || !concerns(*services.content, circle, code)) continue;
      CircleTimes& times = *TRY(sweep.times(circles, services, circle));
      for (Reach& row : evaluate(times, village)) made.rows.push_back(std::move(row));
    }
  }
  return pass;
}

void spread(Circles& circles, host::Services& services, const std::vector<store::Touch>& touches,
            time::Instant now) {
  const double metres = circles.widest_reach_m(services);
  const bool rooms = widest_room_m(circles, services) > 0;
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    const store::Boxes boxes(tx);
    std::set<Code> villages;
    for (const store::Touch& touch : touches) {
      for (const Code village : boxes.within(around({*touch.point, *touch.point}, metres))) {
        villages.insert(village);
      }
    }
    for (const Code village : villages) {
      store::touch(tx, village, std::nullopt, now);
      if (rooms) store::mark_room(tx, village);
    }
    store::forget(tx, touches);
    store::facilities_changed(tx);
    return {};
  }));
}

// Who shares places lives elsewhere now: that concerns everybody who draws on the same.
void mark_rooms(db::Tx& tx, Code village, const std::vector<store::GroupHome>& before,
                const Pass::Made& made, const store::Boxes& boxes, double metres) {
  if (made.outdated) store::mark_room(tx, village);
  if (before == made.homes) return;
  store::set_homes(tx, village, made.homes);
  std::optional<store::Box> box;
  for (const auto* homes : {&before, &made.homes}) {
    for (const store::GroupHome& home : *homes) box = widened(box, home.point);
  }
  for (const Code near : boxes.within(around(*box, metres))) store::mark_room(tx, near);
  store::mark_room(tx, village);
}

// What was said of room stays until it is computed anew.
void keep_room(std::vector<Reach>& rows, const std::vector<Reach>& before) {
  for (Reach& row : rows) {
    for (const Reach& known : before) {
      const bool same = known.circle == row.circle && known.need == row.need &&
                        known.resident_group == row.resident_group;
      if (same) row.room = known.room;
    }
  }
}

void keep(Circles& circles, host::Services& services, const pack::Register& kind, Pass& pass,
          const std::string& basis, time::Instant now) {
  const double room_m = widest_room_m(circles, services);
  const auto keep_one = [&](db::Tx& tx, const store::Boxes& boxes, Code village, Pass::Made& made) {
    if (room_m > 0) {
      keep_room(made.rows, rows_of(tx, kind, village));
      mark_rooms(tx, village, store::homes(tx, village), made, boxes, room_m);
      if (lacks_room(*services.content, made.rows)) store::mark_room(tx, village);
    }
    set_rows(tx, services, kind, village, made.rows, now);
    if (made.active) {
      store::computed(tx, village, made.box, basis, made.due, now);
    } else {
      store::drop(tx, village);
    }
    store::forget(tx, pass.touched[village]);
  };
  for (auto next = pass.made.begin(); next != pass.made.end();) {
    const auto first = next;
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      // Whoever moved in meanwhile marks itself.
      const store::Boxes boxes(tx);
      next = first;
      for (int64_t n = 0; n < kVillagesATransaction && next != pass.made.end(); ++n, ++next) {
        keep_one(tx, boxes, next->first, next->second);
      }
      return {};
    }));
  }
}

}  // namespace

void observe(Circles& circles, db::Tx& tx, host::Services& services, const host::Change& change) {
  const pack::Content& content = *services.content;
  if (reach_register(content) == nullptr) return;
  const time::Instant now = time::now();
  const auto sides = {&change.before, &change.after};
  if (change.kind == "facility") {
    tx.on_commit([&circles] { circles.forget_facilities(); });
    const auto placed = [&](const auto& side) {
      return side ? facility_in(content, *side) : Placed{};
    };
    if (placed(change.before) == placed(change.after)) return;
    for (const auto* side : sides) {
      if (!*side) continue;
      const Placed facility = facility_in(content, **side);
      if (facility.point && facility.in_service && is_asked_for(content, facility.kind)) {
        store::touch(tx, (*side)->place.village(), facility.point, now);
      }
    }
    return;
  }
  const bool of_village = change.kind == places::kind_of(Level::village);
  if (!of_village && !(is_home_kind(change.kind) && moves_people(content, change))) return;
  std::set<Code> villages;
  for (const auto* side : sides) {
    if (*side) villages.insert((*side)->place.village());
  }
  for (const Code village : villages) {
    if (village.level() == Level::village) store::touch(tx, village, std::nullopt, now);
  }
}

bool settle(Circles& circles, Sweep& sweep, host::Services& services, time::Instant now) {
  const pack::Register* kind = reach_register(*services.content);
  if (kind == nullptr) return false;
  const time::Date today = time::date_of(now);
  const std::string basis = basis_of(services, today);
  Result<Pass> pass = services.database.read([&](db::Tx& tx) -> Result<Pass> {
    return compute(circles, sweep, services, tx, basis, today);
  });
  if (!pass) {  // a broken map: it is said once a pass, and tried again
    log::error("circles.not_computed", {{"code", pass.error().code}});
    sweep.end();
    return false;
  }
  if (!pass->around.empty()) spread(circles, services, pass->around, now);
  keep(circles, services, *kind, *pass, basis, now);
  if (!pass->around.empty() || !pass->made.empty()) return true;
  if (settle_rooms(circles, sweep, services, basis, now)) return true;
  sweep.end();
  return false;
}

void expect_villages(host::Services& services, const Circles& circles) {
  if (reach_register(*services.content) == nullptr) return;
  std::vector<Code> unknown;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    const std::set<Code> known = store::known(tx);
    places::each(tx, circles.territory(services), Level::village, [&](const places::Place& place) {
      const bool active = place.status == places::Status::active;
      if (active && !known.contains(place.code)) unknown.push_back(place.code);
      return true;
    });
    return {};
  }));
  if (unknown.empty()) return;
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::expect(tx, unknown);
    return {};
  }));
}

std::string basis_of(const host::Services& services, time::Date today) {
  const pack::Content& content = *services.content;
  std::string all = map_version(services.settings.data_folder);
  for (const pack::ResidentGroup& group : content.groups) {
    all += "\n" + group.key + "=" + group.value.source;
  }
  for (const pack::Circle& circle : content.circles) {
    all += "\n" + circle.key + " " + circle.mode + json::write(pack::needs_of(circle));
    for (const std::string& group : circle.groups) all += " " + group;
    for (const auto& [group, profile] : circle.profiles) all += " " + group + ":" + profile;
  }
  if (const pack::ChoiceList* profiles = content.list("travel_profile")) {
    for (const pack::Choice& profile : profiles->choices) {
      for (const auto& [name, value] : profile.attributes) {
        all += "\n" + profile.key + "." + name + "=" + json::write(value);
      }
    }
  }
  if (Turns(content).daily()) all += "\n" + std::to_string(today);
  return text::hex(crypto::sha256(all)).substr(0, 32);
}

}  // namespace linli::circles
