// An event as JSON: what the log keeps beside its columns. Members that hold their defaults are
// left out; reading gives the same event back.
#pragma once

#include "core/json.h"
#include "engine/workflow/types.h"

namespace linli::workflow {

// clock, tasks, task, rating, solved, terminal, withdrawn, percent, outcome, into.
std::string write_details(const Event& event);
Done read_details(std::string_view text, Event& event);

}  // namespace linli::workflow
