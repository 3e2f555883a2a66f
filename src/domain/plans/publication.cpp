#include "domain/plans/publication.h"

#include <algorithm>

#include "domain/places/api.h"

namespace linli::plans {
namespace {

bool is_in_force(const pack::Content& content, const pack::PlanHeader& plan) {
  return plan.status == "issued" &&
         std::none_of(content.plans.begin(), content.plans.end(),
                      [&](const pack::PlanHeader& other) { return other.follows == plan.key; });
}

bool has_main_table(const pack::Content& content, const pack::PlanHeader& plan) {
  return std::any_of(content.indicators.begin(), content.indicators.end(),
                     [&](const pack::Indicator& one) { return one.plan == plan.key && one.main; });
}

}  // namespace

std::vector<PublicPlan> public_plans(const Scene& scene, Code place) {
  // Below a county one could tell whose the numbers are.
  if (place.level() > region::Level::county) place = place.at(region::Level::county);
  std::vector<PublicPlan> all;
  for (const pack::PlanHeader& plan : scene.content().plans) {
    const bool whole = place.level() == region::Level::nation;
    if (!is_in_force(scene.content(), plan) || !(whole || plan.territory.contains(place))) continue;
    const Code at = whole ? plan.territory : place;
    const bool main = has_main_table(scene.content(), plan);
    PublicPlan shown{.plan = &plan, .place = {at, places::name_of(scene.tx, at)}};
    for (IndicatorView& view : indicators(scene, plan, at, scene.today)) {
      if (view.goal && view.indicator->main == main) shown.rows.push_back(std::move(view));
    }
    all.push_back(std::move(shown));
  }
  return all;
}

}  // namespace linli::plans
