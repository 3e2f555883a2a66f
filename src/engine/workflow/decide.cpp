// What each command does: decide() and the opening of a case.
#include <algorithm>

#include "engine/workflow/clock.h"
#include "engine/workflow/machine.h"
#include "engine/workflow/stages.h"

namespace linli::workflow {
namespace {

tl::unexpected<Refusal> missing(std::string pointer, std::string expected) {
  return refuse_fields({{std::move(pointer), "field.required", std::move(expected)}});
}

// The event of an action that changes nothing else yet.
Event event_of(const Rules& rules, const State& state, const Standing& standing,
               const Command& command, time::Instant now) {
  Event event;
  event.action = command.action;
  event.at = now;
  event.actor = standing.account;
  event.actor_unit = standing.unit;
  event.text = command.text;
  event.stage = state.stage;
  event.unit = state.unit;
  event.assignee = state.assignee;
  event.clock = state.clock;
  if (const pack::Stage* stage = rules.kind.stage(state.stage)) event.terminal = stage->terminal;
  return event;
}

void enter(const Rules& rules, Event& event, const pack::Stage& stage) {
  event.stage = stage.key;
  event.terminal = stage.terminal;
  event.clock = start_clock(rules.calendar, stage.within, event.at);
}

void hand_to(const Rules& rules, Event& event, const std::string& unit,
             const std::string& assignee) {
  event.unit = unit;
  event.assignee = assignee;
  enter(rules, event, entry_stage(rules.kind));
}

const pack::Stage& answered_stage(const pack::CaseKind& kind) {
  const pack::Stage* stage = stage_listing(kind, Action::confirm);
  return stage ? *stage : terminal_stage(kind);
}

// Actions whose words are theirs to explain to somebody: without words, refused.
Done check_words(const Command& command) {
  switch (command.action) {
    case Action::hand_back:
    case Action::escalate:
    case Action::emergency:
    case Action::pause:
    case Action::refuse:
    case Action::reopen:
      if (command.text.empty()) return missing("/reason", "a reason");
      return {};
    case Action::reply:
    case Action::close:
    case Action::call_back:
      if (command.text.empty()) return missing("/text", "a text");
      return {};
    default:
      return {};
  }
}

Done order_tasks(const Rules& rules, const State& state, const Command& command, Event& event) {
  const bool called = command.action == Action::whistle;
  if (command.tasks.empty()) return missing(called ? "/units" : "/tasks", "at least one");
  int64_t id = static_cast<int64_t>(state.tasks.size());
  for (const TaskOrder& order : command.tasks) {
    if (order.unit == state.unit)
      return refuse(ErrorKind::invalid, "case.task_for_itself", order.unit);
    Task task;
    task.id = ++id;
    task.unit = order.unit;
    task.text = order.text;
    task.called = called;
    task.caller = event.actor;
    task.caller_unit = event.actor_unit;
    task.opened_at = event.at;
    if (called)
      task.due_at = start_clock(rules.calendar, entry_stage(rules.kind).within, event.at).due_at;
    event.tasks.push_back(std::move(task));
  }
  return {};
}

Result<Event> on_task(const State& state, const Standing& standing, const Command& command,
                      Event event) {
  const auto found = std::find_if(state.tasks.begin(), state.tasks.end(),
                                  [&](const Task& task) { return task.id == command.task; });
  if (found == state.tasks.end()) return refuse(ErrorKind::not_found, "case.task_not_found");
  const Task& task = *found;
  const bool does = standing.units.count(task.unit) > 0;
  const bool called = task.caller == standing.account || standing.units.count(task.caller_unit) > 0;
  event.task = task.id;
  switch (command.action) {
    case Action::report_in:
      if (!does) return refuse(ErrorKind::forbidden, "case.task_not_yours");
      if (!task.called || !task.open() || task.reported_at)
        return refuse(ErrorKind::conflict, "case.task_reported");
      return event;
    case Action::finish_task:
      if (!does && !called) return refuse(ErrorKind::forbidden, "case.task_not_yours");
      if (!task.open()) return refuse(ErrorKind::conflict, "case.task_finished");
      if (does && task.called && !task.reported_at)
        return refuse(ErrorKind::conflict, "case.not_reported_in");
      if (command.text.empty()) return missing("/text", "what was done");
      event.withdrawn = !does;
      return event;
    default:
      if (does || !called) return refuse(ErrorKind::forbidden, "case.not_caller");
      if (task.open() || !task.called || task.withdrawn)
        return refuse(ErrorKind::conflict, "case.task_open");
      if (task.rating > 0) return refuse(ErrorKind::conflict, "case.already_rated");
      event.rating = command.rating;
      return event;
  }
}

Result<Event> rated(const Rules& rules, const Command& command, Event event) {
  event.rating = command.rating;
  event.visible = true;
  const pack::Stage* review = stage_by(rules.kind, "reviewer");
  const bool bad = is_bad(rules.kind, command.rating);
  event.solved = !bad;
  if (bad && review)
    enter(rules, event, *review);
  else if (!event.terminal)
    enter(rules, event, terminal_stage(rules.kind));
  return event;
}

Result<Event> called_back(const Command& command, Event event) {
  if (command.outcome != "satisfied" && command.outcome != "unsatisfied" &&
      command.outcome != "unreachable")
    return refuse_fields(
        {{"/outcome", "field.not_a_choice", "satisfied, unsatisfied, unreachable"}});
  event.outcome = command.outcome;
  event.rating = command.rating;
  return event;
}

bool solved_at_close(const Rules& rules, const State& state, const Command& command) {
  if (command.solved) return *command.solved;
  if (!state.outcome.empty()) return state.outcome == "satisfied";
  return state.reply->solved && !(state.rated && is_bad(rules.kind, state.rating));
}

Result<Event> assigned(const Rules& rules, const Command& command, Event event) {
  if (command.unit.empty()) return missing("/to", "a place, unit or account");
  hand_to(rules, event, command.unit, command.assignee);
  return event;
}

Result<Event> paused(const Rules& rules, const State& state, const Command& command, Event event) {
  if (command.until && *command.until <= event.at)
    return refuse_fields({{"/until", "field.too_small", "later than now"}});
  event.clock = pause_clock(rules.calendar, *rules.kind.stage(state.stage)->within, state.clock,
                            command.text, command.until, event.at);
  event.visible = true;
  return event;
}

Result<Event> resumed(const Rules& rules, const State& state, Event event) {
  const auto& within = rules.kind.stage(state.stage)->within;
  event.clock = within ? resume_clock(rules.calendar, *within, state.clock, event.at)
                       : start_clock(rules.calendar, within, event.at);
  return event;
}

Result<Event> accepted(const Rules& rules, const Standing& standing, Event event) {
  const pack::Stage* handling = stage_listing(rules.kind, Action::reply);
  if (!handling) return refuse(ErrorKind::conflict, "case.not_listed");
  event.assignee = standing.account;
  event.visible = true;
  enter(rules, event, *handling);
  return event;
}

Done check_rating(const State& state, const Command& command) {
  const bool asked = command.action == Action::rate || command.action == Action::rate_task;
  const bool given = command.action == Action::call_back && command.rating != 0;
  if (!asked && !given) return {};
  if (command.rating < 1 || command.rating > 5)
    return refuse_fields({{"/rating", "field.not_a_choice", "1 to 5"}});
  if (given && state.rated) return refuse(ErrorKind::conflict, "case.already_rated");
  return {};
}

}  // namespace

Event open(const Rules& rules, const std::string& village, const std::string& unit,
           const std::string& actor, time::Instant now) {
  Event event;
  event.at = now;
  event.actor = actor;
  event.visible = true;
  event.unit = unit.empty() ? village : unit;
  const bool desk = unit.empty() || is_desk(unit);
  enter(rules, event, desk ? rules.kind.stages.front() : entry_stage(rules.kind));
  return event;
}

Result<Event> decide(const Rules& rules, const State& state, const Standing& standing,
                     const Command& command, time::Instant now) {
  if (auto refusal = why_not(rules, state, standing, command.action, now))
    return refuse(std::move(*refusal));
  TRY(check_words(command));
  TRY(check_rating(state, command));
  Event event = event_of(rules, state, standing, command, now);
  switch (command.action) {
    case Action::assign:
      return assigned(rules, command, std::move(event));
    case Action::accept:
      return accepted(rules, standing, std::move(event));
    case Action::hand_back:
      event.assignee.clear();
      enter(rules, event, rules.kind.stages.front());
      return event;
    case Action::escalate:
      hand_to(rules, event, *unit_above(state.unit), {});
      return event;
    case Action::emergency:
      event.unit = duty_room(state.unit);
      event.assignee.clear();
      enter(rules, event, rules.kind.stages.front());
      return event;
    case Action::whistle:
    case Action::split:
      TRY(order_tasks(rules, state, command, event));
      return event;
    case Action::report_in:
    case Action::finish_task:
    case Action::rate_task:
      return on_task(state, standing, command, std::move(event));
    case Action::reply:
    case Action::refuse:
    case Action::follow:
      event.visible = true;
      event.solved = command.action != Action::refuse && command.solved.value_or(true);
      enter(rules, event, answered_stage(rules.kind));
      return event;
    case Action::pause:
      return paused(rules, state, command, std::move(event));
    case Action::resume:
      return resumed(rules, state, std::move(event));
    case Action::confirm:
      event.visible = true;
      event.solved = true;
      enter(rules, event, terminal_stage(rules.kind));
      return event;
    case Action::rate:
      return rated(rules, command, std::move(event));
    case Action::call_back:
      return called_back(command, std::move(event));
    case Action::close:
      event.visible = true;
      event.solved = solved_at_close(rules, state, command);
      enter(rules, event, terminal_stage(rules.kind));
      return event;
    case Action::reopen:
      event.visible = true;
      hand_to(rules, event, state.unit, {});
      return event;
    case Action::merge: {
      const pack::Stage* joined = stage_by(rules.kind, "lead");
      if (!joined) return refuse(ErrorKind::conflict, "case.not_listed");
      if (command.into.empty()) return missing("/into", "a case");
      event.into = command.into;
      enter(rules, event, *joined);
      return event;
    }
    default:
      return event;  // me_too
  }
}

}  // namespace linli::workflow
