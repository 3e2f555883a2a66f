// What everybody may see of the plans in force: how far their targets are reached in a county.
#pragma once

#include <vector>

#include "domain/plans/views.h"

namespace linli::plans {

struct PublicPlan {
  const pack::PlanHeader* plan = nullptr;
  places::Reference place;
  std::vector<IndicatorView> rows;  // with a target; of the main table, where there is one
};
// The issued plans of the place's county (or of a place above it) that no later plan follows; of
// the nation, each at its own territory.
std::vector<PublicPlan> public_plans(const Scene& scene, Code place);

}  // namespace linli::plans
