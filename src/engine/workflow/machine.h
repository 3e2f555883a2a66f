// The state machine of cases: a case kind's stages decide which actions are open, the machine what
// each does. Pure: time, actor and calendar are arguments; an unlisted action is refused.
//
//   action      who                     leads to
//   assign      receiver                the stage that lists `accept`
//   accept      assignee                the stage that lists `reply`
//   hand_back   assignee                the first stage
//   escalate    assignee, receiver      `accept`, one level up: village, township, county
//   emergency   assignee, receiver      the first stage, at the county's duty room
//   whistle     caller with the case    stays; departments must report in, act, and are rated
//   split       assignee                stays; no reply while a task is open
//   reply       assignee                the stage that lists `confirm`
//   refuse      receiver                the same: its visible reason is the reply
//   merge       receiver                the stage by `lead`; the lead's reply will be its own
//   confirm     reporter                the terminal stage
//   rate        reporter                the terminal stage; a bad one the stage by `reviewer`
//   call_back   reviewer                stays; may carry the resident's rating
//   close       reviewer                the terminal stage
//   reopen      reporter, reviewer      `accept`, for the same unit; a wrong merge by the receiver
//
// report_in, finish_task and rate_task follow the task, and resume the pause: packs do not list
// them. Nobody who had a hand in a case rates, confirms or closes it. A clock that runs out in the
// reporter's stage lapses to the reviewer; any other is a breach and escalates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/result.h"
#include "engine/pack/types.h"
#include "engine/workflow/types.h"

namespace linli::workflow {

struct Rules {
  const pack::CaseKind& kind;
  const Calendar& calendar;
};

// The first event of a case at a village, routed to `unit`: into the stage that lists `accept`; at
// a township's or county's desk, or the village's own when `unit` is empty, into the first.
Event open(const Rules& rules, const std::string& village, const std::string& unit,
           const std::string& actor, time::Instant now);

// Why the actor may not do it now; nothing when he may.
std::optional<Refusal> why_not(const Rules& rules, const State& state, const Standing& standing,
                               Action action, time::Instant now);

// The event that the command makes, or the refusal.
Result<Event> decide(const Rules& rules, const State& state, const Standing& standing,
                     const Command& command, time::Instant now);

// What has fallen due by `now`, in order: ends of pauses, reminders, breaches with their
// escalation, lapses, tasks not reported in. Empty when nothing has.
std::vector<Event> tick(const Rules& rules, const State& state, time::Instant now);
// The next instant at which tick() has something to say.
std::optional<time::Instant> wake_at(const Rules& rules, const State& state);

// Grids were drawn anew, and what was with one unit is with another: the case lies in `place`, and
// itself (then handled by nobody in particular) and its open tasks go from `from` to `to`.
Event relocated(const State& state, const std::string& place, const std::string& from,
                const std::string& to, time::Instant now);

// The fold: the state after the event.
void apply(State& state, const Event& event);
State replay(const std::vector<Event>& events);

}  // namespace linli::workflow
