#include "domain/cases/api.h"

#include <random>

#include <gtest/gtest.h>

#include "domain/cases/rules.h"
#include "domain/cases/testing.h"

namespace linli::cases::testing {
namespace {
using workflow::Action;
using workflow::Command;

class Cases : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world_.emplace(GetParam());
  }
  World& world() { return *world_; }
  db::Database& database() { return world().stage.services.database; }

  Command rate(int rating) {
    Command made = command(Action::rate);
    made.rating = rating;
    return made;
  }
  Case answered(const std::string& subject = "rubbish") {
    Case made = world().report(subject);
    EXPECT_EQ(world().code_of(made, grid_member(), command(Action::accept)), "");
    EXPECT_EQ(world().code_of(made, grid_member(), command(Action::reply)), "");
    return made;
  }

 private:
  std::optional<World> world_;
};
INSTANTIATE_TEST_SUITE_P(, Cases, db::testing::engines(), db::testing::engine_name);

TEST_P(Cases, ARequestIsNumberedRoutedAndLoadsBackEqual) {
  const Case made = world().report("rubbish");
  EXPECT_EQ(made.number, "2025-620802-000001");
  EXPECT_EQ(made.state.unit, kGrid);
  EXPECT_EQ(made.state.stage, "assigned");
  EXPECT_EQ(world().load(made.id), made);
  EXPECT_EQ(world().report("rubbish").number, "2025-620802-000002");
}

TEST_P(Cases, TheSameIdTwiceIsOneCaseForItsReporterOnly) {
  Opening opening;
  opening.id = "0190a1b2-0000-7000-8000-000000000001";
  opening.place = at(kGrid);
  opening.reporter = "resident";
  opening.form = json::Object{{"subject", "rubbish"}, {"description", "words"}};
  const Case first = MUST(world().open_one(opening));
  EXPECT_EQ(MUST(world().open_one(opening)), first);
  EXPECT_EQ(world().open_one(opening, resident("another")).error().code, "case.id_taken");
}

TEST_P(Cases, AnOpeningIsChecked) {
  Opening opening;
  opening.place = at(kGrid);
  opening.form = json::Object{{"subject", "no_such"}};
  const auto refused = world().open_one(opening);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 2U);
  EXPECT_EQ(refused.error().fields[0].pointer, "/form/subject");
  opening.form = json::Object{{"subject", "rubbish"}, {"description", "words"}};
  opening.place = at(kTownship);
  EXPECT_EQ(world().open_one(opening).error().code, "case.place_too_wide");
  opening.place = at("620802001009");
  EXPECT_EQ(world().open_one(opening).error().code, "place.not_found");
  opening.kind = "no_such";
  EXPECT_EQ(world().open_one(opening).error().code, "case.unknown_kind");
}

// A pack of tomorrow may have dropped the kind: what was reported waits for the pack's return.
TEST_P(Cases, OfAKindThatIsNoLongerDeclaredNothingIsDone) {
  const Case on = world().report("rubbish");
  auto later = std::make_shared<pack::Content>(*content());
  later->cases.clear();
  world().stage.services.content = later;
  Case waiting = on;
  EXPECT_EQ(world().code_of(waiting, grid_member(), command(Action::accept)),
            "case.kind_not_declared");
  world().stage.services.content = content();
  EXPECT_EQ(world().load(on.id), on);
}

TEST_P(Cases, TheLoopFromReportToRating) {
  Case on = world().report("rubbish");
  EXPECT_EQ(world().code_of(on, grid_member(), command(Action::accept)), "");
  EXPECT_EQ(world().code_of(on, grid_member(), command(Action::reply, "Collected.")), "");
  EXPECT_EQ(world().code_of(on, grid_member(), rate(5)), "case.not_reporter");
  EXPECT_EQ(world().code_of(on, resident("another"), rate(5)), "case.not_found");
  EXPECT_EQ(world().code_of(on, resident(), rate(5)), "");
  EXPECT_EQ(on.state.stage, "closed");
  EXPECT_TRUE(world().list({}).empty());
  EXPECT_EQ(world().list({}, false).size(), 1U);
  EXPECT_EQ(world().load(on.id), on);
}

