// Every module of Linli, in the order in which migrations run and observers are told.
#pragma once

#include <vector>

#include "host/module.h"

namespace linli::app {

std::vector<host::Module> modules();

}  // namespace linli::app
