// Open cases follow when grids are drawn anew.
#include "domain/cases/api.h"
#include "domain/cases/rules.h"
#include "domain/cases/save.h"
#include "domain/cases/store.h"
#include "engine/workflow/machine.h"

namespace linli::cases {

std::vector<Lying> open_below(db::Tx& tx, region::Code place) {
  std::vector<Lying> found;
  for (const auto& [id, lies] : store::open_below(tx, place)) {
    if (const auto row = store::load(tx, id)) found.push_back({id, lies, row->point});
  }
  return found;
}

Done relocate(db::Tx& tx, host::Services& services, std::string_view id, region::Code place,
              time::Instant now) {
  const Case before = TRY(find(tx, services, id));
  if (before.place == place) return {};
  const Result<region::Code> unit = region::Code::parse(before.state.unit);
  const bool with_grid = unit && unit->level() >= region::Level::grid;
  const std::string from = with_grid ? before.state.unit : before.place.text();
  TRY(save(tx, services, before,
           {workflow::relocated(before.state, place.text(), from, place.text(), now)}, {}));
  return {};
}

Done hand_on(db::Tx& tx, host::Services& services, region::Code from, region::Code to,
             time::Instant now) {
  for (const std::string& id : store::open_with(tx, from)) {
    const Case before = TRY(find(tx, services, id));
    TRY(save(tx, services, before,
             {workflow::relocated(before.state, before.place.text(), from.text(), to.text(), now)},
             {}));
  }
  return {};
}

}  // namespace linli::cases
