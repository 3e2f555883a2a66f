#pragma once

#include "host/module.h"

namespace linli::cases {

// Requests from first report to closing, with their clocks, queues and pictures.
host::Module manifest();

}  // namespace linli::cases
