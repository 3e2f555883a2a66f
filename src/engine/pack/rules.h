// What no declaration may do, whatever it says: the platform's principles as checks.
#pragma once

#include "engine/pack/documents.h"
#include "engine/pack/types.h"

namespace linli::pack {

// A case kind must be a machine that ends, that cannot be closed without an answer, and that asks
// for nothing which a register holds.
void check_case_rules(const Document& document, const CaseKind& kind, const Content& content,
                      Report& report);

}  // namespace linli::pack
