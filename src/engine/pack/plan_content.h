// A plan as its pack holds it, whole: `linli plan list` and GET /api/v1/plans/{plan}/content.
// The members are in docs/formats/plan.md.
#pragma once

#include "core/json.h"
#include "engine/pack/types.h"

namespace linli::pack {

// {"plan": …, "indicators": […], "standards": […], "circles": […]}; definitions in the order of
// the pack.
json::Value plan_content(const Content& content, const PlanHeader& plan);

}  // namespace linli::pack
