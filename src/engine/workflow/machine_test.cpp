#include "engine/workflow/machine.h"

#include <gtest/gtest.h>

#include "engine/workflow/clock.h"
#include "engine/workflow/record.h"
#include "engine/workflow/sample_test.h"

namespace linli::workflow::sample {
namespace {

constexpr auto kHour = time::kHour;

TEST(Machine, ARoutedCaseWaitsForItsUnitAndAtADeskForItsDispatcher) {
  EXPECT_EQ(Story(kEcology).state.stage, "assigned");
  EXPECT_EQ(Story(kTownship).state.stage, "received");
  EXPECT_EQ(Story(kCounty).state.stage, "received");
  EXPECT_EQ(Story(kGrid).state.stage, "assigned");
  EXPECT_EQ(Story(kGrid).state.unit, kGrid);
  EXPECT_EQ(Story("").state.stage, "received");
  EXPECT_EQ(Story("").state.unit, kVillage);
}

TEST(Machine, AGoodRatingClosesAndABadOneGoesToReview) {
  Story good = replied();
  EXPECT_EQ(good.act(reporter(), rate(5)), "");
  EXPECT_EQ(good.state.stage, "closed");
  EXPECT_TRUE(good.state.resolved);
  Story bad = replied();
  EXPECT_EQ(bad.act(reporter(), rate(2)), "");
  EXPECT_EQ(bad.state.stage, "review");
  EXPECT_FALSE(bad.state.resolved);
  EXPECT_EQ(bad.act(reporter(), rate(5)), "case.already_rated");
}

TEST(Machine, ABadlyRatedCaseIsCalledBackBeforeItIsClosed) {
  Story story = replied();
  story.act(reporter(), rate(1));
  EXPECT_EQ(story.act(reviewer(), command(Action::close)), "case.not_called_back");
  Command call = command(Action::call_back);
  call.outcome = "unsatisfied";
  EXPECT_EQ(story.act(reviewer(), call), "");
  EXPECT_EQ(story.act(reviewer(), command(Action::close)), "");
  EXPECT_FALSE(story.state.resolved);
}

TEST(Machine, NobodyWhoHandledRatesConfirmsOrCloses) {
  Story story = replied();
  Standing both = reporter();
  both.account = "worker";
  EXPECT_EQ(story.act(both, rate(5)), "case.rater_handled");
  EXPECT_EQ(story.act(both, command(Action::confirm)), "case.rater_handled");
  Standing helper = worker(kGrid, "colleague");
  helper.reporter = helper.acting = true;
  EXPECT_EQ(story.act(helper, rate(5)), "case.rater_handled");
  story.pass(kMonday + 8 * time::kDay);
  ASSERT_EQ(story.state.stage, "review");
  Standing own_reviewer = reviewer();
  own_reviewer.account = "worker";
  EXPECT_EQ(story.act(own_reviewer, command(Action::close)), "case.rater_handled");
  EXPECT_EQ(story.act(reviewer(), command(Action::close)), "");
}

TEST(Machine, ACallBackMayCarryTheRatingOnce) {
  Story story = replied();
  story.pass(kMonday + 8 * time::kDay);
  Command call = command(Action::call_back);
  call.outcome = "satisfied";
  call.rating = 4;
  EXPECT_EQ(story.act(reviewer(), call), "");
  EXPECT_EQ(story.state.rating, 4);
  EXPECT_EQ(story.act(reviewer(), call), "case.already_rated");
  EXPECT_EQ(story.act(reviewer(), command(Action::close)), "");
  EXPECT_TRUE(story.state.resolved);
}

TEST(Machine, RefusingNeedsWordsThatTheResidentReads) {
  Story story("");
  EXPECT_EQ(story.act(receiver(), command(Action::refuse, "")), "/reason");
  EXPECT_EQ(story.act(receiver(), command(Action::refuse, "Not ours.")), "");
  EXPECT_EQ(story.state.stage, "replied");
  EXPECT_TRUE(story.state.answered);
  EXPECT_EQ(story.state.reply->text, "Not ours.");
  EXPECT_TRUE(story.events.back().visible);
}

TEST(Machine, ADepartmentThatIsCalledReportsInActsAndIsRatedByItsCaller) {
  Story story = handled(kTownship);
  Command whistle = command(Action::whistle);
  EXPECT_EQ(story.act(worker(kTownship), whistle), "/units");
  whistle.tasks = {{kEcology, "Measure the noise"}};
  EXPECT_EQ(story.act(worker(kTownship), whistle), "");
  EXPECT_EQ(story.act(worker(kTownship), command(Action::reply)), "case.tasks_open");
  Command finish = command(Action::finish_task);
  finish.task = 1;
  EXPECT_EQ(story.act(worker(kEcology, "expert"), finish), "case.not_reported_in");
  Command report = command(Action::report_in);
  report.task = 1;
  EXPECT_EQ(story.act(worker("water@620802", "other"), report), "case.no_task");
  EXPECT_EQ(story.act(worker(kEcology, "expert"), report), "");
  EXPECT_EQ(story.act(worker(kEcology, "expert"), finish), "");
  Command judge = command(Action::rate_task);
  judge.task = 1;
  judge.rating = 4;
  EXPECT_EQ(story.act(worker(kEcology, "expert"), judge), "case.no_task");
  EXPECT_EQ(story.act(worker(kTownship), judge), "");
  EXPECT_EQ(story.state.tasks[0].rating, 4);
  EXPECT_EQ(story.act(worker(kTownship), command(Action::reply)), "");
}

TEST(Machine, ACallerMayWithdrawATaskThatNobodyDoes) {
  Story story = handled();
  Command split = command(Action::split);
  split.tasks = {{kEcology, "Help"}};
  EXPECT_EQ(story.act(worker(kGrid), split), "");
  Command finish = command(Action::finish_task);
  finish.task = 1;
  EXPECT_EQ(story.act(worker(kGrid), finish), "");
  EXPECT_TRUE(story.state.tasks[0].withdrawn);
}

TEST(Machine, WhatIsWithAGridThatEndsIsWithAnother) {
  const std::string next = "620802001001002";
  Story story = handled();
  story.add(relocated(story.state, next, kGrid, next, kMonday));
  EXPECT_EQ(story.state.unit, next);
  EXPECT_EQ(story.state.assignee, "");
  // A case of the community keeps its unit, and what is still to be done in the grid goes on.
  story = handled(kVillage);
  Command split = command(Action::split);
  split.tasks = {{kGrid, "Look"}, {kEcology, "Help"}, {kGrid, "Over"}};
  EXPECT_EQ(story.act(worker(kVillage), split), "");
  Command finish = command(Action::finish_task);
  finish.task = 3;
  EXPECT_EQ(story.act(worker(kGrid, "member"), finish), "");
  const Event event = relocated(story.state, kVillage, kGrid, next, kMonday);
  Event read = event;
  read.tasks.clear();
  ASSERT_TRUE(read_details(write_details(event), read));
  EXPECT_EQ(read, event);
  story.add(event);
  EXPECT_EQ(story.state.unit, kVillage);
  EXPECT_EQ(story.state.assignee, "worker");
  ASSERT_EQ(story.state.tasks.size(), 3U);
  EXPECT_EQ(story.state.tasks[0].unit, next);
  EXPECT_EQ(story.state.tasks[0].text, "Look");
  EXPECT_EQ(story.state.tasks[1].unit, kEcology);
  EXPECT_EQ(story.state.tasks[2].unit, kGrid);  // it was over
}

TEST(Machine, ADepartmentThatDoesNotReportInIsLateOnce) {
  Story story = handled(kTownship);
  Command whistle = command(Action::whistle);
  whistle.tasks = {{kEcology, "Come"}};
  story.act(worker(kTownship), whistle);
  story.pass(kMonday + 9 * kHour);
  story.pass(kMonday + 10 * kHour);
  EXPECT_TRUE(story.state.tasks[0].late);
  EXPECT_EQ(std::count_if(story.events.begin(), story.events.end(),
                          [](const Event& event) { return event.action == Action::task_late; }),
            1);
}

TEST(Machine, ClocksRunInWorkingTimeAndStandStillWhilePaused) {
  Story story(kGrid);
  // 4 working hours from 09:00: three before noon, one after 14:00.
  EXPECT_EQ(story.state.clock.due_at, kMonday + 6 * kHour);
  story = handled();
  Command pause = command(Action::pause, "waiting for parts");
  EXPECT_EQ(story.act(worker(kGrid), pause, kMonday + kHour), "");
  EXPECT_FALSE(story.state.clock.due_at);
  EXPECT_FALSE(wake_at(kRules, story.state));
  EXPECT_EQ(story.act(worker(kGrid), pause, kMonday + kHour), "case.paused");
  EXPECT_EQ(story.act(worker(kGrid), command(Action::resume), kMonday + kHour + time::kDay), "");
  // Five days less the hour that was used, from Tuesday 10:00.
  EXPECT_EQ(story.state.clock.due_at, time::start_of(20250310) + 18 * kHour);
}

TEST(Machine, APauseWithAnEndResumesByItself) {
  Story story = handled();
  Command pause = command(Action::pause);
  pause.until = kMonday;
  EXPECT_EQ(story.act(worker(kGrid), pause), "/until");
  pause.until = kMonday + 2 * kHour;
  EXPECT_EQ(story.act(worker(kGrid), pause), "");
  EXPECT_EQ(wake_at(kRules, story.state), pause.until);
  story.pass(kMonday + 2 * kHour);
  EXPECT_TRUE(story.state.clock.due_at);
}

TEST(Machine, RemindersComeOnceEachAndABreachEscalatesLevelByLevel) {
  Story story(kVillage);
  ASSERT_EQ(wake_at(kRules, story.state), kMonday + 2 * kHour);
  story.pass(kMonday + 2 * kHour);
  story.pass(kMonday + 2 * kHour + time::kMinute);
  EXPECT_EQ(story.events.size(), 2U);
  EXPECT_EQ(story.events.back().percent, 50);
  story.pass(kMonday + 6 * kHour);
  EXPECT_TRUE(story.state.breached);
  EXPECT_EQ(story.state.unit, kTownship);
  story.pass(kMonday + time::kDay + 6 * kHour);
  EXPECT_EQ(story.state.unit, kCounty);
  story.pass(kMonday + 3 * time::kDay);
  EXPECT_EQ(story.state.unit, kCounty);
  EXPECT_EQ(story.events.back().action, Action::breach);
  EXPECT_FALSE(wake_at(kRules, story.state));
}

TEST(Machine, AnEmergencyGoesToTheDutyRoomInOneStep) {
  Story story = handled();
  EXPECT_EQ(story.act(worker(kGrid), command(Action::emergency)), "");
  EXPECT_EQ(story.state.unit, kCounty);
  EXPECT_EQ(story.state.stage, "received");
  EXPECT_EQ(story.act(worker(kCounty), command(Action::emergency)), "case.top_level");
  EXPECT_EQ(story.act(worker(kCounty), command(Action::escalate)), "case.top_level");
}

TEST(Machine, AJoinedCaseGetsTheReplyOfItsLeadAndIsRatedOnItsOwn) {
  Story story("");
  Command merge = command(Action::merge);
  merge.into = "another";
  EXPECT_EQ(story.act(receiver(), merge), "");
  EXPECT_EQ(story.state.stage, "merged");
  EXPECT_EQ(story.act(receiver(), command(Action::follow)), "case.not_listed");
  EXPECT_EQ(story.act(Standing{}, command(Action::follow, "Repaired.")), "");
  EXPECT_EQ(story.state.reply->text, "Repaired.");
  EXPECT_EQ(story.act(reporter(), rate(4)), "");
}

TEST(Machine, ReopeningAsksForANewReplyAndEndsAfterItsDays) {
  Story story = replied();
  story.act(reporter(), rate(5));
  Story late = story;
  EXPECT_EQ(late.act(reporter(), command(Action::reopen), kMonday + 31 * time::kDay),
            "case.too_late");
  EXPECT_EQ(story.act(reporter(), command(Action::reopen), kMonday + time::kDay), "");
  EXPECT_EQ(story.state.stage, "assigned");
  EXPECT_FALSE(story.state.reply);
  EXPECT_TRUE(story.state.reopened);
  EXPECT_EQ(story.state.rating, 5);
}

// Packs may put actions where the base pack has none: the machine keeps its promises all the same.
TEST(Machine, WithoutAClockNothingIsPausedAndWithoutAReplyNothingConfirmed) {
  pack::CaseKind kind = kKind;
  for (pack::Stage& stage : kind.stages) {
    if (stage.key != "handling") continue;
    stage.within.reset();
    stage.actions.emplace_back("confirm");
  }
  const Rules rules{kind, kCalendar};
  const State state = handled().state;
  EXPECT_FALSE(why_not(kRules, state, worker(kGrid), Action::pause, kMonday));
  EXPECT_EQ(why_not(rules, state, worker(kGrid), Action::pause, kMonday)->code, "case.no_clock");
  EXPECT_EQ(why_not(rules, state, reporter(), Action::confirm, kMonday)->code, "case.no_reply");
}

TEST(Machine, ACaseInAStageThatThePackDroppedWaitsForThePack) {
  State state = handled().state;
  state.stage = "inspection";
  EXPECT_EQ(why_not(kRules, state, worker(kGrid), Action::reply, kMonday)->code, "case.stage_gone");
}

TEST(Machine, EventsSurviveBeingWrittenAsJson) {
  Story story = handled(kTownship);
  Command whistle = command(Action::whistle);
  whistle.tasks = {{kEcology, "Come"}, {"water@620802", "And see"}};
  story.act(worker(kTownship), whistle);
  story.pass(kMonday + 30 * time::kDay);
  for (const Event& event : story.events) {
    Event read = event;
    read.clock = {};
    read.tasks.clear();
    read.task = read.rating = read.percent = 0;
    read.solved = read.terminal = read.withdrawn = false;
    read.outcome.clear();
    read.into.clear();
    ASSERT_TRUE(read_details(write_details(event), read));
    EXPECT_EQ(read, event);
  }
}

}  // namespace
}  // namespace linli::workflow::sample
