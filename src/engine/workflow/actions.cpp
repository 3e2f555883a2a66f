#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/workflow/types.h"

namespace linli::workflow {
namespace {

constexpr std::array<std::pair<Action, std::string_view>, 28> kNames{{
    {Action::assign, "assign"},
    {Action::accept, "accept"},
    {Action::hand_back, "hand_back"},
    {Action::whistle, "whistle"},
    {Action::report_in, "report_in"},
    {Action::split, "split"},
    {Action::finish_task, "finish_task"},
    {Action::rate_task, "rate_task"},
    {Action::escalate, "escalate"},
    {Action::emergency, "emergency"},
    {Action::reply, "reply"},
    {Action::pause, "pause"},
    {Action::resume, "resume"},
    {Action::confirm, "confirm"},
    {Action::rate, "rate"},
    {Action::reopen, "reopen"},
    {Action::refuse, "refuse"},
    {Action::merge, "merge"},
    {Action::close, "close"},
    {Action::call_back, "call_back"},
    {Action::me_too, "me_too"},
    {Action::open, "open"},
    {Action::follow, "follow"},
    {Action::remind, "remind"},
    {Action::breach, "breach"},
    {Action::lapse, "lapse"},
    {Action::task_late, "task_late"},
    {Action::relocate, "relocate"},
}};

}  // namespace

std::string_view name_of(Action action) {
  return kNames.at(static_cast<size_t>(action)).second;
}

Action action_named(std::string_view name) {
  for (const auto& [action, its_name] : kNames)
    if (its_name == name) return action;
  throw std::runtime_error("no action of a case is named " + std::string(name));
}

bool by_itself(Action action) {
  return action >= Action::open;
}

const std::vector<Action>& all_actions() {
  static const std::vector<Action> all = [] {
    std::vector<Action> list;
    for (const auto& [action, name] : kNames) list.push_back(action);
    return list;
  }();
  return all;
}

}  // namespace linli::workflow
