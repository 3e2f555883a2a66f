#include "domain/demo/walk.h"

#include <algorithm>
#include <cmath>

#include "core/calendar.h"

namespace linli::demo {

void Walk::log(workflow::Event event, const std::string& actor_name) {
  workflow::apply(state_, event);
  events_.push_back({std::move(event), actor_name, {}});
}

void Walk::open(const std::string& unit, const Person& reporter, time::Instant at) {
  now_ = at;
  reporter_ = reporter;
  log(workflow::open(rules_, village_.place.code.text(), unit, reporter.id, at), reporter.name);
}

bool Walk::advance(time::Instant to) {
  const time::Instant until = std::min(to, end_);
  for (auto due = workflow::wake_at(rules_, state_); due && *due <= until;) {
    const std::vector<workflow::Event> fallen = workflow::tick(rules_, state_, until);
    if (fallen.empty()) break;
    for (const workflow::Event& event : fallen) log(event, "");
    due = workflow::wake_at(rules_, state_);
  }
  now_ = until;
  return to <= end_;
}

bool Walk::work_minutes(double minutes) {
  const Duration length{.count = std::max<int64_t>(1, std::llround(minutes)),
                        .unit = Duration::Unit::minute,
                        .working = true};
  return advance(calendar::add(rules_.calendar, now_, length));
}

bool Walk::wait(time::Instant length) {
  return advance(now_ + length);
}

bool Walk::offers(workflow::Action action) const {
  const pack::Stage* stage = rules_.kind.stage(state_.stage);
  const auto name = workflow::name_of(action);
  return stage != nullptr &&
         std::find(stage->actions.begin(), stage->actions.end(), name) != stage->actions.end();
}

bool Walk::act(const workflow::Standing& standing, const Person& actor,
               const workflow::Command& command) {
  if (over()) return false;
  Result<workflow::Event> event = workflow::decide(rules_, state_, standing, command, now_);
  if (!event) return false;
  log(std::move(*event), actor.name);
  return true;
}

bool Walk::by_unit(workflow::Command command) {
  const Person& actor = roster_.of_unit(state_.unit);
  return act({.account = actor.id, .unit = state_.unit, .caller = true, .units = {state_.unit}},
             actor, command);
}

bool Walk::by_dispatcher(workflow::Command command) {
  const Person& actor = roster_.dispatcher(village_.township.code);
  const std::string unit = village_.township.code.text();
  return act({.account = actor.id, .unit = unit, .receiver = true, .caller = true, .units = {unit}},
             actor, command);
}

bool Walk::by_reporter(workflow::Command command) {
  return act({.account = reporter_.id, .reporter = true}, reporter_, command);
}

bool Walk::by_reviewer(workflow::Command command) {
  const Person& actor = roster_.reviewer(village_.township.code);
  return act({.account = actor.id, .unit = village_.township.code.text(), .reviewer = true}, actor,
             command);
}

bool Walk::by_task(workflow::Command command, const std::string& unit) {
  const Person& actor = roster_.of_unit(unit);
  return act({.account = actor.id, .unit = unit, .units = {unit}}, actor, command);
}

std::vector<cases::LoggedEvent> Walk::finish() {
  advance(end_);
  return std::move(events_);
}

}  // namespace linli::demo
