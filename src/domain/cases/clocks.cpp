// The clocks' own work, in small transactions, so that a long queue never holds up the writers.
#include <functional>

#include "core/log.h"
#include "domain/cases/api.h"
#include "domain/cases/save.h"
#include "domain/cases/store.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

constexpr int64_t kBatch = 50;

// Moves one batch; the cursor behind it, or nothing when there is none left.
Result<std::optional<std::vector<Value>>> run_batch(db::Tx& tx, host::Services& services,
                                                    const std::vector<Value>& after,
                                                    time::Instant now, int64_t& moved) {
  const auto due = store::awake(tx, now, after, kBatch);
  for (const auto& [at, id] : due) {
    const Result<Case> found = find(tx, services, id);
    if (!found) continue;  // of a kind that the packs no longer have: doctor says so
    const pack::CaseKind* kind = TRY(kind_of(services, *found));
    const auto events = workflow::tick({*kind, services.content->calendar}, found->state, now);
    if (events.empty()) continue;
    TRY(save(tx, services, *found, events, {}));
    ++moved;
  }
  if (due.empty()) return std::optional<std::vector<Value>>();
  return std::optional(std::vector<Value>{due.back().first, due.back().second});
}

}  // namespace

int64_t run_clocks(host::Services& services, time::Instant now) {
  int64_t moved = 0;
  std::vector<Value> after;
  for (;;) {
    int64_t in_batch = 0;
    const auto next = services.database.transact([&](db::Tx& tx) {
      in_batch = 0;
      return run_batch(tx, services, after, now, in_batch);
    });
    if (!next) {  // somebody else moved one of them: the next run finds the rest
      log::info("cases.clocks_interrupted", {{"code", next.error().code}});
      return moved;
    }
    moved += in_batch;
    if (!*next) return moved;
    after = **next;
  }
}

}  // namespace linli::cases
