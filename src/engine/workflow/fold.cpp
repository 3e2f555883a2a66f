// The fold of events into a state: nothing here decides.
#include <algorithm>

#include "engine/workflow/machine.h"

namespace linli::workflow {
namespace {

bool is_handling(Action action) {
  switch (action) {
    case Action::assign:
    case Action::accept:
    case Action::hand_back:
    case Action::whistle:
    case Action::report_in:
    case Action::split:
    case Action::finish_task:
    case Action::rate_task:
    case Action::escalate:
    case Action::emergency:
    case Action::reply:
    case Action::pause:
    case Action::resume:
    case Action::refuse:
    case Action::merge:
      return true;
    default:
      return false;
  }
}

Task* find_task(State& state, int64_t id) {
  const auto found = std::find_if(state.tasks.begin(), state.tasks.end(),
                                  [&](const Task& task) { return task.id == id; });
  return found == state.tasks.end() ? nullptr : &*found;
}

void apply_to_task(Task& task, const Event& event) {
  switch (event.action) {
    case Action::report_in:
      task.reported_at = event.at;
      break;
    case Action::finish_task:
      task.finished_at = event.at;
      task.withdrawn = event.withdrawn;
      task.outcome = event.text;
      break;
    case Action::rate_task:
      task.rating = event.rating;
      break;
    case Action::task_late:
      task.late = true;
      break;
    default:
      break;
  }
}

void answer(State& state, const Event& event) {
  state.reply = Reply{event.at, event.actor, event.text, event.solved};
  state.answered = true;
  if (!state.replied_at) state.replied_at = event.at;
  state.rated = false;
  state.resolved = false;
  state.outcome.clear();
}

void reopen(State& state) {
  if (state.reply) state.reopened = true;  // without a reply it only left the case it was joined to
  state.reply.reset();
  state.rated = false;
  state.resolved = false;
  state.outcome.clear();
  state.merged_into.clear();
}

}  // namespace

void apply(State& state, const Event& event) {
  ++state.events;
  state.stage = event.stage;
  state.unit = event.unit;
  state.assignee = event.assignee;
  state.clock = event.clock;
  if (is_handling(event.action) && !event.actor.empty()) state.handlers.insert(event.actor);
  if (event.task > 0)
    if (Task* task = find_task(state, event.task)) apply_to_task(*task, event);
  if (event.action == Action::relocate) {
    for (const Task& moved : event.tasks)
      if (Task* task = find_task(state, moved.id)) task->unit = moved.unit;
  } else {
    state.tasks.insert(state.tasks.end(), event.tasks.begin(), event.tasks.end());
  }
  switch (event.action) {
    case Action::open:
      state.opened_at = event.at;
      break;
    case Action::reply:
    case Action::refuse:
    case Action::follow:
      answer(state, event);
      break;
    case Action::reopen:
      reopen(state);
      break;
    case Action::merge:
      state.merged_into = event.into;
      break;
    case Action::breach:
      state.breached = true;
      break;
    case Action::me_too:
      ++state.me_too;
      break;
    case Action::confirm:
    case Action::close:
      state.resolved = event.solved;
      break;
    case Action::rate:
      state.rating = event.rating;
      state.rated = true;
      state.resolved = event.solved;
      break;
    case Action::call_back:
      state.outcome = event.outcome;
      if (event.rating > 0) {
        state.rating = event.rating;
        state.rated = true;
      }
      break;
    default:
      break;
  }
  if (!event.terminal) state.closed_at.reset();
  if (event.terminal && !state.closed_at) state.closed_at = event.at;
}

State replay(const std::vector<Event>& events) {
  State state;
  for (const Event& event : events) apply(state, event);
  return state;
}

}  // namespace linli::workflow
