// Bulk loads of finished and running cases.
#include <map>

#include "domain/cases/api.h"
#include "domain/cases/rules.h"
#include "domain/cases/save.h"
#include "domain/cases/store.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

using CountyYear = std::pair<region::Code, int64_t>;

CountyYear counter_of(const Case& made) {
  return {made.place.at(region::Level::county),
          time::civil(time::date_of(made.state.opened_at)).year};
}

}  // namespace

Done add_lives(db::Tx& tx, host::Services& services, std::vector<Life> lives) {
  std::map<CountyYear, int64_t> wanted;
  for (Life& life : lives) {
    life.made.state = {};
    for (const LoggedEvent& logged : life.events) workflow::apply(life.made.state, logged.event);
    ++wanted[counter_of(life.made)];
  }
  std::map<CountyYear, int64_t> next;
  for (const auto& [counter, count] : wanted)
    next[counter] = store::next_numbers(tx, counter.first, counter.second, count);
  for (Life& life : lives) {
    Case& made = life.made;
    const pack::CaseKind* kind = TRY(kind_of(services, made));
    const CountyYear counter = counter_of(made);
    made.number = number_of(counter.first, counter.second, next[counter]++);
    life.events.front().facts = facts_of(*kind, made);
    made.due_at = made.state.clock.due_at;
    store::insert(tx, made);
    store::append(tx, made, 1, life.events);
    const pack::Stage* stage = kind->stage(made.state.stage);
    if (stage && !stage->terminal)
      store::save_queues(tx, made, true,
                         workflow::wake_at({*kind, services.content->calendar}, made.state));
  }
  return {};
}

}  // namespace linli::cases
