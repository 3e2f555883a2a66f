// Who may do what, and when: why_not().
#include <algorithm>

#include "engine/workflow/machine.h"
#include "engine/workflow/stages.h"

namespace linli::workflow {
namespace {

using Answer = std::optional<Refusal>;

Answer no(ErrorKind kind, std::string code) {
  return Refusal{kind, std::move(code), {}, {}};
}

bool listed(const pack::Stage& stage, const State& state, Action action) {
  switch (action) {
    case Action::report_in:
    case Action::finish_task:
    case Action::resume:
    case Action::me_too:
      return !stage.terminal;
    case Action::rate_task:
      return !state.tasks.empty();
    case Action::follow:
      return stage.by == "lead";
    default:
      return !by_itself(action) && lists(stage, action);
  }
}

bool works_in_unit(const State& state, const Standing& standing) {
  return standing.units.count(state.unit) > 0;
}

Answer who_may(const pack::Stage& stage, const State& state, const Standing& standing,
               Action action) {
  const bool assignee = works_in_unit(state, standing);
  switch (action) {
    case Action::assign:
    case Action::merge:
    case Action::refuse:
      return standing.receiver ? Answer{} : no(ErrorKind::forbidden, "case.not_receiver");
    case Action::accept:
    case Action::hand_back:
    case Action::split:
    case Action::reply:
    case Action::pause:
    case Action::resume:
      return assignee ? Answer{} : no(ErrorKind::forbidden, "case.not_assignee");
    case Action::escalate:
    case Action::emergency:
      return assignee || standing.receiver ? Answer{}
                                           : no(ErrorKind::forbidden, "case.not_assignee");
    case Action::whistle:
      if (!standing.caller) return no(ErrorKind::forbidden, "case.not_caller");
      return assignee || standing.receiver ? Answer{}
                                           : no(ErrorKind::forbidden, "case.not_assignee");
    case Action::confirm:
    case Action::rate:
      return standing.reporter ? Answer{} : no(ErrorKind::forbidden, "case.not_reporter");
    case Action::reopen:
      if (standing.reporter) return {};
      if (stage.by == "lead" ? standing.receiver : standing.reviewer) return {};
      return no(ErrorKind::forbidden, "case.not_reporter");
    case Action::call_back:
    case Action::close:
      return standing.reviewer ? Answer{} : no(ErrorKind::forbidden, "case.not_reviewer");
    case Action::me_too:
      if (standing.account.empty()) return no(ErrorKind::unauthenticated, "access.sign_in");
      return standing.reporter ? no(ErrorKind::conflict, "case.own") : Answer{};
    case Action::follow:
      return standing.account.empty() ? Answer{} : no(ErrorKind::conflict, "case.not_listed");
    default:
      return {};  // tasks: checked against the task
  }
}

// Rating, confirming and closing are for those who had no hand in it.
Answer independent(const State& state, const Standing& standing) {
  if (state.handlers.count(standing.account) > 0)
    return no(ErrorKind::forbidden, "case.rater_handled");
  if (standing.acting && works_in_unit(state, standing))
    return no(ErrorKind::forbidden, "case.rater_handled");
  return {};
}

bool any_open_task(const State& state) {
  return std::any_of(state.tasks.begin(), state.tasks.end(),
                     [](const Task& task) { return task.open(); });
}

template <class Test>
Answer some_task(const State& state, Test&& test) {
  const bool found = std::any_of(state.tasks.begin(), state.tasks.end(), test);
  return found ? Answer{} : no(ErrorKind::conflict, "case.no_task");
}

Answer in_time(const pack::CaseKind& kind, const State& state, time::Instant now) {
  if (state.closed_at && now > *state.closed_at + kind.reopen_days * time::kDay)
    return no(ErrorKind::conflict, "case.too_late");
  return {};
}

Answer condition(const pack::CaseKind& kind, const pack::Stage& stage, const State& state,
                 const Standing& standing, Action action, time::Instant now) {
  switch (action) {
    case Action::reply:
    case Action::refuse:
    case Action::merge:
      return any_open_task(state) ? no(ErrorKind::conflict, "case.tasks_open") : Answer{};
    case Action::pause:
      if (state.clock.paused_at) return no(ErrorKind::conflict, "case.paused");
      return state.clock.due_at && stage.within ? Answer{}
                                                : no(ErrorKind::conflict, "case.no_clock");
    case Action::resume:
      return state.clock.paused_at ? Answer{} : no(ErrorKind::conflict, "case.not_paused");
    case Action::escalate:
      return unit_above(state.unit) ? Answer{} : no(ErrorKind::conflict, "case.top_level");
    case Action::emergency:
      return state.unit == duty_room(state.unit) ? no(ErrorKind::conflict, "case.top_level")
                                                 : Answer{};
    case Action::confirm:
      if (!state.reply) return no(ErrorKind::conflict, "case.no_reply");
      return independent(state, standing);
    case Action::rate:
      if (!state.reply) return no(ErrorKind::conflict, "case.no_reply");
      if (state.rated) return no(ErrorKind::conflict, "case.already_rated");
      if (Answer late = in_time(kind, state, now)) return late;
      return independent(state, standing);
    case Action::call_back:
      if (!state.reply) return no(ErrorKind::conflict, "case.no_reply");
      return independent(state, standing);
    case Action::close:
      if (!state.reply) return no(ErrorKind::conflict, "case.no_reply");
      if (state.rated && is_bad(kind, state.rating) && state.outcome.empty())
        return no(ErrorKind::conflict, "case.not_called_back");
      return independent(state, standing);
    case Action::reopen:
      return in_time(kind, state, now);
    case Action::report_in:
      return some_task(state, [&](const Task& task) {
        return task.open() && task.called && !task.reported_at && standing.units.count(task.unit);
      });
    case Action::finish_task:
      return some_task(state, [&](const Task& task) {
        return task.open() &&
               (standing.units.count(task.unit) || standing.units.count(task.caller_unit) ||
                task.caller == standing.account);
      });
    case Action::rate_task:
      return some_task(state, [&](const Task& task) {
        return task.called && !task.open() && !task.withdrawn && task.rating == 0 &&
               !standing.units.count(task.unit) &&
               (task.caller == standing.account || standing.units.count(task.caller_unit));
      });
    default:
      return {};
  }
}

}  // namespace

std::optional<Refusal> why_not(const Rules& rules, const State& state, const Standing& standing,
                               Action action, time::Instant now) {
  const pack::Stage* stage = rules.kind.stage(state.stage);
  if (!stage) return no(ErrorKind::conflict, "case.stage_gone");
  if (!listed(*stage, state, action)) return no(ErrorKind::conflict, "case.not_listed");
  if (Answer answer = who_may(*stage, state, standing, action)) return answer;
  return condition(rules.kind, *stage, state, standing, action, now);
}

}  // namespace linli::workflow
