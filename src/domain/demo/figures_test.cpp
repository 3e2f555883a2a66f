// Figures by differences equal a recomputation, whatever happens: every register and case of all
// packs, records that come, change, move and go, requests on their way, labels, merged and
// re-labelled villages, birthdays.
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "core/random.h"
#include "domain/accounts/module.h"
#include "domain/cases/api.h"
#include "domain/cases/module.h"
#include "domain/demo/random.h"
#include "domain/places/api.h"
#include "domain/places/module.h"
#include "domain/plans/api.h"
#include "domain/plans/module.h"
#include "domain/registers/api.h"
#include "domain/registers/module.h"
#include "engine/pack/load.h"
#include "host/testing.h"

namespace linli::demo {
namespace {

using pack::FieldType;
using region::Code;

constexpr time::Date kFirstDay = 20250228;
constexpr int kSteps = 260;

std::shared_ptr<const pack::Content> all_packs() {
  std::vector<pack::Mistake> mistakes;
  auto content =
      pack::load(LINLI_SOURCE_DIR "/packs", pack::packs_in(LINLI_SOURCE_DIR "/packs"), mistakes);
  for (const pack::Mistake& mistake : mistakes) ADD_FAILURE() << mistake.at.file << mistake.what;
  return content;
}

// One record that was made, as its register knows it.
struct Known {
  const pack::Register* kind = nullptr;
  std::string id;
  int64_t version = 1;
};

class Town {
 public:
  Town(db::Engine engine, uint64_t seed)
      : stage_(engine,
               {places::manifest(), accounts::manifest(), registers::manifest(), cases::manifest(),
                plans::manifest()},
               all_packs()),
        random_(seed) {
    stage_.services.settings.region = "620802";
    for (const host::Module& module : stage_.services.modules) {
      if (module.start) MUST(module.start(stage_.services, now()));
    }
    MUST(places::import_divisions(services().database, LINLI_SOURCE_DIR "/tests/data/divisions",
                                  MUST(Code::parse("620802")), now(), [](int64_t, int64_t) {}));
    MUST(services().database.read([&](db::Tx& tx) -> Done {
      places::each(tx, MUST(Code::parse("620802001")), region::Level::village,
                   [&](const places::Place& place) {
                     villages_.push_back(place.code);
                     return true;
                   });
      return {};
    }));
    plans::count_all(services(), now());  // an import tells nobody
  }

  void step() {
    switch (random_.below(28)) {
      case 0:
        day_ = time::add_days(day_, 1 + random_.below(40));
        cases::run_clocks(services(), now());
        run("figures.turn");
        break;
      case 1:
        run("figures.fold");
        break;
      case 2:
        merge_villages();
        break;
      case 3:
        change_village();
        break;
      case 4:
      case 5:
        remove_one();
        break;
      case 6:
      case 7:
      case 8:
      case 9:
        change_one();
        break;
      case 10:
        label_one();
        break;
      case 11:
      case 12:
        open_one();
        break;
      case 13:
      case 14:
      case 15:
      case 16:
      case 17:
      case 18:
        act_on_one();
        break;
      default:
        make_one();
    }
  }

  // What is wrong, as the platform's own examination says: every counter of every pack, counted
  // anew from the records.
  std::vector<std::string> mistakes() {
    for (const host::Module& module : stage_.services.modules) {
      if (module.name == "plans") return module.examine(stage_.services);
    }
    return {"no plans"};
  }

  // All indicators of all plans and all measures at the county, a township and a village.
  std::string values() {
    std::string all = measures();
    for (const pack::PlanHeader& plan : services().content->plans) {
      for (const char* at : {"620802", "620802001", "620802001001"}) {
        all += json::write(MUST(
                   plans::values_of_plan(services(), plan.key, MUST(Code::parse(at)), now()))) +
               "\n";
      }
    }
    return all;
  }

