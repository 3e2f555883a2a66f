#include "domain/plans/api.h"
#include "domain/plans/figures.h"
#include "domain/plans/store.h"

namespace linli::plans {
namespace {

using indicator::Counter;
using region::Level;

// What lies exactly at its places today, of one counter.
Deltas standing(db::Tx& tx, const Generation& generation) {
  const Code nation;
  Deltas own = store::own(tx, {generation.id}, nation, Code(nation.last()));
  std::erase_if(own, [](const auto& at) { return at.first.period != 0 || at.second == 0; });
  return own;
}

// The same at a past end, there and at every place above.
Additions then(const Generation& generation, const Deltas& today, time::Date end,
               const Past& past) {
  const indicator::Code code = *indicator::end_code(end);
  const int64_t number = number_at(*generation.counter, code);
  Additions sums;
  for (const auto& [spot, value] : today) {
    const int64_t was = past(*generation.counter, spot.place, end, value);
    for (Code place = spot.place;; place = place.parent()) {
      sums[{number, place, spot.dimension, code}].value += was;
      if (place.level() == Level::nation) break;
    }
  }
  return sums;
}

}  // namespace

void keep_past(host::Services& services, const std::vector<time::Date>& ends, const Past& past) {
  Figures figures;
  settle(figures, services);
  const auto kept =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::shared_ptr<const Kept>> {
        return figures.kept(tx, services);
      }));
  for (const Generation& generation : kept->generations) {
    if (!generation.live || generation.counter->kind == Counter::Kind::flow) continue;
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      const Deltas today = standing(tx, generation);
      for (const time::Date end : ends) store::add(tx, then(generation, today, end, past));
      return {};
    }));
  }
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    for (const time::Date end : ends) store::add_end(tx, *indicator::end_code(end), end);
    return {};
  }));
}

}  // namespace linli::plans
