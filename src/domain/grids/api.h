// What other modules may ask of the grids.
#pragma once

#include <memory>
#include <utility>

#include "domain/accounts/api.h"
#include "domain/circles/api.h"
#include "domain/grids/steps.h"

namespace linli::grids {

// Finds the community's rule and neighbours; lives as long as the server, safe for many threads.
class Surveyor {
 public:
  // `circles` has the streets, opened once for all who walk them.
  explicit Surveyor(std::shared_ptr<circles::Circles> circles) : circles_(std::move(circles)) {}
  // A draft of the division in force, before it is kept. Refuses what community() refuses.
  Result<Scene> in_force(host::Services& services, Code place, const LocalRule& rule);
  // Refuses `grids.draft_not_found` and what community() refuses.
  Result<Scene> scene(host::Services& services, std::string_view draft);
  // The same within a transaction.
  Result<Scene> scene(db::Tx& tx, host::Services& services, Draft draft);

 private:
  std::shared_ptr<circles::Circles> circles_;
};

// Of what the place's plans say: their standards, or none.
std::vector<const pack::Standard*> standards_at(db::Tx& tx, host::Services& services,
                                                const Community& community, time::Date today);

// Refuses `grids.draft_not_found`.
Result<Draft> find(db::Tx& tx, std::string_view id);
std::vector<Draft> drafts(db::Tx& tx, const std::vector<Code>& territories, bool ended,
                          const std::vector<Value>& after, int64_t limit);
std::vector<Step> steps(db::Tx& tx, const Draft& draft);  // newest first

// Keeps a scene as a new draft.
Draft keep(db::Tx& tx, const host::Actor& actor, const Scene& scene, const std::string& id,
           time::Instant now);
// These refuse `grids.draft_not_found`, `record.changed_meanwhile` for another version, and
// `grids.draft_ended` when it is applied or discarded.
Result<Draft> save_step(db::Tx& tx, const host::Actor& actor, const Scene& before,
                        const Command& command, const Outcome& outcome, time::Instant now);
// Also `grids.nothing_to_undo`.
Result<Draft> undo(db::Tx& tx, std::string_view id, int64_t version, time::Instant now);
// Also one that was stopped is given up.
Result<Draft> discard(db::Tx& tx, std::string_view id, int64_t version, time::Instant now);

// Whose territory an applied draft would change, with what becomes of it.
struct Member {
  accounts::Reference account;
  std::string role;
  Code place;
  int32_t grid = kNone;
  bool closed = false;  // the grid is no more: a new territory is needed
  int64_t left = 0;     // households that leave it
  int64_t came = 0;
};
std::vector<Member> members(db::Tx& tx, const Scene& scene);

// Makes it so: grids are opened and named, and get their outlines; what lies in them follows, and
// grids without houses end in those that took their households. Few records follow at once, many
// by carry_on(). Refuses also `grids.not_proven` for faults that no grid may have,
// `grids.out_of_range` for sizes beyond the rule unless `accept_sizes`, `grids.being_applied`.
struct Applying {
  int64_t version = 0;
  std::string reason;
  bool accept_sizes = false;
};
Result<Draft> apply(db::Tx& tx, host::Services& services, Surveyor& surveyor,
                    const host::Actor& actor, std::string_view id, const Applying& wanted,
                    time::Instant now);
// Goes on with every draft that is being applied, until all has followed. One whose grids or
// community have ended meanwhile is stopped, with the reason: what has followed stays, and a new
// draft goes on from there.
void carry_on(host::Services& services, Surveyor& surveyor, time::Instant now);

}  // namespace linli::grids
