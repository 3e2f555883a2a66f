// All SQL of the registers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "domain/places/types.h"
#include "domain/registers/tables.h"
#include "domain/registers/types.h"

namespace linli::registers::store {

// A record as its table holds it.
struct Row {
  std::string id;
  region::Code place;
  int64_t version = 1;
  time::Instant created_at = 0;
  time::Instant updated_at = 0;
  places::Attributes attributes;  // of its place, kept beside it for filters and figures
  std::string search;
  std::vector<Value> columns;  // in the order of columns_of(kind)

  region::Code village() const { return place.village(); }
};

void insert(db::Tx& tx, const pack::Register& kind, const std::vector<Row>& rows);
// Saves `after`, the next version, over `before`. False when that is gone.
bool update(db::Tx& tx, const pack::Register& kind, const Row& before, const Row& after);
bool remove(db::Tx& tx, const pack::Register& kind, const Row& row);
std::optional<Row> load(db::Tx& tx, const pack::Register& kind, std::string_view id);
// Whether a record of that register exists.
bool exists(db::Tx& tx, std::string_view register_key, std::string_view id);

std::vector<Row> list(db::Tx& tx, const pack::Register& kind, const Filter& filter,
                      const Page& page);
// The cursor of a page behind this row.
std::vector<Value> cursor(const pack::Register& kind, const Page& page, const Row& row);
// All that the filter lets through, by village and id, until false.
void each(db::Tx& tx, const pack::Register& kind, const Filter& filter,
          const std::function<bool(const Row&)>& row);
int64_t count(db::Tx& tx, const pack::Register& kind, const Filter& filter);
// Records whose column holds exactly this value.
std::vector<Row> find(db::Tx& tx, const pack::Register& kind, std::string_view column,
                      const Value& value, int64_t limit);
// What names records: of each id that exists, its place and its title (null for a sensitive one).
struct Title {
  region::Code place;
  Value title;
};
std::map<std::string, Title> titles(db::Tx& tx, const pack::Register& kind,
                                    const std::vector<std::string>& ids);
// Groups of records in the territories that agree in these columns, largest values last.
struct Twins {
  std::vector<Value> shared;
  int64_t records = 0;
};
std::vector<Twins> twins(db::Tx& tx, const pack::Register& kind,
                         const std::vector<region::Code>& territories,
                         const std::vector<std::string>& columns, int64_t limit);
std::vector<Row> sharing(db::Tx& tx, const pack::Register& kind,
                         const std::vector<region::Code>& territories,
                         const std::vector<std::string>& columns, const std::vector<Value>& shared);

// Follows a changed place.
void set_attributes(db::Tx& tx, std::string_view register_key, region::Code village,
                    const places::Attributes& attributes);

// Labels and history lie in the village of their record.
struct Key {
  std::string kind;
  region::Code village;
  std::string id;
};
void add_label(db::Tx& tx, const Key& record, const LabelPeriod& period);
void add_labels(db::Tx& tx, const std::vector<std::pair<Key, LabelPeriod>>& periods);
void end_label(db::Tx& tx, const Key& record, std::string_view period_id, time::Date to);
void remove_label(db::Tx& tx, const Key& record, std::string_view period_id);
std::vector<LabelPeriod> labels(db::Tx& tx, const Key& record);
// The labels that hold on the day for the records of one page: record id to labels.
std::map<std::string, std::vector<std::string>> labels_on(db::Tx& tx, const std::vector<Row>& rows,
                                                          time::Date day);
void add_history(db::Tx& tx, const Key& record, const HistoryItem& item);
std::vector<HistoryItem> history(db::Tx& tx, const Key& record, std::string_view before_id,
                                 int64_t limit);
// A record's labels and history go with it to another village.
void move_attachments(db::Tx& tx, const Key& record, region::Code to);
void remove_labels(db::Tx& tx, const Key& record);

// What each register's table was made from.
std::optional<Table> made(db::Tx& tx, std::string_view register_key);
std::vector<std::string> made_registers(db::Tx& tx);
void save_made(db::Tx& tx, std::string_view register_key, const Table& table, time::Instant at);
void drop(db::Tx& tx, std::string_view register_key);
// Takes away the indexes of a made table, and keeps what it is made from now.
void drop_indexes(db::Tx& tx, std::string_view register_key, Table table, time::Instant at);

}  // namespace linli::registers::store