  size_t kinds_made() const { return kinds_.size(); }
  size_t cases_opened() const { return cases_.size(); }
  size_t cases_moved() const { return moved_; }
  std::optional<double> measure(const std::string& key, std::string_view period) {
    return look([&](const plans::Scene& scene) -> Result<std::optional<double>> {
      const auto asked = TRY(indicator::parse_period(period, day_));
      const Code county = TRY(Code::parse("620802"));
      return TRY(plans::measures(scene, {key}, county, asked, {}, plans::Territory::as_is))[0]
          .value;
    });
  }

  // Indicators that are computed, and those of them whose value at the county is known.
  std::pair<size_t, size_t> computed() {
    std::pair<size_t, size_t> counted{0, 0};
    for (const pack::PlanHeader& plan : services().content->plans) {
      const json::Value values =
          MUST(plans::values_of_plan(services(), plan.key, MUST(Code::parse("620802")), now()));
      for (const json::Value& item : values.find("items")->as_array()) {
        if (item.text("value_source") != "computed") continue;
        ++counted.first;
        if (item.find("value")->is_number()) ++counted.second;
      }
    }
    return counted;
  }

 private:
  host::Services& services() { return stage_.services; }

  template <class Ask>
  std::invoke_result_t<Ask, const plans::Scene&>::value_type look(Ask&& ask) {
    return MUST(services().database.read([&](db::Tx& tx) {
      return ask(plans::Scene{tx, services(), figures_, day_});
    }));
  }

  // By every field that they are kept by, over what runs and what is over.
  std::string measures() {
    return look([&](const plans::Scene& scene) -> Result<std::string> {
      std::string all;
      const auto add = [&](const std::optional<double>& value) {
        all += (value ? json::write(json::Value(*value)) : "-") + " ";
      };
      for (const char* at : {"620802", "620802001", "620802001001"}) {
        const Code place = TRY(Code::parse(at));
        for (const char* text : {"now", "last_month", "this_quarter", "2025"}) {
          const auto period = TRY(indicator::parse_period(text, day_));
          for (const pack::Measure& measure : services().content->measures) {
            const auto view = TRY(plans::measures(scene, {measure.key}, place, period, measure.by,
                                                  plans::Territory::as_was))[0];
            all += measure.key + " ";
            add(view.value);
            for (const auto& [field, words] : view.by) {
              for (const plans::Word& word : words) add(word.value);
            }
          }
        }
      }
      return all + "\n";
    });
  }
  time::Instant now() const { return time::start_of(day_); }
  registers::Source source() const { return {"a", "a", "web", now()}; }
  size_t below(size_t end) { return static_cast<size_t>(random_.below(static_cast<int64_t>(end))); }
  Code village() { return villages_[below(villages_.size())]; }

  void run(std::string_view job) {
    for (const host::Module& module : stage_.services.modules) {
      for (const host::Job& one : module.jobs) {
        if (one.name == job) one.run(stage_.services, now());
      }
    }
  }

