// What the registers know that circles need: facilities with their points, and who lives where.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"
#include "domain/circles/types.h"
#include "host/services.h"

namespace linli::circles {

// Facilities under a place that have a point; closed ones too.
std::vector<Facility> facilities(db::Tx& tx, host::Services& services, region::Code under);

// Which groups a person belongs to on a day, as a cohort's bits.
uint64_t groups_of(const pack::Content& content, const host::Change::Side& person, time::Date day);

// Villages with their homes, all of which lie under a place. A person's door is the point of the
// dwelling of their household, else of its building. Who has none is spread evenly over the
// village's dwellings, else its buildings, else its housing estates; of those with an estate, over
// that alone. Each register is read once. `turns` learns of each village the first day on which
// somebody's groups are others than today (Turns::next).
std::vector<Village> villages_of(db::Tx& tx, const host::Services& services, region::Code under,
                                 const std::vector<places::Place>& villages, time::Date day,
                                 std::map<region::Code, time::Date>* turns = nullptr);

// A household and where it lives; no point: nobody knows.
struct HouseholdAt {
  std::string id;
  region::Code place;
  std::optional<places::Point> point;
  bool estimate = false;  // the point is that of its estate
  Value name;
};
// Those of a village, by id.
std::vector<HouseholdAt> households_of(db::Tx& tx, const host::Services& services,
                                       region::Code village);

// Where the homes of a change's record lie; of a facility, the facility.
struct Placed {
  std::string kind;
  std::optional<places::Point> point;
  bool in_service = true;
  int64_t capacity = 0;
  friend bool operator==(const Placed&, const Placed&) = default;
};
Placed facility_in(const pack::Content& content, const host::Change::Side& side);

// Whether a change of a record can change who lives where, or who belongs to which group on any
// day: what of it circles read differs.
bool moves_people(const pack::Content& content, const host::Change& change);

// Kinds of records that circles read.
bool is_home_kind(std::string_view kind);

}  // namespace linli::circles
