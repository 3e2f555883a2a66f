#pragma once

#include "host/module.h"

namespace linli::reports {

host::Module manifest();

}  // namespace linli::reports
