#include "domain/circles/covers.h"

#include <algorithm>

#include "domain/circles/rows.h"
#include "domain/circles/rules.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::circles {
namespace {

using region::Code;
using region::Level;

// Some ten kilobytes each.
constexpr size_t kMostKept = 2000;

std::vector<Code> townships_of(db::Tx& tx, Code place) {
  if (place.level() >= Level::township) return {place.at(Level::township)};
  std::vector<Code> found;
  places::each(tx, place, Level::township, [&](const places::Place& one) {
    if (one.status == places::Status::active) found.push_back(one.code);
    return true;
  });
  return found;
}

void add(Covered& sum, const VillageCircle& row, std::string_view need) {
  if (!row.minutes) return;
  ++sum.villages;
  sum.located += row.located;
  if (need == pack::kComplete) {
    sum.reached += row.complete;
  } else if (const auto found = row.needs.find(std::string(need)); found != row.needs.end()) {
    sum.reached += found->second;
  }
}

}  // namespace

std::vector<VillageCircle> villages_kept(db::Tx& tx, const host::Services& services,
                                         const pack::Circle& circle, std::string_view group,
                                         Code place) {
  std::map<Code, std::vector<Reach>> rows;
  if (const pack::Register* kind = reach_register(*services.content)) {
    registers::each_record(tx, *kind, place, Code(place.last()),
                           [&](const std::string&, const host::Change::Side& side) {
                             Reach row = reach_of(*kind, *side.values);
                             if (row.circle == circle.key) rows[side.place].push_back(row);
                           });
  }
  std::vector<VillageCircle> made;
  places::each(tx, place, Level::village, [&](const places::Place& one) {
    if (one.status == places::Status::active) {
      made.push_back(summary(circle, one.code, one.urban, group, rows[one.code]));
    }
    return true;
  });
  return made;
}

Covers::Rows Covers::township(db::Tx& tx, const host::Services& services,
                              const pack::Circle& circle, const std::string& group, Code place) {
  const store::Edition edition = store::edition(tx, place);
  const std::tuple key(place, circle.key, group);
  {
    const std::scoped_lock lock(mutex_);
    if (content_ != services.content) kept_.clear();
    content_ = services.content;
    const auto known = kept_.find(key);
    if (known != kept_.end() && known->second.edition == edition) return known->second.rows;
  }
  const auto rows = std::make_shared<const std::vector<VillageCircle>>(
      villages_kept(tx, services, circle, group, place));
  const std::scoped_lock lock(mutex_);
  if (kept_.size() >= kMostKept) kept_.clear();
  if (content_ == services.content) kept_[key] = {edition, rows};
  return rows;
}

std::vector<Covered> Covers::at(db::Tx& tx, const host::Services& services,
                                const pack::Circle& circle, std::string_view need,
                                const std::string& group, const std::vector<Code>& places) {
  std::vector<Covered> all;
  for (const Code place : places) {
    Covered& sum = all.emplace_back();
    sum.place = place;
    for (const Code one : townships_of(tx, place)) {
      for (const VillageCircle& row : *township(tx, services, circle, group, one)) {
        if (place.contains(row.village)) add(sum, row, need);
      }
    }
  }
  return all;
}

}  // namespace linli::circles
