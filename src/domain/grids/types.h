// Grids of a community as they are drawn: the houses that households live in, the rule of the
// place, and the drafts of a new division.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "domain/places/types.h"
#include "engine/grids/verify.h"

namespace linli::grids {

using region::Code;

// Grids have the number at the end of their code; those that a draft adds have numbers from here.
inline constexpr int32_t kFirstNew = 1001;

struct Count {
  int64_t households = 0;
  int64_t residents = 0;
  friend bool operator==(const Count&, const Count&) = default;
};

// What a drawing moves as one: a building, a home that stands alone, or the households of which no
// more is known than their estate, villagers' group or grid.
struct House {
  std::string id;    // its record's; "without-<grid>" for households that lie nowhere
  std::string kind;  // building, dwelling, housing_estate, villagers_group, not_placed
  std::string name;
  std::optional<places::Point> point;
  bool estimate = false;        // the point is not its own
  std::string estate;           // record
  std::string villagers_group;  // record: that of most of its households
  Code place;                   // of its record
  Count all;
  std::map<int32_t, Count> recorded;  // by the grid in which they are recorded; kNone: in none

  bool placed() const { return point && !estimate; }
};

struct Grid {
  int32_t number = kNone;
  Code code;
  std::string name;
};

// A community whose grids are drawn, or a grid whose micro-grids are.
struct Community {
  Code parent;
  std::string name;
  std::optional<bool> urban;
  std::vector<House> houses;
  std::vector<Grid> grids;                     // active ones, by number
  int32_t last_number = 0;                     // the highest ever given
  std::map<std::string, std::string> estates;  // record → name
  std::map<std::string, std::string> villagers_groups;
};

inline constexpr double kNoLimit = 1e9;  // households

// What grids must keep here.
struct LocalRule {
  std::string standard;  // of a pack; empty: an officer's own range
  double least = 0;
  double most = 0;
  bool by_groups = false;  // each villagers' group is a grid
  friend bool operator==(const LocalRule&, const LocalRule&) = default;
};

// draft → applying → applied, or stopped on the way; or discarded, also once stopped.
enum class DraftState { draft, applying, applied, discarded, stopped };
std::string_view name_of(DraftState state);
DraftState draft_state_named(std::string_view name);  // a stored word: another is a fault

using GridOf = std::map<std::string, int32_t>;  // house → grid

struct Draft {
  std::string id;
  Code place;           // the community, or the grid with micro-grids
  int64_t version = 1;  // optimistic lock: a step must carry the version it read
  DraftState state = DraftState::draft;
  LocalRule rule;
  GridOf grid_of;
  std::map<int32_t, std::string> names;  // given in the draft
  // Of what was applied: the codes of the grids, and in which of them those that end go on, the one
  // with most of their households first.
  std::map<int32_t, Code> codes;
  std::map<int32_t, std::vector<Code>> successors;
  std::string author;
  std::string author_name;
  time::Instant created_at = 0;
  time::Instant updated_at = 0;
  std::string reason;  // of what was applied
  std::string code;    // of the refusal that stopped it
  int64_t done = 0;    // records and cases that followed, of all
  int64_t total = 0;

  Code village() const { return place.village(); }
  friend bool operator==(const Draft&, const Draft&) = default;
};

// One change of a draft, the newest of which can be taken back.
struct Step {
  int64_t sequence = 0;
  std::string what;  // move, join, part, draw, rebalance, rename
  std::string author_name;
  time::Instant at = 0;
  std::map<std::string, int32_t> grid_before;  // of the houses that it moved
  std::map<int32_t, std::optional<std::string>> name_before;
  friend bool operator==(const Step&, const Step&) = default;
};

// A division beside the one in force.
struct Change {
  int64_t households = 0;
  int64_t moved = 0;            // households that get another grid
  int64_t first = 0;            // households that had none
  int64_t residents_moved = 0;  // whose grid member changes
  int64_t residents_first = 0;
  std::vector<int32_t> opened;
  std::vector<int32_t> closed;
};

}  // namespace linli::grids
