#include "domain/grids/api.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/id.h"
#include "domain/grids/facts.h"
#include "domain/grids/store.h"
#include "domain/places/api.h"
#include "engine/geo/search.h"

namespace linli::grids {
namespace {

constexpr int64_t kMostSteps = 200;  // shown
constexpr std::string_view kOnFoot = "walk";
constexpr double kFarthestS = 600;  // whoever walks longer is no neighbour

// Walks between houses along the streets: one search a house, kept while its neighbours are asked.
class Walker {
 public:
  Walker(std::shared_ptr<const circles::Way> way, const Community& community)
      : way_(std::move(way)), search_(way_->travel->away()) {
    for (const House& house : community.houses) {
      anchors_.push_back(way_->snap(*house.point).anchor);
    }
  }

  std::optional<double> metres(uint32_t from, uint32_t to) {
    const geo::Anchor& start = anchors_[from];
    const geo::Anchor& end = anchors_[to];
    if (start.street == geo::kNoStreet || end.street == geo::kNoStreet) return std::nullopt;
    if (!from_ || *from_ != from) {
      std::vector<geo::Seed> seeds;
      for (const geo::AnchorEnd& seed : way_->travel->ends_of(start)) {
        if (seed.leave != geo::kNoTime) seeds.push_back({seed.node, seed.leave});
      }
      search_.within(seeds, static_cast<geo::Time>(kFarthestS * geo::kUnitsPerSecond));
      from_ = from;
    }
    geo::Time least = way_->travel->along(start, end);
    for (const geo::AnchorEnd& last : way_->travel->ends_of(end)) {
      const geo::Time there = search_.time(last.node);
      if (there == geo::kNoTime || last.arrive == geo::kNoTime) continue;
      least = std::min(least, there + last.arrive);
    }
    if (least == geo::kNoTime) return std::nullopt;
    return least / double{geo::kUnitsPerSecond} * way_->profile.speed_kmh / 3.6;
  }

