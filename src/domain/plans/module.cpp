#include "domain/plans/module.h"

#include <memory>

#include "domain/plans/alarms.h"
#include "domain/plans/api.h"
#include "domain/plans/figures.h"
#include "domain/plans/routes.h"
#include "domain/plans/store.h"

namespace linli::plans {

std::vector<db::Migration> migrations();

namespace {

// Live pages of the places whose figures a change moves.
void publish(db::Tx& tx, const host::Services& services, const host::Change& change) {
  if (services.hub->followers() == 0) return;
  for (const auto* side : {&change.before, &change.after}) {
    if (!*side) continue;
    tx.on_commit([hub = services.hub, place = (*side)->place] {
      for (const Code above : place.chain()) hub->publish("figures:" + above.text(), "changed", "");
    });
  }
}

}  // namespace

int64_t count_all(host::Services& services, time::Instant now) {
  const bool begun = MUST(services.database.read(
      [](db::Tx& tx) -> Result<bool> { return !store::generations(tx).empty(); }));
  if (!begun) return 0;
  Figures figures;
  turn(figures, services, now);
  return compare(figures, services, true);
}

host::Module manifest() {
  const auto figures = std::make_shared<Figures>();
  host::Module module = {
      .name = "plans",
      .about = "Live figures, indicators and targets, statistics.",
      .permissions = {"figure.read", "statistic.read", "statistic.write", "plan.write",
                      "plan.report", "plan.approve", "plan.evidence"},
      .migrations = migrations(),
      .jobs = {{.name = "figures.fold",
                .every_ms = 500,
                .run = [figures](host::Services& services,
                                 time::Instant) { settle(*figures, services); }},
               {.name = "figures.turn",
                .every_ms = 60'000,
                .run = [figures](host::Services& services,
                                 time::Instant now) { turn(*figures, services, now); }},
               {.name = "plans.alarms",
                .every_ms = 600'000,
                .run = [figures](host::Services& services,
                                 time::Instant now) { raise_alarms(*figures, services, now); }}},
      .observers = {{.name = "figures",
                     .changed =
                         [figures](db::Tx& tx, host::Services& services,
                                   const host::Change& change) {
                           observe(*figures, tx, services, change);
                           publish(tx, services, change);
                         }}},
      .start = [figures](host::Services& services, time::Instant now) -> Done {
        turn(*figures, services, now);
        return {};
      },
      .examine = [figures](host::Services& services) -> std::vector<std::string> {
        const int64_t wrong = compare(*figures, services, false);
        if (wrong == 0) return {};
        return {std::to_string(wrong) +
                " figures differ from the records; the daily check puts them right"};
      },
  };
  for (const auto& some :
       {measure_routes(figures), public_routes(figures), plan_routes(figures),
        standard_routes(figures), why_routes(figures), target_routes(figures), task_routes(),
        value_request_routes(figures), exchange_routes(figures), quality_routes(figures),
        evaluation_routes(figures), statistic_routes(figures)}) {
    module.routes.insert(module.routes.end(), some.begin(), some.end());
  }
  return module;
}

}  // namespace linli::plans
