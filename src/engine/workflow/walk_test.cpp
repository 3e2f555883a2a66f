// Every reachable state under every action of every kind of actor. Time stands still for people
// and jumps to the next due instant for the clock, so that the states are finitely many.
#include <deque>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "engine/workflow/sample_test.h"

namespace linli::workflow::sample {
namespace {

// Those who could rate wrongly, and those who move the case.
std::vector<Standing> people() {
  Standing everything = worker(kGrid, "everything");
  everything.reporter = everything.receiver = everything.reviewer = true;
  everything.units = {kGrid, kVillage, kTownship, kCounty, kEcology};
  Standing helper = worker(kTownship, "helper");
  helper.reporter = helper.acting = true;
  return {reporter(),        receiver(),      worker(kGrid),
          worker(kTownship), worker(kCounty), worker(kEcology, "expert"),
          reviewer(),        helper,          everything,
          Standing{}};
}

std::vector<Command> commands(const State& state) {
  std::vector<Command> all;
  for (const Action action : all_actions()) {
    Command made = command(action);
    made.unit = kEcology;
    made.into = "another";
    made.outcome = "unreachable";
    made.rating = 5;
    made.tasks = {{kEcology == state.unit ? kTownship : kEcology, "help"}};
    made.task = static_cast<int64_t>(state.tasks.size());
    all.push_back(made);
    if (action == Action::rate || action == Action::call_back) {
      made.rating = 1;
      all.push_back(made);
    }
  }
  return all;
}

// What matters of a state when instants do not.
std::string essence(const State& state) {
  std::ostringstream out;
  out << state.stage << state.unit << '|' << state.clock.paused_at.has_value()
      << state.clock.breached << state.clock.due_at.has_value() << '|' << state.reply.has_value()
      << state.rated << (state.rated && state.rating == 1) << state.outcome << '|';
  for (const char* rater : {"everything", "helper", "reporter", "reviewer"})
    out << state.handlers.count(rater);
  for (const Task& task : state.tasks)
    out << '/' << task.unit << task.caller_unit << task.called << task.open()
        << task.reported_at.has_value() << task.withdrawn << task.rating << task.late;
  return out.str();
}

constexpr size_t kTasks = 1;  // more of them only multiply what one does

struct Walk {
  std::set<std::string> seen;
  std::deque<std::pair<State, time::Instant>> waiting;
  size_t steps = 0;

  void visit(const State& state, time::Instant now) {
    if (state.tasks.size() <= kTasks && seen.insert(essence(state)).second)
      waiting.emplace_back(state, now);
  }
};

void check_step(const State& before, const Standing& who, const Command& what, const Event& event,
                const State& after) {
  const pack::Stage& stage = *kKind.stage(before.stage);
  const std::string where = before.stage + " " + std::string(name_of(what.action));
  ASSERT_FALSE(by_itself(what.action) && what.action != Action::follow) << where;
  if (after.stage == "closed") {
    ASSERT_TRUE(after.reply && !after.reply->text.empty() && after.closed_at) << where;
  }
  if (event.rating > 0 && what.action != Action::rate_task) {
    ASSERT_EQ(before.handlers.count(who.account), 0U) << where;
    ASSERT_TRUE(who.reporter || who.reviewer) << where;
    ASSERT_FALSE(who.acting && who.units.count(before.unit)) << where;
  }
  if (what.action == Action::rate_task) {
    ASSERT_EQ(who.units.count(before.tasks.back().unit), 0U) << where;
  }
  static const std::set<Action> unlisted = {Action::report_in, Action::finish_task,
                                            Action::rate_task, Action::resume,
                                            Action::me_too,    Action::follow};
  if (!unlisted.count(what.action)) {
    ASSERT_NE(std::find(stage.actions.begin(), stage.actions.end(), name_of(what.action)),
              stage.actions.end())
        << where;
  }
}

TEST(Walk, NoReachableStateBreaksThePromises) {
  Walk walk;
  for (const std::string& unit : {kGrid, kEcology, kCounty, std::string()})
    walk.visit(replay({open(kRules, kVillage, unit, "reporter", kMonday)}), kMonday);
  std::set<std::string> stages;
  while (!walk.waiting.empty()) {
    const auto [state, now] = walk.waiting.front();
    walk.waiting.pop_front();
    stages.insert(state.stage);
    bool leaves = false;
    for (const Standing& who : people()) {
      for (const Command& what : commands(state)) {
        ++walk.steps;
        const Result<Event> event = decide(kRules, state, who, what, now);
        if (!event) continue;
        State after = state;
        apply(after, *event);
        check_step(state, who, what, *event, after);
        if (HasFatalFailure()) return;
        leaves |= after.stage != state.stage;
        walk.visit(after, now);
      }
    }
    if (const auto wake = wake_at(kRules, state)) {
      const auto events = tick(kRules, state, *wake);
      ASSERT_FALSE(events.empty()) << essence(state);
      State after = state;
      for (const Event& event : events) apply(after, event);
      ASSERT_TRUE(after.stage != "closed" || after.reply);
      walk.visit(after, *wake);
    }
    // With work still open, finishing it comes first.
    const bool open_task = !state.tasks.empty() && state.tasks.back().open();
    EXPECT_TRUE(leaves || open_task || state.stage == "closed") << essence(state);
  }
  EXPECT_EQ(stages.size(), kKind.stages.size());
  RecordProperty("states", static_cast<int>(walk.seen.size()));
}

TEST(Walk, ReplayingTheEventsOfRandomLivesGivesTheirState) {
  std::mt19937 random(7);
  const std::vector<Standing> actors = people();
  for (int life = 0; life < 300; ++life) {
    Story story(life % 2 ? kGrid : "");
    time::Instant now = kMonday;
    for (int step = 0; step < 60; ++step) {
      now += static_cast<int64_t>(random() % 10) * time::kHour;
      story.pass(now);
      const auto all = commands(story.state);
      story.act(actors[random() % actors.size()], all[random() % all.size()], now);
    }
    ASSERT_EQ(replay(story.events), story.state);
  }
}

}  // namespace
}  // namespace linli::workflow::sample
