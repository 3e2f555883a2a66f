// Where actions lead: the stages of a kind found by what they list and by who acts in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/pack/types.h"
#include "engine/workflow/types.h"

namespace linli::workflow {

bool lists(const pack::Stage& stage, Action action);
// The first stage that lists the action; null when none does.
const pack::Stage* stage_listing(const pack::CaseKind& kind, Action action);
// The first stage in which `who` acts: receiver, assignee, reporter, reviewer, lead.
const pack::Stage* stage_by(const pack::CaseKind& kind, std::string_view who);
const pack::Stage& terminal_stage(const pack::CaseKind& kind);
// Where a unit finds what is newly its own: `accept`, else `reply`, else the first stage.
const pack::Stage& entry_stage(const pack::CaseKind& kind);

// One level up: grid, village, township, county; a department's is its county's duty room. None
// above the county.
std::optional<std::string> unit_above(const std::string& unit);
// A township's or county's desk hands on what it is given; others handle it themselves.
bool is_desk(const std::string& unit);
std::string duty_room(const std::string& unit);

bool is_bad(const pack::CaseKind& kind, int rating);

}  // namespace linli::workflow
