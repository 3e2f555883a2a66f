// Records on maps: listed by the cells of their points, or counted where they are too many.
// Included by api.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cell.h"
#include "core/region.h"
#include "core/result.h"
#include "db/database.h"
#include "engine/pack/types.h"
#include "host/actor.h"

namespace linli::registers {

// What an actor may see of a register's records on a map.
struct PointScope {
  const pack::Register* kind = nullptr;
  std::vector<region::Code> territories;  // where records and their points may be read
  bool title = false;                     // names are shown everywhere there
  bool choice = false;
  bool whole = true;  // false: names and choices alone, whatever the register holds
  // False: what is out of service is left out, but in the territories of `own`.
  bool closed = true;
  std::vector<region::Code> own = {};
};
// Cut to `place`. Refuses `register.without_point`, and `access.denied` when there is nothing that
// the actor may see.
Result<PointScope> point_scope(const host::Actor& actor, const pack::Register& kind,
                               region::Code place);

// What everybody may see of a register whose whereabouts are public: where each is that is in
// service, and what; whoever may read it in some territories sees there what is not, too.
PointScope everybody(const host::Actor& actor, const pack::Register& kind, region::Code place);

// How many records lie in each cell of a range at one of kCrowdDepths.
inline constexpr int kCrowdDepths[] = {11, 14, 17, 20};
struct Crowding {
  struct Cell {
    int64_t cell = 0;  // at the asked depth
    int64_t records = 0;
  };
  std::vector<Cell> cells;  // with any, ascending
  int64_t records = 0;      // in all of them
  int64_t edition = 0;      // grows whenever a record there changes
};
// Nobody learns numbers beyond the scope: none where it is finer than villages, but the edition.
Crowding crowding(db::Tx& tx, const PointScope& scope, cell::Range range, int depth);
bool counts(const PointScope& scope);

// A record as a map shows it.
struct Pin {
  int64_t cell = 0;  // at cell::kDepth
  region::Code place;
  std::string id;
  std::string title;    // empty unless the scope shows it
  std::string choice;   // the key of its first listed choice, the same
  bool closed = false;  // out of service
};
// At most `limit` in a range at cell::kDepth, by cell.
std::vector<Pin> pins(db::Tx& tx, const PointScope& scope, cell::Range range, int64_t limit);

}  // namespace linli::registers
