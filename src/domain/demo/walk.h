// One case on its way: who does what when, between the clocks that run by themselves.
#pragma once

#include "domain/cases/api.h"
#include "domain/demo/roster.h"
#include "engine/workflow/machine.h"

namespace linli::demo {

class Walk {
 public:
  // Nothing happens after `end`.
  Walk(const workflow::Rules& rules, const Roster& roster, const Village& village,
       time::Instant end)
      : rules_(rules), roster_(roster), village_(village), end_(end) {}

  void open(const std::string& unit, const Person& reporter, time::Instant at);
  // Lets working time pass; false when the end came first.
  bool work_minutes(double minutes);
  bool wait(time::Instant length);
  // Done by whoever answers for it now, a desk's dispatcher, the reporter or a reviewer. False when
  // the machine refuses: the case goes on without it.
  bool by_unit(workflow::Command command);
  bool by_dispatcher(workflow::Command command);
  bool by_reporter(workflow::Command command);
  bool by_reviewer(workflow::Command command);
  bool by_task(workflow::Command command, const std::string& unit);

  const workflow::State& state() const { return state_; }
  bool offers(workflow::Action action) const;  // the stage lists it
  bool over() const { return now_ >= end_; }
  bool has_reporter() const { return !reporter_.id.empty(); }
  // The clocks up to the end, and everything that happened.
  std::vector<cases::LoggedEvent> finish();

 private:
  bool advance(time::Instant to);
  bool act(const workflow::Standing& standing, const Person& actor,
           const workflow::Command& command);
  void log(workflow::Event event, const std::string& actor_name);

  const workflow::Rules& rules_;
  const Roster& roster_;
  const Village& village_;
  time::Instant end_;
  time::Instant now_ = 0;
  Person reporter_;
  workflow::State state_;
  std::vector<cases::LoggedEvent> events_;
};

}  // namespace linli::demo
