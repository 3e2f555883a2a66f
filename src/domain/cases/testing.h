// For tests of this module and of those above it: the base pack's cases, a small county, and the
// people in it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "domain/cases/api.h"
#include "domain/cases/module.h"
#include "domain/places/api.h"
#include "engine/pack/load.h"
#include "host/testing.h"

namespace linli::places {
host::Module manifest();
}
namespace linli::accounts {
host::Module manifest();
}

namespace linli::cases::testing {

inline region::Code at(std::string_view text) {
  return MUST(region::Code::parse(text));
}

inline constexpr const char* kGrid = "620802001001001";
inline constexpr const char* kVillage = "620802001001";
inline constexpr const char* kOtherVillage = "620802001002";
inline constexpr const char* kTownship = "620802001";
inline constexpr const char* kCounty = "620802";
// Monday 2025-03-03 09:00 in China.
inline const time::Instant kMonday = time::start_of(20250303) + 9 * time::kHour;

// The cases and lists of the base pack, as they are shipped.
inline std::shared_ptr<const pack::Content> content() {
  static const auto loaded = [] {
    pack::Files files;
    for (auto& [path, text] : pack::read_files(LINLI_SOURCE_DIR "/packs")) {
      if (path == "base/pack.yaml" || path.starts_with("base/cases/") ||
          path.starts_with("base/lists/") || path.starts_with("base/calendar/"))
        files[path] = text;
    }
    std::vector<pack::Mistake> mistakes;
    auto made = pack::load(files, {"base"}, mistakes);
    for (const pack::Mistake& mistake : mistakes) ADD_FAILURE() << pack::to_text(mistake);
    return made;
  }();
  return loaded;
}

inline host::Actor actor(std::string id, std::string_view place,
                         std::vector<std::string> permissions, std::string unit = {}) {
  host::Actor made;
  made.account_id = std::move(id);
  made.name = made.account_id;
  made.unit = std::move(unit);
  if (!permissions.empty()) made.grants = {{"role", at(place), std::move(permissions)}};
  return made;
}
inline host::Actor resident(std::string id = "resident") {
  return actor(std::move(id), "62", {"case.create"});
}
inline host::Actor grid_member() {
  return actor("grid_member", kGrid, {"case.create", "case.read", "case.handle"});
}
inline host::Actor community_worker() {
  return actor("community_worker", kVillage,
               {"case.assign", "case.create", "case.handle", "case.read", "case.whistle"});
}
inline host::Actor dispatcher() {
  return actor("dispatcher", kTownship,
               {"case.assign", "case.handle", "case.read", "case.review", "case.whistle"});
}
inline host::Actor expert(std::string unit = "ecology") {
  return actor("expert_" + unit, kCounty, {"case.handle", "case.read"}, unit);
}

// A county with one township, two villages and one grid.
struct World {
  explicit World(db::Engine engine)
      : stage(engine, {places::manifest(), accounts::manifest(), manifest()}, content()) {
    MUST(stage.services.database.transact([](db::Tx& tx) -> Done {
      std::vector<places::Place> all;
      for (const char* code : {"62", "6208", "620802", "620802001", "620802001001", "620802001002",
                               "620802001001001"}) {
        places::Place place;
        place.code = at(code);
        place.name = std::string("place ") + code;
        place.parent = place.code.parent();
        all.push_back(std::move(place));
      }
      places::add_places(tx, all);
      return {};
    }));
  }

  // Reports a matter of the subject; it must be accepted.
  Case report(const std::string& subject, const std::string& place = kGrid,
              const host::Actor& who = resident(), time::Instant now = kMonday) {
    Opening opening;
    opening.place = at(place);
    opening.form = json::Object{{"subject", subject}, {"description", "Something is the matter."}};
    opening.reporter = who.account_id;
    return MUST(open_one(opening, who, now));
  }
  Result<Case> open_one(const Opening& opening, const host::Actor& who = resident(),
                        time::Instant now = kMonday) {
    return stage.services.database.transact(
        [&](db::Tx& tx) { return open(tx, stage.services, who, opening, now); });
  }
  Result<Case> act_on(const Case& on, const host::Actor& who, const workflow::Command& command,
                      time::Instant now = kMonday) {
    return stage.services.database.transact(
        [&](db::Tx& tx) { return act(tx, stage.services, who, on.id, on.version, command, now); });
  }
  // The code of the refusal, or empty; `on` becomes what it then is.
  std::string code_of(Case& on, const host::Actor& who, const workflow::Command& command,
                      time::Instant now = kMonday) {
    Result<Case> after = act_on(on, who, command, now);
    if (!after) return after.error().code;
    on = std::move(*after);
    return {};
  }
  Case load(const std::string& id) {
    return MUST(
        stage.services.database.read([&](db::Tx& tx) { return find(tx, stage.services, id); }));
  }
  std::vector<Case> list(Filter filter, bool open = true, Page page = {}) {
    if (filter.territories.empty()) filter.territories = {region::Code()};
    return MUST(stage.services.database.read([&](db::Tx& tx) -> Result<std::vector<Case>> {
      return open ? queue(tx, filter, page) : history(tx, filter, page);
    }));
  }

  host::testing::Stage stage;
};

inline workflow::Command command(workflow::Action action, std::string text = "words") {
  workflow::Command made;
  made.action = action;
  made.text = std::move(text);
  return made;
}

}  // namespace linli::cases::testing
