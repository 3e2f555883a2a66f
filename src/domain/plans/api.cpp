#include "domain/plans/api.h"

#include "domain/plans/store.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/wire.h"

namespace linli::plans {

std::vector<Task> tasks_under(db::Tx& tx, const TaskFilter& filter, int64_t limit) {
  return store::tasks(tx, filter, {}, limit);
}

void save_statistic(db::Tx& tx, const Statistic& statistic) {
  store::save_statistic(tx, statistic);
}

Result<json::Value> values_of_plan(host::Services& services, std::string_view key, Code place,
                                   time::Instant now) {
  const pack::PlanHeader* plan = TRY(find_plan(*services.content, key));
  const Code at = place == Code() ? plan->territory : place;
  const time::Date today = time::date_of(now);
  Figures figures;
  return services.database.read([&](db::Tx& tx) -> Result<json::Value> {
    json::Writer out;
    const Scene scene{tx, services, figures, today};
    write(out, *plan, at, today, indicators(scene, *plan, at, today));
    return json::parse(out.text());
  });
}

}  // namespace linli::plans
