// A case as the machine sees it: what it has become (State), what somebody wants (Command), who
// that is to the case (Standing), and what happened (Event). State is a fold over events.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace linli::workflow {

// What people do, as packs list it and the API names it, then what happens by itself.
enum class Action {
  assign,
  accept,
  hand_back,
  whistle,
  report_in,
  split,
  finish_task,
  rate_task,
  escalate,
  emergency,
  reply,
  pause,
  resume,
  confirm,
  rate,
  reopen,
  refuse,
  merge,
  close,
  call_back,
  me_too,
  open,
  follow,
  remind,
  breach,
  lapse,
  task_late,
  relocate,
};
std::string_view name_of(Action action);
Action action_named(std::string_view name);  // throws on a name that no event log holds
bool by_itself(Action action);
const std::vector<Action>& all_actions();

// The time limit of the stage the case is in. `used` is what ran before `running_since`, in
// microseconds of the limit's own kind (working or plain). Without `due_at` nothing runs.
struct Clock {
  time::Instant started_at = 0;
  time::Instant running_since = 0;
  int64_t used = 0;
  std::optional<time::Instant> due_at;
  std::optional<time::Instant> paused_at;
  std::optional<time::Instant> paused_until;
  std::string reason;  // of the pause
  int reminded = 0;    // the last percentage that was announced
  bool breached = false;
  friend bool operator==(const Clock&, const Clock&) = default;
};

// A part of the matter that another unit does. A called task (whistle) must be reported in
// before `due_at`, and its caller rates it.
struct Task {
  int64_t id = 0;  // 1, 2, … in the case
  std::string unit;
  std::string text;
  bool called = false;
  std::string caller;
  std::string caller_unit;
  time::Instant opened_at = 0;
  std::optional<time::Instant> due_at;
  std::optional<time::Instant> reported_at;
  std::optional<time::Instant> finished_at;
  bool withdrawn = false;
  bool late = false;
  std::string outcome;
  int rating = 0;  // 0: not rated
  bool open() const { return !finished_at; }
  friend bool operator==(const Task&, const Task&) = default;
};

// What the resident can read as the answer to the present round; reopening clears it.
struct Reply {
  time::Instant at = 0;
  std::string by;
  std::string text;
  bool solved = false;
  friend bool operator==(const Reply&, const Reply&) = default;
};

// A unit is a place code in wire form or "department@county".
struct State {
  std::string stage;
  std::string unit;      // answers for it now
  std::string assignee;  // the account that accepted, or was named
  Clock clock;
  std::vector<Task> tasks;
  std::set<std::string> handlers;  // accounts that had a hand in it
  std::optional<Reply> reply;
  bool answered = false;  // ever, visibly
  bool rated = false;     // since the last reply
  int rating = 0;         // the latest; 0: never
  bool resolved = false;
  bool breached = false;  // any clock, ever
  bool reopened = false;
  std::string outcome;  // of the call-back since the last reply
  std::string merged_into;
  int64_t me_too = 0;
  time::Instant opened_at = 0;
  std::optional<time::Instant> replied_at;  // first
  std::optional<time::Instant> closed_at;   // last, while closed
  int64_t events = 0;
  friend bool operator==(const State&, const State&) = default;
};

struct TaskOrder {
  std::string unit;
  std::string text;
  friend bool operator==(const TaskOrder&, const TaskOrder&) = default;
};

struct Command {
  Action action = Action::open;
  std::string text;      // reply, reason or remark
  std::string unit;      // assign, open
  std::string assignee;  // assign to a person
  std::vector<TaskOrder> tasks;
  int64_t task = 0;
  int rating = 0;
  std::optional<bool> solved;
  std::string outcome;  // call_back: satisfied, unsatisfied, unreachable
  std::string into;     // merge: the other case
  std::optional<time::Instant> until;
};

// What the actor is to this case.
struct Standing {
  std::string account;  // empty: the system
  std::string unit;     // on whose behalf
  bool reporter = false;
  bool acting = false;  // as a helper for the reporter
  bool receiver = false;
  bool caller = false;  // may whistle for departments
  bool reviewer = false;
  std::set<std::string> units;  // of those in the case, the ones the actor works for
};

// What happened. Stage, unit, assignee and clock are those after it.
struct Event {
  Action action = Action::open;
  time::Instant at = 0;
  std::string actor;  // empty: the system
  std::string actor_unit;
  std::string text;
  bool visible = false;  // the resident reads the text
  std::string stage;
  std::string unit;
  std::string assignee;
  Clock clock;
  std::vector<Task> tasks;  // as ordered; of relocate: those that another unit does now
  int64_t task = 0;
  int rating = 0;
  bool solved = false;
  bool terminal = false;  // the stage ends the case
  bool withdrawn = false;
  int percent = 0;
  std::string outcome;
  std::string into;  // of merge: the case; of relocate: the place
  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace linli::workflow
