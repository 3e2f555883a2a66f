// What happened (events, read later) and what changed (seen by observers at once).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/region.h"
#include "core/time.h"
#include "core/value.h"

namespace linli::host {

// Something that happened, written in the transaction that made it happen and read from there by
// listeners and web hooks.
struct Event {
  std::string id;
  int64_t position = 0;  // set by the sequencer; 0 while being written
  std::string name;      // case.replied
  region::Code place;
  std::string subject_id;
  time::Instant at = 0;
  std::string actor_id;
  json::Value data;  // no sensitive field
};

// A label that a record carries from the first day to the day before `to`.
struct HeldLabel {
  std::string label;
  time::Date from = 0;
  std::optional<time::Date> to;
};

// A change of one record or case, seen by observers in the same transaction. `values` are in the
// order of the kind's scope (engine/pack): the null side is an insert or a deletion. A label that
// is given or taken is a change too.
struct Change {
  std::string kind;  // person, resident_request
  struct Side {
    region::Code place;
    const std::vector<Value>* values = nullptr;
    const std::vector<HeldLabel>* labels = nullptr;  // all periods; none: no labels
  };
  std::optional<Side> before;
  std::optional<Side> after;
};

}  // namespace linli::host
