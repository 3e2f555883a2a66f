// The routes that belong to no module: health, metrics, the API's text, live events, content.
#pragma once

#include "host/module.h"

namespace linli::app {

host::Module platform();

}  // namespace linli::app
