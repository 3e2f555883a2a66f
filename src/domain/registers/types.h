// Records of the kinds that packs declare.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/expr/expression.h"
#include "core/json.h"
#include "core/region.h"
#include "core/result.h"
#include "core/time.h"
#include "core/value.h"

namespace linli::registers {

// One value a field of the register, in the order of its fields: booleans 0/1, dates yyyymmdd,
// instants µs, places padded codes, choices "|a|b|", images "|id|id|", points "lon,lat".
using Values = std::vector<Value>;

// A record with its values in the clear. `village` is where its data lives: the village of its
// place, or the place itself when that stands higher.
struct Record {
  std::string id;
  region::Code place;
  int64_t version = 1;  // optimistic lock: a change must carry the version it read
  time::Instant created_at = 0;
  time::Instant updated_at = 0;
  Values values;

  region::Code village() const { return place.village(); }
};

// A group to which a record belongs for a time: from the first day, to the day before `to`.
struct LabelPeriod {
  std::string id;
  std::string label;
  time::Date from = 0;
  std::optional<time::Date> to;
  std::string evidence;
  std::string confirmed_by;  // account
  std::string confirmed_by_name;
  time::Instant at = 0;

  bool holds_on(time::Date day) const { return from <= day && (!to || day < *to); }
};

// Who does it and through which door: kept in the history of every field.
struct Source {
  std::string actor_id;
  std::string actor_name;
  std::string channel;  // web, counter, api, import:<id>, system
  time::Instant at = 0;
};

struct FieldChange {
  std::string field;   // or place, or label
  json::Value before;  // as on the wire; sensitive values masked
  json::Value after;
};

struct HistoryItem {
  std::string id;
  std::string action;  // created, changed, moved, deleted, labelled, unlabelled
  Source source;
  std::vector<FieldChange> changes;
};

// What cuts a list.
struct Filter {
  std::vector<region::Code> territories;  // none: nothing is found
  std::vector<std::string> words;         // folded; each must be in the search text
  const expr::Expression* where = nullptr;
  std::string label;  // one that holds today
  time::Date today = 0;
};

// One page of a list, and its order.
struct Page {
  std::string order;  // place, updated_at or a sortable field
  bool descending = false;
  int64_t limit = 50;
  std::vector<Value> after;  // the cursor: order value (unless by place), village, id
};

}  // namespace linli::registers
