// What a day brings: ends of periods whose stocks are kept, generations for what is asked, a check.
#include <set>

#include "core/log.h"
#include "domain/plans/figures.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;

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

// Brings the generations to what the content and the day ask for.
void renew(Figures& figures, host::Services& services, time::Date today) {
  const auto kept =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::shared_ptr<const Kept>> {
        return figures.kept(tx, services);
      }));

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
  count_whole(figures, services, fresh);
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

}  // namespace linli::plans
