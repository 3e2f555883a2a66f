// A place of the administrative tree, from province down to micro-grid.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/region.h"
#include "core/time.h"
#include "core/value.h"

namespace linli::places {

using region::Code;
using region::Level;

enum class Status { active, closed, merged, split };
std::string_view name_of(Status status);
Status status_named(std::string_view name);  // a stored word: another is a fault

// A place is never deleted, so that its code is never given to another.
struct Place {
  Code code;
  std::string name;
  Code parent;
  std::optional<bool> urban;                 // none: not known
  bool urban_guessed = false;                // read from the name, not decided by a person
  std::vector<std::string> community_types;  // keys of the list community_type
  Status status = Status::active;
  std::optional<time::Date> valid_from;  // none: since before this register
  std::optional<time::Date> valid_to;    // the first day on which it is no more
  int64_t children_count = 0;            // active ones
  int64_t version = 1;

  Level level() const { return code.level(); }
  friend bool operator==(const Place&, const Place&) = default;
};

// What expressions over records see of the place they lie in. A grid has those of its village.
struct Attributes {
  std::optional<bool> urban;
  std::vector<std::string> community_types;
  friend bool operator==(const Attributes&, const Attributes&) = default;
};

// A place as others name it.
struct Reference {
  Code code;
  std::string name;
  friend bool operator==(const Reference&, const Reference&) = default;
};

// What became of a place: it went into `successor` on that day, with the whole of its territory
// (merged) or with a part (split).
struct Succession {
  Code place;
  Code successor;
  time::Date on = 0;
  Status how = Status::merged;
  friend bool operator==(const Succession&, const Succession&) = default;
};

struct HistoryItem {
  time::Instant at = 0;
  std::string what;  // created, changed, renamed, closed, merged, split
  std::string actor_id;
  std::string actor_name;
  std::string detail;  // JSON
};

struct Point {
  double lon = 0;
  double lat = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

}  // namespace linli::places
