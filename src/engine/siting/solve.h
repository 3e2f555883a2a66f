// The door of the siting engine.
#pragma once

#include "core/result.h"
#include "engine/siting/types.h"

namespace linli::siting {

// Refuses siting.no_sites, siting.unknown_client, siting.wrong_number, siting.reach_incomplete, and
// siting.share_out_of_reach when even all sites together do not reach the wanted share.
Result<Answer> solve(const Question& question, const Control& control);

}  // namespace linli::siting
