#include "domain/grids/township.h"

#include "core/time.h"
#include "domain/places/api.h"

namespace linli::grids {
namespace {

LocalRule own_rule_of(const json::Value& question) {
  const json::Value* rule = question.find("rule");
  if (rule == nullptr || rule->is_null()) return {.most = kNoLimit};
  const auto own = own_rule(rule->number("least"), rule->number("most"), rule->flag("by_groups"));
  return own ? *own : LocalRule{.most = kNoLimit};
}

struct Drawn {
  Scene before;
  Command command{.what = Command::What::draw};
  Outcome outcome;
};

Result<Drawn> draw(host::Services& services, Surveyor& surveyor, const places::Place& place,
                   const LocalRule& own, const std::stop_token& stop) {
  LocalRule rule = own;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    const Community asked{.parent = place.code};
    const auto standards = standards_at(tx, services, asked, time::date_of(time::now()));
    if (!standards.empty()) rule = rule_of(*standards.front());
    return {};
  }));
  Drawn drawn{.before = TRY(surveyor.in_force(services, place.code, rule))};
  Scene& scene = drawn.before;
  if (scene.community.houses.empty()) return refuse(ErrorKind::conflict, "grids.no_households");
  scene.division = complete(scene.community, scene.ground, scene.draft.grid_of);
  const Result<Outcome> outcome = decide(scene, drawn.command, stop);
  if (!outcome && outcome.error().code != "grids.nothing_changes") return refuse(outcome.error());
  drawn.outcome = outcome ? *outcome : Outcome{scene.division, {}};
  return drawn;
}

json::Value told(const Drawn& drawn, const std::string& draft) {
  const Scene& scene = drawn.before;
  const Division& division = drawn.outcome.division;
  const auto faults = faults_of(scene.ground.area, scene.ground.rule, division);
  const auto grids = households_of(scene.ground.area, division);
  return json::Object{{"place", scene.community.parent.text()},
                      {"name", scene.community.name},
                      {"draft", draft},
                      {"grids", std::ssize(grids)},
                      {"households", change_of(scene.community, division).households},
                      {"faults", std::ssize(faults)}};
}

}  // namespace

Result<json::Value> draw_township(host::Services& services, Surveyor& surveyor, host::Run& run) {
  const LocalRule own = own_rule_of(run.asked.question);
  const auto villages =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<places::Place>> {
        std::vector<places::Place> found;
        places::each(tx, run.asked.place, region::Level::village, [&](const places::Place& place) {
          if (place.status == places::Status::active) found.push_back(place);
          return true;
        });
        return found;
      }));
  std::vector<Drawn> all;
  json::Array skipped;
  for (size_t i = 0; i < villages.size() && !run.stop.stop_requested(); ++i) {
    Result<Drawn> drawn = draw(services, surveyor, villages[i], own, run.stop);
    if (drawn) {
      all.push_back(std::move(*drawn));
    } else {
      skipped.push_back(json::Object{{"place", villages[i].code.text()},
                                     {"name", villages[i].name},
                                     {"code", drawn.error().code}});
    }
    run.tell(static_cast<double>(i + 1) / static_cast<double>(villages.size()),
             json::Object{{"communities", std::ssize(all)}});
  }
  // All drafts at once: work that is cut off before leaves none behind.
  host::Actor actor;
  actor.account_id = run.asked.asked_by;
  actor.name = run.asked.asked_by_name;
  const time::Instant now = time::now();
  return services.database.transact([&](db::Tx& tx) -> Result<json::Value> {
    json::Array items;
    for (Drawn& drawn : all) {
      Scene before = drawn.before;
      before.draft = keep(tx, actor, before, {}, now);
      TRY(save_step(tx, actor, before, drawn.command, drawn.outcome, now));
      items.push_back(told(drawn, before.draft.id));
    }
    return json::Value(json::Object{{"items", std::move(items)}, {"skipped", skipped}});
  });
}

}  // namespace linli::grids
