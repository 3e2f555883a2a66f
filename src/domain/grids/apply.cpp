// A draft becomes the division in force: first the grids, then what lies in them, last the ends of
// grids that are no more. Each part can be done again without harm, so that work that was cut off
// is finished later.
#include <algorithm>

#include "core/id.h"
#include "core/log.h"
#include "domain/cases/api.h"
#include "domain/grids/api.h"
#include "domain/grids/facts.h"
#include "domain/grids/follow.h"
#include "domain/grids/store.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::grids {
namespace {

constexpr size_t kAtOnce = 200;  // records and cases in one transaction

host::Actor actor_of(const Draft& draft) {
  host::Actor actor;
  actor.account_id = draft.author;
  actor.name = draft.author_name;
  actor.channel = "system";
  return actor;
}

Places places_of(const Scene& scene) {
  Places places;
  for (size_t i = 0; i < scene.division.size(); ++i) {
    const auto code = scene.draft.codes.find(scene.division[i]);
    if (code != scene.draft.codes.end()) places[scene.community.houses[i].id] = code->second;
  }
  return places;
}

std::string name_in(const Scene& scene, const host::Services& services, int32_t number) {
  return name_of_grid(scene.community, *services.content, scene.draft.rule, scene.draft.grid_of,
                      scene.draft.names, number);
}

Done open_grids(db::Tx& tx, host::Services& services, const places::By& by, Scene& scene) {
  std::map<int32_t, std::string> wanted;
  for (const int32_t number : scene.division) wanted.try_emplace(number);
  for (auto& [number, name] : wanted) name = name_in(scene, services, number);
  for (const Grid& grid : scene.community.grids) {
    scene.draft.codes[grid.number] = grid.code;
    const auto name = wanted.find(grid.number);
    if (name == wanted.end() || name->second == grid.name) continue;
    const places::Place place = TRY(places::find(tx, grid.code));
    TRY(places::change(tx, services, by, grid.code, place.version, {.name = name->second}));
  }
  for (const auto& [number, name] : wanted) {
    if (number < kFirstNew || scene.draft.codes.contains(number)) continue;
    scene.draft.codes[number] =
        TRY(places::add_grid(tx, services, by, scene.draft.place, name)).code;
  }
  return {};
}

// From here on every grid has the number of its code.
void renumber(Scene& scene) {
  std::map<int32_t, Code> codes;
  for (const auto& [number, code] : scene.draft.codes) {
    codes[number_in(scene.draft.place, code)] = code;
  }
  for (int32_t& grid : scene.division) {
    grid = number_in(scene.draft.place, scene.draft.codes.at(grid));
  }
  scene.draft.codes = std::move(codes);
  scene.draft.names.clear();
  scene.draft.grid_of = grid_of(scene.community, scene.division);
}

void draw_outlines(db::Tx& tx, host::Services& services, const Scene& scene) {
  for (const auto& [number, area] : outlines(tx, services, scene.community, scene.division)) {
    if (!area.empty()) places::set_outline(tx, scene.draft.codes.at(number), area);
  }
}

// Up to `most` of them; what is gone meanwhile has nowhere to follow.
Done follow(db::Tx& tx, host::Services& services, const Draft& draft,
            const std::vector<Follow>& all, size_t most, time::Instant now) {
  const registers::Source source = registers::source_of(actor_of(draft), now);
  for (size_t i = 0; i < std::min(most, all.size()); ++i) {
    const Follow& one = all[i];
    if (one.kind != nullptr) {
      const auto moved = registers::relocate(tx, services, source, *one.kind, one.id, one.to);
      if (!moved && moved.error().kind != ErrorKind::not_found) return refuse(moved.error());
    } else {
      const auto moved = cases::relocate(tx, services, one.id, one.to, now);
      if (!moved && moved.error().kind != ErrorKind::not_found) return refuse(moved.error());
    }
  }
  return {};
}

// Grids that have no houses any more go into those that took their households.
Done end_grids(db::Tx& tx, host::Services& services, const Draft& draft, time::Instant now) {
  const places::By by = places::by(actor_of(draft), now);
  const time::Date today = time::date_of(now);
  for (const auto& [number, into] : draft.successors) {
    const Code grid = code_of(draft.place, number);
    if (!places::require_active(tx, grid)) continue;
    TRY(cases::hand_on(tx, services, grid, into.empty() ? draft.place : into.front(), now));
    if (into.empty()) {
      TRY(places::close(tx, services, by, grid, today, draft.reason));
    } else if (into.size() == 1) {
      TRY(places::merge(tx, services, by, grid, today, draft.reason, into));
    } else {
      TRY(places::split(tx, services, by, grid, today, draft.reason, into));
    }
  }
  return {};
}

// Households that lie nowhere are known by the grid they are in, so they move at once, and the
// draft then means those that are in the new ones.
Done move_not_placed(db::Tx& tx, host::Services& services, Scene& scene,
                     const std::vector<Follow>& all, time::Instant now) {
  std::vector<Follow> lost;
  for (const Follow& one : all) {
    if (!one.placed) lost.push_back(one);
  }
  TRY(follow(tx, services, scene.draft, lost, lost.size(), now));
  std::erase_if(scene.draft.grid_of,
                [&](const auto& house) { return house.first.starts_with(not_placed_in(Code())); });
  for (const auto& [number, code] : scene.draft.codes) {
    if (!scene.draft.successors.contains(number)) {
      scene.draft.grid_of[not_placed_in(code)] = number;
    }
  }
  return {};
}

std::vector<Follow> left(db::Tx& tx, host::Services& services, const Scene& scene) {
  return followers(tx, services, scene.community, places_of(scene), scene.draft.successors);
}

Done finish(db::Tx& tx, host::Services& services, Draft& draft, time::Instant now) {
  TRY(end_grids(tx, services, draft, now));
  draft.state = DraftState::applied;
  draft.done = draft.total;
  services.announce(tx, {.id = id::make(now),
                         .name = "grids.applied",
                         .place = draft.place,
                         .subject_id = draft.id,
                         .at = now,
                         .actor_id = draft.author,
                         .data = json::Object{{"reason", draft.reason}}});
  return {};
}

// One transaction's part of what is left; true when all of it is done.
Result<bool> go_on(db::Tx& tx, host::Services& services, Surveyor& surveyor, std::string_view id,
                   time::Instant now) {
  Scene scene = TRY(surveyor.scene(tx, services, TRY(find(tx, id))));
  if (scene.draft.state != DraftState::applying) return true;
  const std::vector<Follow> all = left(tx, services, scene);
  TRY(follow(tx, services, scene.draft, all, kAtOnce, now));
  scene.draft.done = std::min(
      scene.draft.total, scene.draft.done + static_cast<int64_t>(std::min(kAtOnce, all.size())));
  const bool over = all.size() <= kAtOnce;
  if (over) TRY(finish(tx, services, scene.draft, now));
  ++scene.draft.version;
  scene.draft.updated_at = now;
  if (!store::update(tx, scene.draft)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  return over;
}

// What was done by somebody else at the same time is seen the next time; another refusal stays.
bool may_pass(const Refusal& refusal) {
  return refusal.kind == ErrorKind::busy || refusal.code == "record.changed_meanwhile";
}

Done stop(db::Tx& tx, std::string_view id, const std::string& code, time::Instant now) {
  Draft draft = TRY(find(tx, id));
  if (draft.state != DraftState::applying) return {};
  draft.state = DraftState::stopped;
  draft.code = code;
  ++draft.version;
  draft.updated_at = now;
  store::update(tx, draft);
  return {};
}

}  // namespace

Result<Draft> apply(db::Tx& tx, host::Services& services, Surveyor& surveyor,
                    const host::Actor& actor, std::string_view id, const Applying& wanted,
                    time::Instant now) {
  Draft draft = TRY(find(tx, id));
  if (draft.state != DraftState::draft) {
    return refuse(ErrorKind::conflict, "grids.draft_ended", draft.id);
  }
  if (draft.version != wanted.version) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  if (store::is_applying(tx, draft.village())) {
    return refuse(ErrorKind::conflict, "grids.being_applied");
  }
  Scene scene = TRY(surveyor.scene(tx, services, std::move(draft)));
  const std::vector<Fault> faults = faults_of(scene.ground.area, scene.ground.rule, scene.division);
  if (!is_proven(faults)) return refuse(ErrorKind::conflict, "grids.not_proven");
  if (!is_in_range(faults) && !wanted.accept_sizes) {
    return refuse(ErrorKind::conflict, "grids.out_of_range");
  }
  scene.draft.reason = wanted.reason;
  scene.draft.author = actor.account_id;
  scene.draft.author_name = actor.name;
  scene.draft.grid_of = grid_of(scene.community, scene.division);
  TRY(open_grids(tx, services, places::by(actor, now), scene));
  renumber(scene);
  draw_outlines(tx, services, scene);
  scene.draft.successors = successors(scene.community, places_of(scene));
  const std::vector<Follow> all = left(tx, services, scene);
  scene.draft.total = static_cast<int64_t>(all.size());
  TRY(move_not_placed(tx, services, scene, all, now));
  scene.draft.state = DraftState::applying;
  if (all.size() <= kAtOnce) {
    TRY(follow(tx, services, scene.draft, all, all.size(), now));
    TRY(finish(tx, services, scene.draft, now));
  }
  ++scene.draft.version;
  scene.draft.updated_at = now;
  if (!store::update(tx, scene.draft)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  accounts::audit(tx, services, actor, "grids.applied", scene.draft.id, scene.draft.place,
                  json::Object{{"reason", wanted.reason}}, now);
  return scene.draft;
}

void carry_on(host::Services& services, Surveyor& surveyor, time::Instant now) {
  const auto waiting = MUST(services.database.read(
      [](db::Tx& tx) -> Result<std::vector<std::string>> { return store::applying(tx); }));
  for (const std::string& id : waiting) {
    for (bool over = false; !over;) {
      const auto done = services.database.transact(
          [&](db::Tx& tx) { return go_on(tx, services, surveyor, id, now); });
      if (!done) {
        log::error("grids.apply_stopped", {{"draft", id}, {"code", done.error().code}});
        if (may_pass(done.error())) break;
        MUST(services.database.transact(
            [&](db::Tx& tx) { return stop(tx, id, done.error().code, now); }));
        break;
      }
      over = *done;
    }
  }
}

}  // namespace linli::grids
