// Where facilities should stand: the answer to a question of module siting.
#pragma once

#include "domain/siting/types.h"
#include "host/computation.h"

namespace linli::siting {

// Refuses what read_inquiry, ground_of and solve refuse.
Result<json::Value> find_sites(host::Services& services, circles::Circles& circles, host::Run& run);

}  // namespace linli::siting
