// What expressions see: the scopes of registers, case kinds and places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/types.h"

namespace linli::pack {

// Fills the scopes of everything that expressions may stand over; lists must be read.
void fill_scopes(Content& content);

// The scope of what count(…) and sum(…) name: a register, a case kind, community, township or
// county; null for others.
const expr::Scope* scope_of_kind(const Content& content, std::string_view kind);

// Names that stand in the scope, or in the table, of every register or case kind beside the
// fields of its own.
const std::vector<std::string>& reserved_names(bool of_case);

}  // namespace linli::pack