TEST_P(Cases, AnOldVersionIsRefused) {
  Case on = world().report("rubbish");
  const Case stale = on;
  world().code_of(on, grid_member(), command(Action::accept));
  EXPECT_EQ(world().act_on(stale, grid_member(), command(Action::reply)).error().code,
            "record.changed_meanwhile");
}

TEST_P(Cases, AssigningToAGridSaysWhereItIs) {
  Case on = world().report("property_service", kVillage);
  ASSERT_EQ(on.state.unit, kVillage);
  Command assign = command(Action::assign);
  assign.unit = "no_such@620802";
  EXPECT_EQ(world().code_of(on, community_worker(), assign), "case.unknown_unit");
  assign.unit = kOtherVillage;
  EXPECT_EQ(world().code_of(on, community_worker(), assign), "case.unit_elsewhere");
  assign.unit = kGrid;
  EXPECT_EQ(world().code_of(on, community_worker(), assign), "");
  EXPECT_EQ(on.place, at(kGrid));
  EXPECT_EQ(world().code_of(on, grid_member(), command(Action::accept)), "");
}

TEST_P(Cases, ACalledDepartmentFindsItInItsQueueUntilItIsDone) {
  Case on = world().report("street_lamp", kVillage);
  ASSERT_EQ(on.state.stage, "received");
  Command assign = command(Action::assign);
  assign.unit = kTownship;
  world().code_of(on, dispatcher(), assign);
  world().code_of(on, dispatcher(), command(Action::accept));
  Filter theirs;
  theirs.units = {"power@620802"};
  EXPECT_TRUE(world().list(theirs).empty());
  Command whistle = command(Action::whistle);
  whistle.tasks = {{"power@620802", "Check the line"}};
  EXPECT_EQ(world().code_of(on, dispatcher(), whistle), "");
  ASSERT_EQ(world().list(theirs).size(), 1U);
  Command report = command(Action::report_in);
  report.task = 1;
  EXPECT_EQ(world().code_of(on, expert("power"), report), "");
  EXPECT_EQ(world().code_of(on, expert("power"), command(Action::reply)), "case.not_assignee");
  Command finish = command(Action::finish_task);
  finish.task = 1;
  EXPECT_EQ(world().code_of(on, expert("power"), finish), "");
  EXPECT_TRUE(world().list(theirs).empty());
  Filter township;
  township.units = {kTownship};
  EXPECT_EQ(world().list(township).size(), 1U);
}

TEST_P(Cases, TheReplyToTheLeadAnswersThoseThatWereJoinedToIt) {
  Case lead = world().report("rubbish");
  Case joined = world().report("rubbish", kGrid, resident("neighbour"));
  Case third = world().report("rubbish", kGrid, resident("third"));
  Command merge = command(Action::merge);
  merge.into = lead.number;
  EXPECT_EQ(world().code_of(joined, community_worker(), merge), "");
  merge.into = joined.id;
  EXPECT_EQ(world().code_of(third, community_worker(), merge), "case.cannot_lead");
  lead = world().load(lead.id);
  EXPECT_EQ(lead.state.me_too, 1);
  EXPECT_EQ(lead.version, 1);
  world().code_of(lead, grid_member(), command(Action::accept));
  EXPECT_EQ(world().code_of(lead, grid_member(), command(Action::reply, "Done.")), "");
  joined = world().load(joined.id);
  EXPECT_EQ(joined.state.stage, "replied");
  EXPECT_EQ(joined.state.reply->text, "Done.");
  EXPECT_EQ(world().code_of(joined, resident("neighbour"), rate(1)), "");
  EXPECT_EQ(joined.state.stage, "review");
}

TEST_P(Cases, MeTooCountsOnceAnAccountAndNeverForTheReporter) {
  const Case on = world().report("rubbish");
  const auto second_by = [&](const std::string& who) {
    const Done done = database().transact([&](db::Tx& tx) {
      return second(tx, world().stage.services, resident(who), on.id, kMonday);
    });
    return done ? std::string() : done.error().code;
  };
  EXPECT_EQ(second_by("a"), "");
  EXPECT_EQ(second_by("a"), "");
  EXPECT_EQ(second_by("b"), "");
  EXPECT_EQ(second_by("resident"), "case.own");
  EXPECT_EQ(world().load(on.id).state.me_too, 2);
}

