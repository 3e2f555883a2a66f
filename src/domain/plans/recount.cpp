// Counting anew: what the records say against what is kept.
#include <algorithm>
#include <set>
#include <utility>

#include "core/log.h"
#include "domain/places/api.h"
#include "domain/plans/figures.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using region::Level;

constexpr size_t kDeltasAtOnce = 4000;

// A stretch of places that is counted at once: a place alone, or with all below it.
struct Stretch {
  Code place;
  bool whole = true;
  Code first() const { return place; }
  Code last() const { return whole ? Code(place.last()) : place; }
};

void add_stretches(db::Tx& tx, Code place, std::vector<Stretch>& all) {
  if (place.level() >= Level::county) {
    all.push_back({place, true});
    return;
  }
  all.push_back({place, false});
  Code after = place;
  for (;;) {
    const std::vector<places::Place> children = places::children(tx, place, after, 200, true);
    for (const places::Place& child : children) add_stretches(tx, child.code, all);
    if (children.size() < 200) return;
    after = children.back().code;
  }
}

std::vector<Stretch> stretches(host::Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Stretch>> {
    std::vector<Stretch> all;
    add_stretches(tx, TRY(Code::parse(services.settings.region)), all);
    return all;
  }));
}

// What is missing at the stretch's places: what their records contribute less what is kept.
Deltas missing(db::Tx& tx, host::Services& services, const std::vector<Generation>& generations,
               const Stretch& stretch) {
  Deltas deltas;
  std::set<std::string_view> kinds;
  std::vector<int64_t> counted;
  for (const Generation& generation : generations) {
    if (generation.counter->kind == Counter::Kind::places) continue;
    kinds.insert(generation.counter->subject());
    counted.push_back(generation.id);
  }
  for (const std::string_view kind : kinds) {
    const std::vector<const Generation*> concerned = of_kind(generations, kind);
    for (const host::Module& module : services.modules) {
      const auto record = [&](const host::Change::Side& side) {
        count(concerned, side, 1, deltas);
      };
      if (module.records &&
          module.records(tx, services, kind, stretch.first(), stretch.last(), record)) {
        break;
      }
    }
  }
  for (const auto& [spot, value] : store::own(tx, counted, stretch.first(), stretch.last())) {
    deltas[spot] -= value;
  }
  std::erase_if(deltas, [](const auto& delta) { return delta.second == 0; });
  return deltas;
}

// A mark for every place that some of the generations count.
Deltas marks(db::Tx& tx, const std::vector<Generation>& generations, const Stretch& stretch) {
  Deltas marked;
  for (const Generation& generation : generations) {
    if (generation.counter->kind != Counter::Kind::places || !stretch.whole) continue;
    places::each(tx, stretch.place, generation.counter->level, [&](const places::Place& place) {
      marked[{generation.id, place.code, "", 0}] = 0;
      return true;
    });
  }
  return marked;
}

void write(host::Services& services, const Deltas& deltas) {
  auto next = deltas.begin();
  while (next != deltas.end()) {
    Deltas some;
    while (next != deltas.end() && some.size() < kDeltasAtOnce) some.insert(*next++);
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      store::add_deltas(tx, some);
      return {};
    }));
  }
}

// Counts a stretch in one snapshot and writes what differs: whatever happens meanwhile writes its
// own differences, so that both add up.
void count_anew(host::Services& services, const std::vector<Generation>& generations,
                const Stretch& stretch) {
  write(services, MUST(services.database.read([&](db::Tx& tx) -> Result<Deltas> {
          Deltas deltas = missing(tx, services, generations, stretch);
          deltas.merge(marks(tx, generations, stretch));
          return deltas;
        })));
}

std::shared_ptr<const Kept> kept_now(Figures& figures, host::Services& services) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::shared_ptr<const Kept>> {
    return figures.kept(tx, services);
  }));
}

// Stocks and places at the ends that have passed since the last one that was kept.
void keep_ends(Figures& figures, host::Services& services, time::Date today) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    const time::Date since = store::state(tx).since;
    if (since == 0) {
      store::set_since(tx, today);
      return {};
    }
    const store::KeptEnds kept = store::kept_ends(tx);
    const time::Date before = kept.last != 0 ? kept.last : time::add_days(since, -1);
    time::Date end = indicator::next_end(before);
    for (; end < today; end = indicator::next_end(end)) {
      const indicator::Code code = *indicator::end_code(end);
      for (const Generation& generation : figures.kept(tx, services)->generations) {
        if (!generation.live || generation.counter->kind == Counter::Kind::flow) continue;
        const int64_t number = number_at(*generation.counter, code);
        if (code == indicator::kWeekEnd) store::remove_figures(tx, number);
        store::keep_end(tx, generation.id, number, code);
      }
      store::add_end(tx, code, end);
    }
    return {};
  }));
}

}  // namespace

