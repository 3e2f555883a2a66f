#pragma once

#include "host/module.h"

namespace linli::accounts {

// People and services that sign in, their roles over territories, and the audit trail.
host::Module manifest();

}  // namespace linli::accounts
