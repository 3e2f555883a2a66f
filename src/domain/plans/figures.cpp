#include "domain/plans/figures.h"

#include <algorithm>
#include <utility>

#include "domain/places/api.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using region::Level;

constexpr int64_t kFoldRows = 1000;

std::vector<LabelSpan> spans(const host::Change::Side& side) {
  std::vector<LabelSpan> labels;
  if (side.labels == nullptr) return labels;
  for (const host::HeldLabel& held : *side.labels) {
    labels.push_back({held.label, held.from, held.to});
  }
  return labels;
}

bool fold_some(Figures& figures, host::Services& services) {
  return MUST(services.database.transact([&](db::Tx& tx) -> Result<bool> {
    store::lock_fold(tx);
    const auto taken = store::take_deltas(tx, kFoldRows);
    store::add(tx, folded(tx, figures.kept(tx, services)->generations, taken));
    return !taken.empty();
  }));
}

}  // namespace

Additions folded(db::Tx& tx, const std::vector<Generation>& generations,
                 std::span<const std::pair<Spot, int64_t>> deltas) {
  Fold fold(generations);
  for (const auto& [spot, value] : deltas) fold.add(spot, value);
  fold.judge(world_of(tx));
  return fold.additions();
}

// Adds `sign` times what a record contributes to every generation of its kind.
void count(const std::vector<const Generation*>& generations, const host::Change::Side& side,
           int64_t sign, Deltas& deltas) {
  const Seen record(*side.values, spans(side));
  for (const Generation* generation : generations) {
    for (indicator::Share& share : shares(*generation->counter, record, generation->as_of)) {
      deltas[{generation->id, side.place, std::move(share.dimension), share.period}] +=
          sign * share.value;
    }
  }
}

std::vector<const Generation*> of_kind(const std::vector<Generation>& generations,
                                       std::string_view kind) {
  std::vector<const Generation*> found;
  for (const Generation& generation : generations) {
    if (generation.counter->subject() == kind) found.push_back(&generation);
  }
  return found;
}

void fold_all(Figures& figures, host::Services& services) {
  const auto waiting = [&] {
    return MUST(
        services.database.read([](db::Tx& tx) -> Result<bool> { return store::any_delta(tx); }));
  };
  while (waiting() && fold_some(figures, services)) {
  }
}

const Generation* Kept::live(const Counter& counter) const {
  const auto found = std::find_if(
      generations.begin(), generations.end(),
      [&](const Generation& known) { return known.counter == &counter && known.live; });
  return found == generations.end() ? nullptr : &*found;
}

std::shared_ptr<const Kept> Figures::kept(db::Tx& tx, const host::Services& services) {
  const int64_t version = store::state(tx).version;
  const std::lock_guard lock(mutex_);
  if (kept_ && kept_->version == version && kept_->content == services.content) return kept_;
  auto fresh = std::make_shared<Kept>();
  fresh->content = services.content;
  fresh->book = kept_ && kept_->content == services.content
                    ? kept_->book
                    : std::make_shared<const indicator::Book>(*services.content);
  fresh->version = version;
  for (const store::GenerationRow& row : store::generations(tx)) {
    for (const auto& counter : fresh->book->all()) {
      if (counter->key != row.key) continue;
      fresh->generations.push_back({row.id, counter.get(), row.as_of, row.live});
    }
  }
  kept_ = fresh;
  return fresh;
}

World world_of(db::Tx& tx) {
  World world;
  world.standing = [&tx](const std::vector<int64_t>& counters, const std::vector<Code>& at) {
    return store::sums(tx, counters, at, 0, 0);
  };
  world.places = [&tx](const std::vector<Code>& codes) {
    std::map<Code, std::vector<Value>> active;
    for (const places::Place& place : places::find_all(tx, codes)) {
      if (place.status != places::Status::active) continue;
      std::vector<Value> values = places::values_of({place.urban, place.community_types});
      values.insert(values.begin(), place.code.padded());
      active.emplace(place.code, std::move(values));
    }
    return active;
  };
  return world;
}

void observe(Figures& figures, db::Tx& tx, host::Services& services, const host::Change& change) {
  const auto kept = figures.kept(tx, services);
  const std::vector<const Generation*> concerned = of_kind(kept->generations, change.kind);
  Deltas deltas;
  const Code place = (change.after ? change.after : change.before)->place;
  const bool is_place = change.kind == places::kind_of(place.level());
  if (is_place) {
    for (const Generation* generation : concerned) deltas[{generation->id, place, "", 0}] = 0;
    if (place.level() == Level::village && change.before && change.after &&
        *change.before->values != *change.after->values) {
      store::mark_stale(tx, place);
    }
  } else {
    if (change.before) count(concerned, *change.before, -1, deltas);
    if (change.after) count(concerned, *change.after, 1, deltas);
    std::erase_if(deltas, [](const auto& delta) { return delta.second == 0; });
  }
  if (!deltas.empty()) store::add_deltas(tx, deltas);
}

}  // namespace linli::plans