void settle(Figures& figures, host::Services& services) {
  fold_all(figures, services);
  for (;;) {
    const auto stale = MUST(services.database.read(
        [](db::Tx& tx) -> Result<std::optional<store::Stale>> { return store::any_stale(tx); }));
    if (!stale) return;
    count_anew(services, kept_now(figures, services)->generations, {stale->place, true});
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      store::clear_stale(tx, *stale);
      return {};
    }));
    fold_all(figures, services);
  }
}

namespace {

// Brings the generations to what the content and the day ask for.
void renew(Figures& figures, host::Services& services, time::Date today) {
  const auto kept = kept_now(figures, services);

  std::vector<Generation> wanted;
  for (const auto& counter : kept->book->all()) {
    const time::Date day = as_of(*counter, today);
    wanted.push_back({generation_id(*counter, day), counter.get(), day, false});
  }
  const auto rows =
      MUST(services.database.read([](db::Tx& tx) -> Result<std::vector<store::GenerationRow>> {
        return store::generations(tx);
      }));
  std::vector<Generation> fresh;
  std::set<int64_t> begun;
  std::set<int64_t> live;
  std::set<int64_t> dropped;
  for (const store::GenerationRow& row : rows) {
    begun.insert(row.id);
    dropped.insert(row.id);
    if (row.live) live.insert(row.id);
  }
  for (const Generation& generation : wanted) {
    dropped.erase(generation.id);
    if (!live.contains(generation.id)) fresh.push_back(generation);
  }
  if (fresh.empty() && dropped.empty()) return;

  // From here on every change writes differences for the fresh generations too; what was there
  // before is then counted stretch by stretch.
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::lock_state(tx);
    for (const Generation& generation : fresh) {
      if (begun.contains(generation.id)) continue;
      store::add_generation(tx, {generation.id, generation.counter->key, generation.as_of, false});
    }
    store::touch_version(tx);
    return {};
  }));
  for (const Stretch& stretch : stretches(services)) {
    count_anew(services, fresh, stretch);
    fold_all(figures, services);
  }
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::lock_state(tx);
    for (const Generation& generation : fresh) store::set_live(tx, generation.id);
    for (const int64_t id : dropped) store::drop_generation(tx, id);
    store::touch_version(tx);
    return {};
  }));
  for (const int64_t id : dropped) {
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      store::remove_figures(tx, id);
      return {};
    }));
  }
  log::info("figures.counted", {{"counters", static_cast<int64_t>(fresh.size())},
                                {"dropped", static_cast<int64_t>(dropped.size())}});
}

// Once a day every figure is held against the records: what several servers on one database may
// have raced over is put right.
void check_daily(Figures& figures, host::Services& services, time::Date today) {
  const time::Date checked = MUST(services.database.read(
      [](db::Tx& tx) -> Result<time::Date> { return store::state(tx).checked; }));
  if (checked == today) return;
  if (checked != 0) {
    const int64_t wrong = compare(figures, services, true);
    if (wrong != 0) log::warning("figures.corrected", {{"numbers", wrong}});
  }
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::set_checked(tx, today);
    return {};
  }));
}

}  // namespace

void turn(Figures& figures, host::Services& services, time::Instant now) {
  const time::Date today = time::date_of(now);
  settle(figures, services);
  keep_ends(figures, services, today);
  renew(figures, services, today);
  check_daily(figures, services, today);
}

int64_t compare(Figures& figures, host::Services& services, bool correct) {
  settle(figures, services);
  const auto kept = kept_now(figures, services);
  int64_t wrong = 0;
  for (const Stretch& stretch : stretches(services)) {
    const Deltas differences = MUST(services.database.read([&](db::Tx& tx) -> Result<Deltas> {
      Fold fold(kept->generations);
      Deltas deltas = missing(tx, services, kept->generations, stretch);
      for (const auto& [spot, value] : deltas) fold.add(spot, value);
      for (const auto& [spot, value] : marks(tx, kept->generations, stretch)) fold.add(spot, value);
      fold.judge(world_of(tx));
      for (const auto& [spot, addition] : fold.additions()) {
        if (addition.own != 0 && !deltas.contains(spot)) deltas[spot] = 0;
      }
      return deltas;
    }));
    wrong += static_cast<int64_t>(differences.size());
    if (correct) write(services, differences);
  }
  if (correct) fold_all(figures, services);
  return wrong;
}

}  // namespace linli::plans
