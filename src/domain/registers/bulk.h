// What the host asks of the registers as a whole.
#pragma once

#include <functional>
#include <string_view>

#include "host/services.h"

namespace linli::registers {

// host::Records: every record of a register in a range of places, for figures.
bool all_records(db::Tx& tx, host::Services& services, std::string_view kind, region::Code first,
                 region::Code last, const expr::Needs* needs,
                 const std::function<void(const host::Change::Side&)>& record);

// An observer of places: records repeat the attributes of their village.
void follow_place(db::Tx& tx, host::Services& services, const host::Change& change);

}  // namespace linli::registers
