// All SQL of the places.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/database.h"
#include "domain/places/outline.h"
#include "domain/places/types.h"

namespace linli::places::store {

// Makes the search columns ready: byte order (PostgreSQL sorts by its cluster's language), and
// their indexes. Does nothing the second time.
void prepare(db::Tx& tx);
// Before very many rows: indexes are made faster at the end, by prepare().
void drop_search_indexes(db::Tx& tx);

std::optional<Place> find(db::Tx& tx, Code code);
std::vector<Place> find_all(db::Tx& tx, const std::vector<Code>& codes);  // order not kept
std::vector<Reference> names(db::Tx& tx, const std::vector<Code>& codes);
// Children after `after`, by code; `ended` ones too when asked.
std::vector<Place> children(db::Tx& tx, Code parent, bool ended, Code after, int64_t limit);
std::optional<Code> last_child(db::Tx& tx, Code parent);  // of any status
// Everything under and including `under` at that level, by code, with those that have ended.
void each(db::Tx& tx, Code under, Level level, const std::function<bool(const Place&)>& place);
std::vector<Place> at_level(db::Tx& tx, Code under, Level level, Code after, int64_t limit);
// Active places strictly below, of any level.
void each_active_below(db::Tx& tx, Code code, const std::function<bool(const Place&)>& place);
int64_t count(db::Tx& tx, Code under, Level level);  // active ones

// Many rows at once; their codes are new.
void insert(db::Tx& tx, const std::vector<Place>& places);
// Saves what may change when `version` is still stored; false when it is not.
bool update(db::Tx& tx, const Place& place);
// Ends all active places below a place (not itself) on a day.
void end_below(db::Tx& tx, Code code, time::Date on);
void count_children(db::Tx& tx, Code parent);
// Of every place under and including `under`, and of its ancestors, down to townships.
void count_all_children(db::Tx& tx, Code under);

void insert_succession(db::Tx& tx, const Succession& succession);
std::vector<Succession> successors(db::Tx& tx, Code place);
std::vector<Succession> predecessors(db::Tx& tx, Code place);
std::vector<Succession> merges(db::Tx& tx);  // all of them, by place

void insert_history(db::Tx& tx, Code place, const std::string& id, const HistoryItem& item);
std::vector<HistoryItem> history(db::Tx& tx, Code place);

// Something has changed at that level or below it; what happens below villages is not counted.
void touch(db::Tx& tx, Level highest);
int64_t edition(db::Tx& tx);

std::optional<Area> outline(db::Tx& tx, Code code);
void save_outline(db::Tx& tx, Code code, const Area& area);

// The code and a checksum of the name of every place under `under`, with those above it, by code.
struct Known {
  int64_t code = 0;
  uint64_t name = 0;
  bool active = false;
};
std::vector<Known> known(db::Tx& tx, Code under);
uint64_t checksum(std::string_view name);

// Active places at a level under `under` whose search column begins with the text, by that column.
enum class Column { name_key, pinyin, initials };
struct Found {
  Code code;
  std::string name;
  std::string key;  // the column that was searched
};
std::vector<Found> with_prefix(db::Tx& tx, Column column, Level level, Code under,
                               const std::string& prefix, int64_t limit);
// The same, anywhere in the column: reads every place of the level.
std::vector<Found> containing(db::Tx& tx, Column column, Level level, Code under,
                              const std::string& part, int64_t limit);
// Active places of the levels whose name (or spelling: pinyin or initials) holds the text, the
// better fit first, then the higher level: reads everything under `under`.
std::vector<Found> anywhere(db::Tx& tx, bool spelling, Level from, Level to, Code under,
                            const std::string& part, int64_t limit);

}  // namespace linli::places::store
