#pragma once

#include "host/module.h"

namespace linli::plans {

// Live figures: measures, the plans' indicators against their targets, statistics.
host::Module manifest();

}  // namespace linli::plans
