// What other modules may ask of the plans.
#pragma once

#include "core/time.h"
#include "host/services.h"

namespace linli::plans {

// Counts every figure from the records, beside the differences that changes write: after a bulk
// load that told no observer. Returns how many numbers were not right before.
int64_t count_all(host::Services& services, time::Instant now);

}  // namespace linli::plans
