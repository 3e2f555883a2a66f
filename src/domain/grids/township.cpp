#include "domain/grids/township.h"

#include "core/crypto.h"
#include "core/text.h"
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

std::vector<places::Place> villages_of(host::Services& services, Code township) {
  return MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<places::Place>> {
    std::vector<places::Place> found;
    places::each(tx, township, region::Level::village, [&](const places::Place& place) {
      if (place.status == places::Status::active) found.push_back(place);
      return true;
    });
    return found;
  }));
}

// The same whenever the question is worked at: work that is done again finds what it has kept.
std::string draft_id(const host::Computation& asked, Code village) {
  const std::string digits = text::hex(crypto::sha256(asked.id + village.text()));
  return asked.id.substr(0, 14) + "7" + digits.substr(0, 3) + "-8" + digits.substr(3, 3) + "-" +
         digits.substr(6, 12);
}

bool is_kept(host::Services& services, const std::string& draft) {
  return MUST(services.database.read(
      [&](db::Tx& tx) -> Result<bool> { return find(tx, draft).has_value(); }));
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

// All drafts at once: work that is cut off before leaves none behind, and work that was cut off
// after it adds those that it had not come to.
Done keep_all(host::Services& services, const host::Computation& asked,
              const std::vector<Drawn>& all) {
  host::Actor actor;
  actor.account_id = asked.asked_by;
  actor.name = asked.asked_by_name;
  const time::Instant now = time::now();
  return services.database.transact([&](db::Tx& tx) -> Done {
    for (const Drawn& drawn : all) {
      const std::string id = draft_id(asked, drawn.before.community.parent);
      if (find(tx, id)) continue;  // kept by one that was taken for dead
      Scene before = drawn.before;
      before.draft = keep(tx, actor, before, id, now);
      TRY(save_step(tx, actor, before, drawn.command, drawn.outcome, now));
    }
    return {};
  });
}

json::Value told(const Scene& scene, const Division& division, const std::string& draft) {
  const auto faults = faults_of(scene.ground.area, scene.ground.rule, division);
  const auto grids = households_of(scene.ground.area, division);
  return json::Object{{"place", scene.community.parent.text()},
                      {"name", scene.community.name},
                      {"draft", draft},
                      {"grids", std::ssize(grids)},
                      {"households", change_of(scene.community, division).households},
                      {"faults", std::ssize(faults)}};
}

// Of all drafts that are kept: those drawn now, and those drawn before it was cut off.
json::Value answer(host::Services& services, Surveyor& surveyor, const host::Computation& asked,
                   const std::vector<places::Place>& villages, const std::vector<Drawn>& drawn,
                   json::Array skipped) {
  json::Array items;
  auto now = drawn.begin();
  for (const places::Place& village : villages) {
    const std::string id = draft_id(asked, village.code);
    if (now != drawn.end() && now->before.community.parent == village.code) {
      items.push_back(told(now->before, now->outcome.division, id));
      ++now;
    } else if (const Result<Scene> scene = surveyor.scene(services, id)) {
      items.push_back(told(*scene, scene->division, id));
    }
  }
  return json::Object{{"items", std::move(items)}, {"skipped", std::move(skipped)}};
}

}  // namespace

Result<json::Value> draw_township(host::Services& services, Surveyor& surveyor, host::Run& run) {
  const LocalRule own = own_rule_of(run.asked.question);
  const auto villages = villages_of(services, run.asked.place);
  std::vector<Drawn> all;
  json::Array skipped;
  for (size_t i = 0; i < villages.size() && !run.stop.stop_requested(); ++i) {
    const places::Place& village = villages[i];
    if (is_kept(services, draft_id(run.asked, village.code))) continue;
    Result<Drawn> drawn = draw(services, surveyor, village, own, run.stop);
    if (drawn) {
      all.push_back(std::move(*drawn));
    } else {
      skipped.push_back(json::Object{
          {"place", village.code.text()}, {"name", village.name}, {"code", drawn.error().code}});
    }
    run.tell(static_cast<double>(i + 1) / static_cast<double>(villages.size()),
             json::Object{{"communities", std::ssize(all)}});
  }
  TRY(keep_all(services, run.asked, all));
  return answer(services, surveyor, run.asked, villages, all, std::move(skipped));
}

}  // namespace linli::grids
