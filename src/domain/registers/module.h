#pragma once

#include "host/module.h"

namespace linli::registers {

// Records of the kinds that packs declare: tables, lists, edits, labels, history, spreadsheets.
host::Module manifest();

}  // namespace linli::registers
