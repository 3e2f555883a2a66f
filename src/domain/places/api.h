// What other modules may ask of the places.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/places/atlas.h"
#include "domain/places/import.h"
#include "domain/places/mosaic.h"
#include "domain/places/rules.h"
#include "domain/places/search.h"
#include "domain/places/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::places {

// The folder of outlines for an Atlas.
std::string outlines_folder(const host::Settings& settings);

// Refuses `place.not_found`.
Result<Place> find(db::Tx& tx, Code code);
// Those of the codes that are known, in no particular order; one question for all.
std::vector<Place> find_all(db::Tx& tx, const std::vector<Code>& codes);
// For what is to lie there: refuses `place.not_found` and `place.not_active`.
Done require_active(db::Tx& tx, Code code);
// Those of the codes that are known, in no particular order; the nation is one.
std::vector<Reference> names(db::Tx& tx, const std::vector<Code>& codes);
std::string name_of(db::Tx& tx, Code code);  // the code's text when unknown
// From the province down to the parent; without the nation.
std::vector<Reference> ancestors(db::Tx& tx, Code code);

// Active children after `after` (the parent itself to begin), by code; with the ended ones if
// asked.
std::vector<Place> children(db::Tx& tx, Code parent, Code after, int64_t limit, bool ended = false);
// Every place at a level under and including `under`, by code, ended ones too, until false.
void each(db::Tx& tx, Code under, Level level, const std::function<bool(const Place&)>& place);
// A page of the active ones at a level, by code, behind `after` (the nation to begin).
std::vector<Place> at_level(db::Tx& tx, Code under, Level level, Code after, int64_t limit);
int64_t count(db::Tx& tx, Code under, Level level);  // active ones

// What expressions see of a place. Of a grid: its village's; unknown places have none.
Attributes attributes_of(db::Tx& tx, Code code);
// urban, rural, community_types: the order in which every record's scope ends.
std::vector<Value> values_of(const Attributes& attributes);
// The kind under which figures count a place of that level: community, township, county; else
// empty.
std::string_view kind_of(Level level);

// All that a day's territory of a place consists of: itself and what was merged into it by then,
// however often. With today, figures "as is"; with the day of the figure, "as was".
std::vector<Code> territory_of(db::Tx& tx, Code code, time::Date on);
std::vector<Succession> successors(db::Tx& tx, Code code);
// Every merge there has been, by place.
std::vector<Succession> merges(db::Tx& tx);

// The history's and the events' who and when.
struct By {
  std::string account_id;
  std::string name;
  time::Instant at = 0;
};
By by(const host::Actor& actor, time::Instant at);

// Each change of the tree writes history, announces an event (place.created, place.changed,
// place.closed, place.merged, place.split) and tells the observers. Refusals are those of rules.h,
// `place.not_found`, and `record.changed_meanwhile` for another version.
Result<Place> add_grid(db::Tx& tx, host::Services& services, const By& by, Code parent,
                       std::string_view name);
Result<Place> change(db::Tx& tx, host::Services& services, const By& by, Code code, int64_t version,
                     const Edit& edit);
// Ends what lies below as well.
Result<Place> close(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason);
Result<Place> merge(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason, const std::vector<Code>& into);
Result<Place> split(db::Tx& tx, host::Services& services, const By& by, Code code, time::Date on,
                    std::string_view reason, const std::vector<Code>& into);
// Grows with every change of the tree down to villages, and of outlines: whether what was drawn of
// it still holds is one short question, in any server of an installation.
int64_t edition(db::Tx& tx);
// The outline of a grid, as it was drawn: maps show it from now on.
void set_outline(db::Tx& tx, Code code, const Area& area);
std::vector<HistoryItem> history(db::Tx& tx, Code code);

// For bulk loads: places with new codes and their parents' counts, without history, events or
// observers.
void add_places(db::Tx& tx, const std::vector<Place>& places);
// The same for the attributes of a village.
void set_attributes(db::Tx& tx, Code code, const Attributes& attributes);

}  // namespace linli::places
