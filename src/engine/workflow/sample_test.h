// The resident request as a case kind, and the people around it, for the tests of the machine.
#pragma once

#include <map>
#include <string>

#include "engine/workflow/machine.h"

namespace linli::workflow::sample {

inline const std::string kGrid = "620802001001001";
inline const std::string kVillage = "620802001001";
inline const std::string kTownship = "620802001";
inline const std::string kCounty = "620802";
inline const std::string kEcology = "ecology@620802";
// Monday 2025-03-03 09:00 in China.
inline const time::Instant kMonday = time::start_of(20250303) + 9 * time::kHour;

inline Duration working_hours(int64_t count) {
  return {count, Duration::Unit::hour, true};
}
inline Duration days(int64_t count, bool working) {
  return {count, Duration::Unit::day, working};
}

inline pack::CaseKind resident_request() {
  using Strings = std::vector<std::string>;
  pack::CaseKind kind;
  kind.key = "resident_request";
  const auto stage = [&](std::string key, std::optional<Duration> within, std::string by,
                         Strings actions) {
    pack::Stage made;
    made.key = std::move(key);
    made.within = within;
    made.by = std::move(by);
    made.actions = std::move(actions);
    made.terminal = made.key == "closed";
    kind.stages.push_back(std::move(made));
  };
  stage("received", Duration{30, Duration::Unit::minute, true}, "receiver",
        {"assign", "merge", "refuse", "whistle", "escalate", "emergency"});
  stage("assigned", working_hours(4), "assignee",
        {"accept", "hand_back", "assign", "merge", "refuse", "whistle", "escalate", "emergency"});
  stage("handling", days(5, true), "assignee",
        {"reply", "pause", "split", "whistle", "assign", "hand_back", "merge", "escalate",
         "emergency"});
  stage("merged", {}, "lead", {"reopen"});
  stage("replied", days(7, false), "reporter", {"confirm", "rate", "reopen"});
  stage("review", days(3, true), "reviewer", {"call_back", "close", "reopen", "confirm", "rate"});
  stage("closed", {}, "", {"reopen", "rate"});
  kind.remind_percent = {50, 90};
  kind.reopen_days = 30;
  return kind;
}

inline const pack::CaseKind kKind = resident_request();
inline const Calendar kCalendar = {};
inline const Rules kRules{kKind, kCalendar};

inline Standing reporter() {
  Standing who;
  who.account = "reporter";
  who.reporter = true;
  return who;
}
inline Standing receiver() {
  Standing who;
  who.account = "receiver";
  who.receiver = true;
  who.caller = true;
  return who;
}
inline Standing worker(const std::string& unit, const std::string& account = "worker") {
  Standing who;
  who.account = account;
  who.unit = unit;
  who.units = {unit};
  who.caller = true;
  return who;
}
inline Standing reviewer() {
  Standing who;
  who.account = "reviewer";
  who.reviewer = true;
  return who;
}

inline Command command(Action action, std::string text = "words") {
  Command made;
  made.action = action;
  made.text = std::move(text);
  return made;
}
inline Command rate(int rating) {
  Command made = command(Action::rate);
  made.rating = rating;
  return made;
}

// A case under way, and everything that happened to it.
struct Story {
  State state;
  std::vector<Event> events;

  explicit Story(const std::string& unit, time::Instant at = kMonday) {
    add(open(kRules, kVillage, unit, "reporter", at));
  }
  void add(const Event& event) {
    apply(state, event);
    events.push_back(event);
  }
  // The code of the refusal, or empty.
  std::string act(const Standing& who, const Command& what, time::Instant at = kMonday) {
    const Result<Event> event = decide(kRules, state, who, what, at);
    if (!event)
      return event.error().fields.empty() ? event.error().code : event.error().fields[0].pointer;
    add(*event);
    return {};
  }
  void pass(time::Instant until) {
    for (const Event& event : tick(kRules, state, until)) add(event);
  }
};

inline Story handled(const std::string& unit = kGrid) {
  Story story(kGrid);
  Command assign = command(Action::assign);
  assign.unit = unit;
  story.act(receiver(), assign);
  story.act(worker(unit), command(Action::accept));
  return story;
}
inline Story replied(const std::string& unit = kGrid) {
  Story story = handled(unit);
  story.act(worker(unit), command(Action::reply));
  return story;
}

}  // namespace linli::workflow::sample