TEST_P(Cases, NearDuplicatesAreFoundByDistanceOrVillage) {
  Opening opening;
  opening.place = at(kGrid);
  opening.reporter = "resident";
  opening.form = json::Object{{"subject", "rubbish"}, {"description", "words"}};
  opening.point = places::Point{106.6653, 35.5427};
  const Case near = MUST(world().open_one(opening));
  opening.point = places::Point{106.6753, 35.5427};  // 900 m away
  MUST(world().open_one(opening));
  opening.point.reset();
  const Case without_point = MUST(world().open_one(opening));
  Opening like = opening;
  like.point = places::Point{106.6658, 35.5427};
  const auto found_on = [&](time::Instant now) {
    return MUST(database().read([&](db::Tx& tx) -> Result<std::vector<Similar>> {
      return similar(tx, world().stage.services, like, now);
    }));
  };
  const auto found = found_on(kMonday + time::kDay);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].found.id, near.id);
  EXPECT_NEAR(*found[0].distance_m, 45, 2);
  EXPECT_EQ(found[1].found.id, without_point.id);
  EXPECT_TRUE(found_on(kMonday + 15 * time::kDay).empty());
}

TEST_P(Cases, ClocksEscalateWhatNobodyTouchesAndLapseWhatNobodyRates) {
  const Case ignored = world().report("rubbish");
  const Case silent = answered();
  EXPECT_EQ(run_clocks(world().stage.services, kMonday + time::kHour), 0);
  EXPECT_GT(run_clocks(world().stage.services, kMonday + 6 * time::kHour), 0);
  EXPECT_EQ(world().load(ignored.id).state.unit, kVillage);
  EXPECT_TRUE(world().load(ignored.id).state.breached);
  run_clocks(world().stage.services, kMonday + 8 * time::kDay);
  EXPECT_EQ(world().load(silent.id).state.stage, "review");
  EXPECT_FALSE(world().load(silent.id).state.breached);
  EXPECT_EQ(run_clocks(world().stage.services, kMonday + 8 * time::kDay), 0);
}

TEST_P(Cases, ManyDueCasesAreAllMoved) {
  std::vector<std::string> ids;
  for (int i = 0; i < 120; ++i) ids.push_back(world().report("rubbish").id);
  EXPECT_EQ(run_clocks(world().stage.services, kMonday + 6 * time::kHour), 120);
  for (const std::string& id : ids) EXPECT_TRUE(world().load(id).state.breached);
}

TEST_P(Cases, PagesFollowEachOtherWithoutGapsOrDoubles) {
  std::set<std::string> ids;
  for (int i = 0; i < 25; ++i)
    ids.insert(
        world()
            .report(i % 2 ? "rubbish" : "other", kGrid, resident(), kMonday + i % 5 * time::kHour)
            .id);
  for (const bool open : {true, false}) {
    std::set<std::string> seen;
    Page page{.limit = 4};
    for (auto found = world().list({}, open, page); !found.empty();
         found = world().list({}, open, page)) {
      for (const Case& one : found) EXPECT_TRUE(seen.insert(one.id).second);
      const Case& last = found.back();
      page.after = {open ? *last.due_at : last.state.opened_at, last.id};
    }
    EXPECT_EQ(seen, ids);
  }
}

TEST_P(Cases, ListsAreCutToTerritoryAndFilters) {
  const Case here = world().report("rubbish");
  const Case there = world().report("neighbour_dispute", kOtherVillage);
  Filter filter;
  filter.territories = {at(kOtherVillage)};
  ASSERT_EQ(world().list(filter).size(), 1U);
  EXPECT_EQ(world().list(filter)[0].id, there.id);
  filter = {};
  filter.subjects = {"rubbish", "other"};
  EXPECT_EQ(world().list(filter)[0].id, here.id);
  filter = {};
  filter.number = there.number;
  EXPECT_EQ(world().list(filter, false)[0].id, there.id);
  filter = {};
  filter.text = "is the matter";
  EXPECT_EQ(world().list(filter).size(), 2U);
  filter.text = "100%";
  EXPECT_TRUE(world().list(filter).empty());
  filter = {};
  filter.late = true;
  filter.now = kMonday + time::kHour;
  EXPECT_TRUE(world().list(filter).empty());
  filter.now = kMonday + 7 * time::kDay;
  EXPECT_EQ(world().list(filter).size(), 2U);
}

