// All SQL of the circles.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/region.h"
#include "core/time.h"
#include "db/database.h"
#include "domain/places/types.h"

namespace linli::circles::store {

// Something that reach has not followed yet; with a point, for everybody around it.
struct Touch {
  region::Code village;
  std::string id;
  std::optional<places::Point> point;
};
void touch(db::Tx& tx, region::Code village, const std::optional<places::Point>& point,
           time::Instant now);
std::vector<Touch> touches_around(db::Tx& tx, int64_t limit);  // those with a point
std::vector<region::Code> touched(db::Tx& tx, int64_t limit);  // villages with touches of their own
std::vector<Touch> touches_of(db::Tx& tx, region::Code village);
void forget(db::Tx& tx, const std::vector<Touch>& touches);

// How often facilities have changed for those around them, all of whom were told.
int64_t facilities_edition(db::Tx& tx);
void facilities_changed(db::Tx& tx);

struct Box {
  places::Point low;
  places::Point high;
};
bool meet(const Box& a, const Box& b);
// A village that was computed: where its homes lie, with what, and until which day that holds. Each
// time it gets another stamp.
void computed(db::Tx& tx, region::Code village, const std::optional<Box>& box,
              std::string_view basis, time::Date due, time::Instant now);
void drop(db::Tx& tx, region::Code village);
std::set<region::Code> known(db::Tx& tx);
// Villages that are not known yet are to be computed.
void expect(db::Tx& tx, const std::vector<region::Code>& villages);

// Where the homes of all villages lie, read once for as many questions as there are.
class Boxes {
 public:
  explicit Boxes(db::Tx& tx);
  std::vector<region::Code> within(const Box& box) const;  // villages with homes in it, by code

 private:
  std::vector<std::pair<region::Code, Box>> boxes_;
};
// Villages that were computed with something else, by code.
std::vector<region::Code> outdated(db::Tx& tx, std::string_view basis, int64_t limit);
// Villages that were computed with this, but hold no longer.
std::vector<region::Code> due(db::Tx& tx, std::string_view basis, time::Date today, int64_t limit);
// Of villages below a place, a word that changes whenever people who live there may have: the stamp
// of its computation, or since then the last change. None: that is not known.
std::map<region::Code, std::string> stamps(db::Tx& tx, region::Code place, time::Date today);
// Where members of a group live.
struct GroupHome {
  std::string resident_group;
  std::optional<bool> urban;
  places::Point point;
  int64_t residents = 0;
  friend bool operator==(const GroupHome&, const GroupHome&) = default;
};
std::vector<GroupHome> homes(db::Tx& tx, region::Code village);
void set_homes(db::Tx& tx, region::Code village, const std::vector<GroupHome>& homes);
// Villages where room is to be computed anew.
void mark_room(db::Tx& tx, region::Code village);
std::vector<region::Code> marked_rooms(db::Tx& tx, int64_t limit);
void forget_room(db::Tx& tx, region::Code village);

// A word for the state of what is kept of the villages under a place.
struct Edition {
  int64_t computed = 0;  // how often they were
  int64_t villages = 0;
  friend bool operator==(const Edition&, const Edition&) = default;
};
Edition edition(db::Tx& tx, region::Code place);

// Whether something under the place is out of date.
bool is_pending(db::Tx& tx, region::Code place, std::string_view basis, time::Date today);

}  // namespace linli::circles::store
