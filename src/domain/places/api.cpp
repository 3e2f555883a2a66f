#include "domain/places/api.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/id.h"
#include "domain/places/store.h"

namespace linli::places {
namespace {

// The successors of a merge or split, all of them or `place.not_found`.
Result<std::vector<Place>> find_each(db::Tx& tx, const std::vector<Code>& codes) {
  std::vector<Place> found;
  for (const Code code : codes) found.push_back(TRY(find(tx, code)));
  return found;
}

void tell_observers(db::Tx& tx, host::Services& services, const std::optional<Place>& before,
                    const std::optional<Place>& after) {
  host::Change change;
  change.kind = kind_of((after ? after : before)->level());
  if (change.kind.empty()) return;
  std::vector<Value> values[2];
  const auto side = [&](const std::optional<Place>& place, std::vector<Value>& kept) {
    std::optional<host::Change::Side> seen;
    if (!place || place->status != Status::active) return seen;
    kept.emplace_back(place->code.padded());
    for (Value& value : values_of({place->urban, place->community_types})) {
      kept.push_back(std::move(value));
    }
    seen = host::Change::Side{place->code, &kept};
    return seen;
  };
  change.before = side(before, values[0]);
  change.after = side(after, values[1]);
  services.changed(tx, change);
}

// History, event and observers of one change.
void record(db::Tx& tx, host::Services& services, const By& by, const std::string& what,
            const std::optional<Place>& before, const Place& after, const json::Value& detail) {
  store::insert_history(tx, after.code, id::make(by.at),
                        {by.at, what, by.account_id, by.name, json::write(detail)});
  services.announce(tx, {.id = id::make(by.at),
                         .name = "place." + what,
                         .place = after.code,
                         .subject_id = after.code.text(),
                         .at = by.at,
                         .actor_id = by.account_id,
                         .data = detail});
  tell_observers(tx, services, before, after);
}

Done save(db::Tx& tx, const Place& place) {
  if (!store::update(tx, place)) return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  return {};
}

json::Array texts_of(const std::vector<Code>& codes) {
  json::Array texts;
  for (const Code code : codes) texts.emplace_back(code.text());
  return texts;
}

json::Value describe(const Place& place) {
  json::Array types(place.community_types.begin(), place.community_types.end());
  return json::Object{{"name", place.name},
                      {"urban", place.urban ? json::Value(*place.urban) : json::Value()},
                      {"community_types", std::move(types)}};
}

// Ends or divides `before`, which became `after`, into the successors.
Result<Place> succeed(db::Tx& tx, host::Services& services, const By& by, const Place& before,
                      const Place& after, Status how, time::Date on, std::string_view reason,
                      const std::vector<Code>& into) {
  TRY(save(tx, after));
  if (after.status != Status::active) {
    store::each_active_below(tx, before.code, [&](const Place& below) {
      Place ended = below;
      ended.status = Status::closed;
      tell_observers(tx, services, below, ended);
      return true;
    });
    store::end_below(tx, before.code, on);
    store::count_children(tx, before.code);
    store::count_children(tx, before.parent);
  }
  for (const Code successor : into) {
    if (successor != before.code) {
      store::insert_succession(tx, {before.code, successor, on, how});
    }
  }
  record(tx, services, by, std::string(name_of(how)), before, after,
         json::Object{{"on", time::format_date(on)}, {"reason", reason}, {"into", texts_of(into)}});
  return find(tx, before.code);
}

}  // namespace

std::string outlines_folder(const host::Settings& settings) {
  return settings.packs_folder + "/boundaries";
}

Result<Place> find(db::Tx& tx, Code code) {
  std::optional<Place> place = store::find(tx, code);
  if (!place) return refuse(ErrorKind::not_found, "place.not_found", code.text());
  return std::move(*place);
}

std::vector<Place> find_all(db::Tx& tx, const std::vector<Code>& codes) {
  return store::find_all(tx, codes);
}

Done require_active(db::Tx& tx, Code code) {
  const Place place = TRY(find(tx, code));
  if (place.status != Status::active) {
    return refuse(ErrorKind::conflict, "place.not_active", code.text());
  }
  return {};
}

std::vector<Reference> names(db::Tx& tx, const std::vector<Code>& codes) {
  return store::names(tx, codes);
}

std::string name_of(db::Tx& tx, Code code) {
  const std::vector<Reference> found = store::names(tx, {code});
  return found.empty() ? code.text() : found.front().name;
}

std::vector<Reference> ancestors(db::Tx& tx, Code code) {
  std::vector<Code> above = code.chain();
  std::erase_if(above, [&](Code each) { return each == code || each == Code(); });
  std::vector<Reference> found = store::names(tx, above);
  std::sort(found.begin(), found.end(),
            [](const Reference& a, const Reference& b) { return a.code < b.code; });
  return found;
}

std::vector<Place> children(db::Tx& tx, Code parent, Code after, int64_t limit, bool ended) {
  return store::children(tx, parent, ended, after, limit);
}

void each(db::Tx& tx, Code under, Level level, const std::function<bool(const Place&)>& place) {
  store::each(tx, under, level, place);
}

std::vector<Place> at_level(db::Tx& tx, Code under, Level level, Code after, int64_t limit) {
  return store::at_level(tx, under, level, after, limit);
}

int64_t count(db::Tx& tx, Code under, Level level) {
  return store::count(tx, under, level);
}

Attributes attributes_of(db::Tx& tx, Code code) {
  std::optional<Place> place = store::find(tx, code.village());
  if (!place) return {};
  return {place->urban, std::move(place->community_types)};
}

std::vector<Value> values_of(const Attributes& attributes) {
  std::string types;
  for (const std::string& type : attributes.community_types) {
    types += (types.empty() ? "|" : "") + type + "|";
  }
  if (!attributes.urban) return {Value(), Value(), std::move(types)};
  return {int64_t{*attributes.urban}, int64_t{!*attributes.urban}, std::move(types)};
}

std::string_view kind_of(Level level) {
  switch (level) {
    case Level::village:
      return "community";
    case Level::township:
      return "township";
    case Level::county:
      return "county";
    default:
      return "";
  }
}

std::vector<Code> territory_of(db::Tx& tx, Code code, time::Date on) {
  std::vector<Code> territory = {code};
  for (size_t i = 0; i < territory.size(); ++i) {
    for (const Succession& before : store::predecessors(tx, territory[i])) {
      const bool known =
          std::find(territory.begin(), territory.end(), before.place) != territory.end();
      if (before.how == Status::merged && before.on <= on && !known) {
        territory.push_back(before.place);
      }
    }
  }
  return territory;
}

std::vector<Succession> successors(db::Tx& tx, Code code) {
  return store::successors(tx, code);
}

std::vector<Succession> merges(db::Tx& tx) {
  return store::merges(tx);
}

By by(const host::Actor& actor, time::Instant at) {
  return {actor.account_id, actor.name, at};
}

Result<Place> add_grid(db::Tx& tx, host::Services& services, const By& by, Code parent,
                       std::string_view name) {
  TRY(require_active(tx, parent));
  Place grid;
  grid.name = TRY(check_name(name));
  grid.code = TRY(next_child(parent, store::last_child(tx, parent)));
  grid.parent = parent;
  grid.valid_from = time::date_of(by.at);
  store::insert(tx, {grid});
  store::count_children(tx, parent);
  record(tx, services, by, "created", std::nullopt, grid, json::Object{{"name", grid.name}});
  return grid;
}

Result<Place> change(db::Tx& tx, host::Services& services, const By& by, Code code, int64_t version,
                     const Edit& changes) {
  const Place before = TRY(find(tx, code));
  Place after = TRY(edit(before, changes));
  after.version = version;
  TRY(save(tx, after));
  ++after.version;
  record(tx, services, by, "changed", before, after,
         json::Object{{"before", describe(before)}, {"after", describe(after)}});
  return after;
}

Result<Place> close(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason) {
  const Place before = TRY(find(tx, code));
  const Place after = TRY(close(before, on));
  return succeed(tx, services, by, before, after, Status::closed, on, reason, {});
}

Result<Place> merge(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason, const std::vector<Code>& into) {
  const Place before = TRY(find(tx, code));
  const Place after = TRY(merge(before, on, TRY(find_each(tx, into))));
  return succeed(tx, services, by, before, after, Status::merged, on, reason, into);
}

Result<Place> split(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason, const std::vector<Code>& into) {
  const Place before = TRY(find(tx, code));
  const Place after = TRY(split(before, on, TRY(find_each(tx, into))));
  return succeed(tx, services, by, before, after, Status::split, on, reason, into);
}

int64_t edition(db::Tx& tx) {
  return store::edition(tx);
}

void set_outline(db::Tx& tx, Code code, const Area& area) {
  store::save_outline(tx, code, area);
  store::touch(tx, code.village().level());
}

std::vector<HistoryItem> history(db::Tx& tx, Code code) {
  return store::history(tx, code);
}

void add_places(db::Tx& tx, const std::vector<Place>& places) {
  store::insert(tx, places);
  std::vector<Code> parents;
  for (const Place& place : places) parents.push_back(place.parent);
  std::sort(parents.begin(), parents.end());
  parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
  for (const Code parent : parents) store::count_children(tx, parent);
}

void set_attributes(db::Tx& tx, Code code, const Attributes& attributes) {
  std::optional<Place> place = store::find(tx, code);
  if (!place) return;
  place->urban = attributes.urban;
  place->urban_guessed = false;
  place->community_types = attributes.community_types;
  store::update(tx, *place);
}

}  // namespace linli::places