  json::Value value_of(const pack::Field& field) {
    switch (field.type) {
      case FieldType::choice:
      case FieldType::choices: {
        const pack::ChoiceList* list = services().content->list(field.list);
        const std::string word = list->choices[below(list->choices.size())].key;
        if (field.type == FieldType::choice) return word;
        return json::Array{word};
      }
      case FieldType::integer:
        return static_cast<int64_t>(field.minimum.value_or(0)) + random_.below(50);
      case FieldType::decimal:
        return field.minimum.value_or(0) + static_cast<double>(random_.below(4000)) / 8;
      case FieldType::boolean:
        return random_.below(3) != 0;
      case FieldType::date:
        return time::format_date(time::add_days(19350101, random_.below(33'000)));
      case FieldType::text:
      case FieldType::long_text:
        return "甲" + std::to_string(random_.below(1'000'000));
      case FieldType::person_name:
        return "王五";
      case FieldType::phone:
        return "139" + std::to_string(10'000'000 + random_.below(80'000'000));
      default:
        return nullptr;
    }
  }

  json::Value values_of(const pack::Register& kind, int64_t of_ten) {
    json::Value values{json::Object{}};
    for (const pack::Field& field : kind.fields) {
      if (!field.required && random_.below(10) >= of_ten) continue;
      json::Value value = value_of(field);
      if (!value.is_null() && field.from.empty()) values.set(field.name, std::move(value));
    }
    return values;
  }

  // Refusals (a reference that is required, a date that cannot be) are part of the weather.
  void make_one() {
    const auto& registers = services().content->registers;
    const pack::Register& kind = registers[below(registers.size())];
    const auto made = services().database.transact([&](db::Tx& tx) -> Result<registers::Record> {
      return registers::create(tx, services(), source(), kind, {"", village(), values_of(kind, 8)});
    });
    if (!made) return;
    known_.push_back({&kind, made->id, made->version});
    kinds_.insert(kind.key);
  }

  void change_one() {
    if (known_.empty()) return;
    Known& one = known_[below(known_.size())];
    registers::Edit edit{.version = one.version, .values = values_of(*one.kind, 3)};
    if (random_.below(2) == 0) edit.place = village();
    const auto changed = services().database.transact([&](db::Tx& tx) -> Result<registers::Record> {
      return registers::change(tx, services(), source(), *one.kind, one.id, edit);
    });
    if (changed) one.version = changed->version;
  }

  void remove_one() {
    if (known_.empty()) return;
    const size_t which = below(known_.size());
    const Known one = known_[which];
    const Done removed = services().database.transact([&](db::Tx& tx) -> Done {
      return registers::remove(tx, services(), source(), *one.kind, one.id, one.version);
    });
    if (removed) known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  void label_one() {
    if (known_.empty()) return;
    Known& one = known_[below(known_.size())];
    if (one.kind->labels.empty()) return;
    registers::LabelPeriod period;
    period.label = one.kind->labels[below(one.kind->labels.size())].key;
    period.from = time::add_days(day_, random_.below(20));
    if (random_.below(2) == 0) period.to = time::add_days(period.from, 15);
    period.evidence = "台账";
    const auto labelled = services().database.transact([&](db::Tx& tx) -> Result<int64_t> {
      TRY(registers::add_label(tx, services(), source(), *one.kind, one.id, period));
      return TRY(registers::load(tx, services(), *one.kind, one.id)).version;
    });
    if (labelled) one.version = *labelled;
  }

  static host::Actor actor(const std::string& id, Code place, std::string unit = {}) {
    host::Actor made{.account_id = id, .name = id, .unit = std::move(unit)};
    made.grants = {{"role",
                    place,
                    {"case.assign", "case.create", "case.handle", "case.read", "case.review",
                     "case.whistle"}}};
    return made;
  }

  void open_one() {
    const auto& kinds = services().content->cases;
    const pack::CaseKind& kind = kinds[below(kinds.size())];
    cases::Opening opening{.kind = kind.key, .place = village(), .form = json::Object{}};
    for (const pack::Field& field : kind.form) {
      json::Value value = value_of(field);
      if (!value.is_null()) opening.form.set(field.name, std::move(value));
    }
    opening.reporter = "resident" + std::to_string(random_.below(5));
    const auto opened = services().database.transact([&](db::Tx& tx) {
      return cases::open(tx, services(), actor(opening.reporter, opening.place), opening, now());
    });
    if (opened) cases_.push_back(opened->id);
  }

  // One of the actions of its stage, by the one who handles it or by the one who reported it.
  void act_on_one() {
    if (cases_.empty()) return;
    const std::string id = cases_[below(cases_.size())];
    const cases::Case on =
        MUST(services().database.read([&](db::Tx& tx) { return cases::find(tx, services(), id); }));
    const pack::Stage* stage = services().content->case_kind(on.kind)->stage(on.state.stage);
    if (stage == nullptr || stage->actions.empty() || on.state.unit.empty()) return;
    workflow::Command command;
    command.action = workflow::action_named(stage->actions[below(stage->actions.size())]);
    command.text = "已处理";
    command.rating = static_cast<int>(1 + random_.below(5));
    command.solved = random_.below(3) != 0;
    command.outcome = random_.below(2) == 0 ? "satisfied" : "unsatisfied";
    command.unit = on.place.at(region::Level::township).text();
    command.into = cases_[below(cases_.size())];
    const size_t at = on.state.unit.find('@');
    const bool department = at != std::string::npos;
    const Code place = MUST(Code::parse(department ? on.state.unit.substr(at + 1) : on.state.unit));
    const bool reports =
        command.action == workflow::Action::rate || command.action == workflow::Action::confirm;
    const host::Actor who =
        reports ? actor(on.reporter, on.place)
                : actor("handler", place, department ? on.state.unit.substr(0, at) : "");
    const auto acted = services().database.transact([&](db::Tx& tx) {
      return cases::act(tx, services(), who, id, on.version, command, now());
    });
    if (acted) ++moved_;
  }

  void merge_villages() {
    if (villages_.size() < 4) return;
    const size_t which = 1 + below(villages_.size() - 1);
    const Code gone = villages_[which];
    villages_.erase(villages_.begin() + static_cast<std::ptrdiff_t>(which));
    const Code into = villages_[below(villages_.size())];
    MUST(services().database.transact([&](db::Tx& tx) -> Result<places::Place> {
      return places::merge(tx, services(), {"a", "a", now()}, gone, day_, "撤并", {into});
    }));
  }

  void change_village() {
    const Code code = village();
    MUST(services().database.transact([&](db::Tx& tx) -> Result<places::Place> {
      const places::Place place = TRY(places::find(tx, code));
      return places::change(tx, services(), {"a", "a", now()}, code, place.version,
                            {.urban = !place.urban.value_or(false)});
    }));
    run("figures.fold");  // the records of a village are counted anew in the background
  }

  host::testing::Stage stage_;
  Random random_;
  time::Date day_ = kFirstDay;
  std::vector<Code> villages_;
  std::vector<Known> known_;
  std::set<std::string> kinds_;
  std::vector<std::string> cases_;
  size_t moved_ = 0;
  plans::Figures figures_;
};

using Run = std::tuple<db::Engine, uint64_t>;  // and the seed
class FiguresOfAllPacks : public ::testing::TestWithParam<Run> {};

TEST_P(FiguresOfAllPacks, AreWhatTheRecordsSay) {
  const auto [engine, seed] = GetParam();
  LINLI_NEEDS_ENGINE(engine);
  Town town(engine, seed);
  for (int step = 1; step <= kSteps; ++step) {
    town.step();
    if (step % 65 != 0) continue;
    EXPECT_EQ(town.measure("requests_opened", "2025-2035"),
              std::optional(static_cast<double>(town.cases_opened())));
    const std::string before = town.values();  // with differences that wait
    const auto wrong = town.mistakes();
    EXPECT_TRUE(wrong.empty()) << "after " << step << " steps: " << wrong.front();
    EXPECT_EQ(town.values(), before) << "after " << step << " steps";
  }
  EXPECT_GT(town.kinds_made(), 5U);
  EXPECT_GT(town.cases_opened(), 5U);
  EXPECT_GT(town.cases_moved(), 10U);
  EXPECT_GT(town.measure("requests_answered", "2025-2035"), 0);
  // The records reach the plans: dozens of indicators have a value.
  const auto [computed, known] = town.computed();
  EXPECT_GT(computed, 150U);
  EXPECT_GT(known, 30U) << "of " << computed;
}

INSTANTIATE_TEST_SUITE_P(Runs, FiguresOfAllPacks,
                         ::testing::Values(Run{db::Engine::sqlite, 1}, Run{db::Engine::sqlite, 2},
                                           Run{db::Engine::postgres, 3}));

}  // namespace
}  // namespace linli::demo