 private:
  std::shared_ptr<const circles::Way> way_;
  geo::Search search_;
  std::vector<geo::Anchor> anchors_;
  std::optional<uint32_t> from_;
};

Result<Draft> editable(db::Tx& tx, std::string_view id, int64_t version) {
  Draft draft = TRY(find(tx, id));
  if (draft.state != DraftState::draft) {
    return refuse(ErrorKind::conflict, "grids.draft_ended", draft.id);
  }
  if (draft.version != version) return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  return draft;
}

Result<Draft> saved(db::Tx& tx, Draft draft, time::Instant now) {
  ++draft.version;
  draft.updated_at = now;
  if (!store::update(tx, draft)) return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  return draft;
}

}  // namespace

Result<Scene> Surveyor::scene(db::Tx& tx, host::Services& services, Draft draft) {
  Scene scene;
  scene.community = TRY(community(tx, services, draft.place));
  scene.draft = std::move(draft);
  Walk walk;
  const auto way = circles_->way(services, std::string(kOnFoot));
  if (way && (*way)->travel != nullptr && !scene.community.houses.empty()) {
    const auto walker = std::make_shared<Walker>(*way, scene.community);
    walk = [walker](uint32_t from, uint32_t to) { return walker->metres(from, to); };
    scene.by_streets = true;
  }
  scene.ground = ground(scene.community, scene.draft.rule, walk);
  scene.division = complete(scene.community, scene.ground, scene.draft.grid_of);
  return scene;
}

Result<Scene> Surveyor::in_force(host::Services& services, Code place, const LocalRule& rule) {
  return services.database.read([&](db::Tx& tx) -> Result<Scene> {
    Draft draft;
    draft.place = place;
    draft.rule = rule;
    Scene made = TRY(scene(tx, services, draft));
    made.draft.grid_of = grids::in_force(made.community);
    made.division = division_of(made.community, made.draft.grid_of);
    return made;
  });
}

Result<Scene> Surveyor::scene(host::Services& services, std::string_view draft) {
  return services.database.read(
      [&](db::Tx& tx) -> Result<Scene> { return scene(tx, services, TRY(find(tx, draft))); });
}

std::vector<const pack::Standard*> standards_at(db::Tx& tx, host::Services& services,
                                                const Community& community, time::Date today) {
  return standards_for(*services.content, community, places::attributes_of(tx, community.parent),
                       today);
}

Result<Draft> find(db::Tx& tx, std::string_view id) {
  std::optional<Draft> draft = store::load(tx, id);
  if (!draft) return refuse(ErrorKind::not_found, "grids.draft_not_found", std::string(id));
  return std::move(*draft);
}

std::vector<Draft> drafts(db::Tx& tx, const std::vector<Code>& territories, bool ended,
                          const std::vector<Value>& after, int64_t limit) {
  return store::list(tx, territories, ended, after, limit);
}

std::vector<Step> steps(db::Tx& tx, const Draft& draft) {
  return store::steps(tx, draft, kMostSteps);
}

Draft keep(db::Tx& tx, const host::Actor& actor, const Scene& scene, const std::string& id,
           time::Instant now) {
  Draft draft = scene.draft;
  draft.id = id.empty() ? id::make(now) : id;
  draft.grid_of = grid_of(scene.community, complete(scene.community, scene.ground, draft.grid_of));
  draft.author = actor.account_id;
  draft.author_name = actor.name;
  draft.created_at = now;
  draft.updated_at = now;
  store::insert(tx, draft);
  return draft;
}

Result<Draft> save_step(db::Tx& tx, const host::Actor& actor, const Scene& before,
                        const Command& command, const Outcome& outcome, time::Instant now) {
  Draft draft = TRY(editable(tx, before.draft.id, before.draft.version));
  Step step = step_between(before, outcome);
  const std::vector<Step> newest = store::steps(tx, draft, 1);
  step.sequence = newest.empty() ? 1 : newest.front().sequence + 1;
  step.what = name_of(command.what);
  step.author_name = actor.name;
  step.at = now;
  store::push(tx, draft, step);
  draft.grid_of = grid_of(before.community, outcome.division);
  draft.names = outcome.names;
  return saved(tx, std::move(draft), now);
}

Result<Draft> undo(db::Tx& tx, std::string_view id, int64_t version, time::Instant now) {
  Draft draft = TRY(editable(tx, id, version));
  const std::vector<Step> newest = store::steps(tx, draft, 1);
  if (newest.empty()) return refuse(ErrorKind::conflict, "grids.nothing_to_undo");
  for (const auto& [house, grid] : newest.front().grid_before) draft.grid_of[house] = grid;
  for (const auto& [number, name] : newest.front().name_before) {
    name ? static_cast<void>(draft.names[number] = *name)
         : static_cast<void>(draft.names.erase(number));
  }
  store::pop(tx, draft, newest.front().sequence);
  return saved(tx, std::move(draft), now);
}

Result<Draft> discard(db::Tx& tx, std::string_view id, int64_t version, time::Instant now) {
  Draft draft = TRY(find(tx, id));
  if (draft.state != DraftState::stopped) draft = TRY(editable(tx, id, version));
  if (draft.version != version) return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  draft.state = DraftState::discarded;
  return saved(tx, std::move(draft), now);
}

std::vector<Member> members(db::Tx& tx, const Scene& scene) {
  const Community& community = scene.community;
  const Change change = change_of(community, scene.division);
  std::map<int32_t, int64_t> left;
  std::map<int32_t, int64_t> came;
  for (size_t i = 0; i < scene.division.size(); ++i) {
    for (const auto& [recorded, count] : community.houses[i].recorded) {
      if (recorded == scene.division[i]) continue;
      left[recorded] += count.households;
      came[scene.division[i]] += count.households;
    }
  }
  std::vector<Member> found;
  for (const accounts::Held& held : accounts::roles_below(tx, community.parent)) {
    const int32_t grid = number_in(community.parent, held.role.place);
    Member member{held.account, held.role.role, held.role.place, grid};
    member.closed =
        std::find(change.closed.begin(), change.closed.end(), grid) != change.closed.end();
    member.left = left[grid];
    member.came = came[grid];
    if (member.closed || member.left > 0 || member.came > 0) found.push_back(std::move(member));
  }
  return found;
}

}  // namespace linli::grids