TEST_P(Cases, AnAnonymousReportersNameIsForReviewersOnlyAndEachLookIsLogged) {
  Opening opening;
  opening.place = at(kGrid);
  opening.reporter = "resident";
  opening.contact = {"王小明", "13812345678"};
  opening.anonymous = true;
  opening.form = json::Object{{"subject", "rubbish"}, {"description", "words"}};
  const Case on = MUST(world().open_one(opening));
  EXPECT_EQ(on.contact.find("138"), std::string::npos);
  const auto look = [&](const host::Actor& who) {
    return database().transact([&](db::Tx& tx) {
      return reveal(tx, world().stage.services, who, on.id, "call back", kMonday);
    });
  };
  EXPECT_EQ(look(community_worker()).error().code, "case.contact_protected");
  EXPECT_EQ(look(resident("another")).error().code, "case.not_found");
  EXPECT_EQ(MUST(look(dispatcher())).phone, "13812345678");
  Filter filter;
  filter.phone_key = world().stage.services.keyring.lookup("13812345678", "service_case.phone");
  EXPECT_EQ(world().list(filter, false).size(), 1U);
}

TEST_P(Cases, TheLogAloneGivesEveryValueThatFiguresSee) {
  const auto loaded = content();
  const pack::CaseKind& kind = *loaded->case_kind("resident_request");
  std::mt19937 random(11);
  const std::vector<host::Actor> people = {resident(), grid_member(), community_worker(),
                                           dispatcher(), expert()};
  const std::vector<std::string> subjects = {"rubbish", "property_service", "construction_noise"};
  for (int life = 0; life < 15; ++life) {
    time::Instant now = kMonday;
    Case on = world().report(subjects[random() % subjects.size()], kVillage);
    for (int step = 0; step < 25; ++step) {
      now += static_cast<int64_t>(random() % 8) * time::kHour;
      if (random() % 6 == 0) {
        run_clocks(world().stage.services, now);
        on = world().load(on.id);
      }
      const auto& actions = workflow::all_actions();
      Command what = command(actions[random() % actions.size()]);
      what.unit = random() % 2 ? kGrid : "ecology@620802";
      what.tasks = {{"water@620802", "help"}};
      what.task = static_cast<int64_t>(on.state.tasks.size());
      what.rating = static_cast<int>(random() % 5) + 1;
      what.outcome = "satisfied";
      world().code_of(on, people[random() % people.size()], what, now);
    }
    const auto logged = MUST(database().read(
        [&](db::Tx& tx) -> Result<std::vector<LoggedEvent>> { return events(tx, on); }));
    const Case folded = fold(kind, logged);
    EXPECT_EQ(folded.state, on.state);
    EXPECT_EQ(values_of(kind, *loaded, folded), values_of(kind, *loaded, on));
  }
}

TEST_P(Cases, BulkLivesAreLikeThoseThatWereLived) {
  Case lived = answered();
  const auto log = MUST(database().read(
      [&](db::Tx& tx) -> Result<std::vector<LoggedEvent>> { return events(tx, lived); }));
  Life life{.made = lived, .events = log};
  life.made.id = "0190a1b2-0000-7000-8000-00000000000a";
  MUST(database().transact(
      [&](db::Tx& tx) { return add_lives(tx, world().stage.services, {life}); }));
  Case copy = world().load(life.made.id);
  EXPECT_NE(copy.number, lived.number);
  EXPECT_EQ(copy.state, lived.state);
  EXPECT_EQ(copy.due_at, lived.due_at);
  EXPECT_EQ(world().code_of(copy, resident(), rate(4)), "");
}

}  // namespace
}  // namespace linli::cases::testing
