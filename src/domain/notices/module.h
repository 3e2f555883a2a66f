#pragma once

#include "host/module.h"

namespace linli::notices {

// Notices to people, the senders of short messages, and web hooks.
host::Module manifest();

}  // namespace linli::notices
