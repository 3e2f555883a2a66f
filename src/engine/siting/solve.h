// The door of the siting engine.
#pragma once

#include "core/result.h"
#include "engine/siting/types.h"

namespace linli::siting {

// Refuses siting.no_sites, siting.unknown_client, siting.wrong_number, siting.reach_incomplete, and
// siting.share_out_of_reach when even all sites together do not reach the wanted share.
Result<Answer> solve(const Question& question, const Control& control);

// The best that all sites of the question do together: nothing is sought, people are allotted.
// Refuses what solve() refuses but an empty list of sites, which serve nobody.
Result<Answer> serve(const Question& question);

}  // namespace linli::siting
