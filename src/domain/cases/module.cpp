#include "domain/cases/module.h"

#include "domain/cases/api.h"
#include "domain/cases/pictures.h"
#include "domain/cases/record_pictures.h"
#include "domain/cases/routes.h"
#include "domain/cases/rules.h"
#include "domain/cases/save.h"
#include "domain/cases/store.h"
#include "domain/places/api.h"

namespace linli::cases {

std::vector<db::Migration> migrations();

namespace {

// Figures see the attributes of a case's place: when those change, so does every case there.
Done follow_place(db::Tx& tx, host::Services& services, const host::Event& event) {
  const region::Code place = event.place;
  for (const pack::CaseKind& kind : services.content->cases) {
    std::vector<Case> stale;
    store::each(tx, kind.key, place, region::Code(place.last()), [&](const Case& found) {
      stale.push_back(found);
      return true;
    });
    for (const Case& before : stale) {
      Case after = before;
      after.attributes = places::attributes_of(tx, before.place);
      if (after.attributes == before.attributes) continue;
      store::set_attributes(tx, after);
      tell_changed(tx, services, kind, &before, after);
    }
  }
  return {};
}

bool stream(db::Tx& tx, host::Services& services, std::string_view key, region::Code first,
            region::Code last, const expr::Needs* /*all is at hand*/,
            const std::function<void(const host::Change::Side&)>& record) {
  const pack::CaseKind* kind = services.content->case_kind(key);
  if (!kind) return false;
  store::each(tx, key, first, last, [&](const Case& found) {
    const std::vector<Value> values = values_of(*kind, *services.content, found);
    record({.place = found.place, .values = &values});
    return true;
  });
  return true;
}

std::vector<std::string> examine(host::Services& services) {
  std::vector<std::string> wrong;
  const Done done = services.database.read([&](db::Tx& tx) -> Done {
    for (const auto& [kind, stage] : store::open_stages(tx)) {
      const pack::CaseKind* known = services.content->case_kind(kind);
      if (!known || !known->stage(stage))
        wrong.push_back("open cases of kind " + kind + " stand in the stage " + stage +
                        ", which no pack declares: restore it in the pack");
    }
    return {};
  });
  if (!done) wrong.push_back("the cases cannot be read: " + done.error().code);
  return wrong;
}

std::vector<host::Route> routes() {
  std::vector<host::Route> all;
  for (auto part : {case_routes(), own_routes(), action_routes(), picture_routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

host::Module manifest() {
  return {
      .name = "cases",
      .about = "Requests on their way through the closed loop.",
      .permissions = {"case.create", "case.read", "case.handle", "case.assign", "case.whistle",
                      "case.review"},
      .migrations = migrations(),
      .routes = routes(),
      .jobs = {{"cases.clocks", 30'000,
                [](host::Services& services, time::Instant now) { run_clocks(services, now); }},
               {"cases.loose_pictures", 3'600'000,
                [](host::Services& services, time::Instant now) {
                  drop_loose_pictures(services, now);
                }}},
      .listeners = {{"cases.places", {"place.changed"}, follow_place},
                    {"cases.record_pictures",
                     {"record.created", "record.changed", "record.moved", "record.deleted"},
                     follow_record}},
      .records = stream,
      .examine = examine,
  };
}

}  // namespace linli::cases
