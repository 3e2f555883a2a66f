// What happens because time passes.
#include <algorithm>

#include "engine/workflow/clock.h"
#include "engine/workflow/machine.h"
#include "engine/workflow/stages.h"

namespace linli::workflow {
namespace {

Event system_event(const State& state, Action action, time::Instant now) {
  Event event;
  event.action = action;
  event.at = now;
  event.stage = state.stage;
  event.unit = state.unit;
  event.assignee = state.assignee;
  event.clock = state.clock;
  return event;
}

void enter(const Rules& rules, Event& event, const pack::Stage& stage) {
  event.stage = stage.key;
  event.terminal = stage.terminal;
  event.clock = start_clock(rules.calendar, stage.within, event.at);
}

// The next percentage to announce that the clock has not passed yet at its start.
std::optional<int> next_reminder(const Rules& rules, const State& state) {
  const auto found =
      std::find_if(rules.kind.remind_percent.begin(), rules.kind.remind_percent.end(),
                   [&](int percent) { return percent > state.clock.reminded; });
  if (found == rules.kind.remind_percent.end()) return std::nullopt;
  return *found;
}

bool escalates(const Rules& rules, const pack::Stage& stage, const State& state) {
  return rules.kind.escalate_on_breach && (stage.by == "receiver" || stage.by == "assignee") &&
         unit_above(state.unit);
}

std::optional<Event> resumed(const Rules& rules, const pack::Stage& stage, const State& state,
                             time::Instant now) {
  const Clock& clock = state.clock;
  if (!clock.paused_until || *clock.paused_until > now) return std::nullopt;
  Event event = system_event(state, Action::resume, now);
  event.clock = resume_clock(rules.calendar, *stage.within, clock, now);
  return event;
}

std::optional<Event> reminded(const Rules& rules, const pack::Stage& stage, const State& state,
                              time::Instant now) {
  const auto percent = next_reminder(rules, state);
  if (!percent || !state.clock.due_at || *state.clock.due_at <= now) return std::nullopt;
  if (instant_of_percent(rules.calendar, *stage.within, state.clock, *percent) > now)
    return std::nullopt;
  Event event = system_event(state, Action::remind, now);
  event.percent = *percent;
  event.clock.reminded = *percent;
  return event;
}

std::vector<Event> run_out(const Rules& rules, const pack::Stage& stage, const State& state,
                           time::Instant now) {
  if (!state.clock.due_at || *state.clock.due_at > now || state.clock.breached) return {};
  if (stage.by == "reporter") {
    Event lapse = system_event(state, Action::lapse, now);
    const pack::Stage* review = stage_by(rules.kind, "reviewer");
    enter(rules, lapse, review ? *review : terminal_stage(rules.kind));
    return {lapse};
  }
  Event breach = system_event(state, Action::breach, now);
  breach.percent = 100;
  breach.clock.breached = true;
  if (!escalates(rules, stage, state)) return {breach};
  Event escalate = system_event(state, Action::escalate, now);
  escalate.unit = *unit_above(state.unit);
  escalate.assignee.clear();
  enter(rules, escalate, entry_stage(rules.kind));
  return {breach, escalate};
}

std::optional<Event> task_late(const State& state, time::Instant now) {
  for (const Task& task : state.tasks) {
    if (!task.open() || task.reported_at || task.late || !task.due_at || *task.due_at > now)
      continue;
    Event event = system_event(state, Action::task_late, now);
    event.task = task.id;
    return event;
  }
  return std::nullopt;
}

std::vector<Event> step(const Rules& rules, const State& state, time::Instant now) {
  const pack::Stage* stage = rules.kind.stage(state.stage);
  if (!stage || stage->terminal) return {};
  if (stage->within) {
    if (auto event = resumed(rules, *stage, state, now)) return {*event};
    if (auto event = reminded(rules, *stage, state, now)) return {*event};
    if (auto events = run_out(rules, *stage, state, now); !events.empty()) return events;
  }
  if (auto event = task_late(state, now)) return {*event};
  return {};
}

}  // namespace

Event relocated(const State& state, const std::string& place, const std::string& from,
                const std::string& to, time::Instant now) {
  Event event = system_event(state, Action::relocate, now);
  event.into = place;
  if (state.unit == from && from != to) {
    event.unit = to;
    event.assignee.clear();
  }
  for (const Task& task : state.tasks) {
    if (!task.open() || task.unit != from) continue;
    event.tasks.push_back(task);
    event.tasks.back().unit = to;
  }
  return event;
}

std::vector<Event> tick(const Rules& rules, const State& state, time::Instant now) {
  std::vector<Event> all;
  State after = state;
  for (auto events = step(rules, after, now); !events.empty(); events = step(rules, after, now)) {
    for (const Event& event : events) apply(after, event);
    all.insert(all.end(), events.begin(), events.end());
  }
  return all;
}

std::optional<time::Instant> wake_at(const Rules& rules, const State& state) {
  const pack::Stage* stage = rules.kind.stage(state.stage);
  if (!stage || stage->terminal) return std::nullopt;
  std::optional<time::Instant> next;
  const auto consider = [&](std::optional<time::Instant> instant) {
    if (instant && (!next || *instant < *next)) next = instant;
  };
  consider(state.clock.paused_until);
  if (state.clock.due_at && !state.clock.breached && stage->within) {
    consider(state.clock.due_at);
    if (const auto percent = next_reminder(rules, state))
      consider(instant_of_percent(rules.calendar, *stage->within, state.clock, *percent));
  }
  for (const Task& task : state.tasks)
    if (task.open() && !task.reported_at && !task.late) consider(task.due_at);
  return next;
}

}  // namespace linli::workflow
