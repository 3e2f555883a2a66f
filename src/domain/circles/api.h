// What other modules may ask of the circles.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/circles/covers.h"
#include "domain/circles/workbench.h"
#include "host/services.h"

namespace linli::circles {

// A circle's villages under a place.
struct PlaceCircle {
  std::string resident_group;
  std::vector<VillageCircle> rows;  // one a village, by code
  bool has_map = false;
  bool pending = false;  // something has changed that is not in it yet
};

// A circle's villages under a place with and without trials.
struct WhatIf {
  std::string resident_group;
  std::vector<VillageCircle> rows;
  std::vector<VillageCircle> tried;  // of all, or of those that differ
  std::vector<GroupSum> groups;
  std::vector<GroupSum> groups_tried;
  std::vector<std::array<places::Point, 2>> paths;  // that open, as they join the streets
  std::shared_ptr<const Workbench> bench;
  time::Instant as_of = 0;  // of the facts
};

// Lives as long as the server; safe for many threads.
class Circles {
 public:
  // Refuses what Streets::way refuses.
  Result<std::shared_ptr<const Way>> way(const host::Services& services,
                                         const std::string& profile);
  // A circle made ready for its ways to travel, for one thread; the facilities must outlive it.
  Result<CircleTimes> times(const host::Services& services, const pack::Circle& circle,
                            const std::vector<Facility>& facilities);

  // All that have a point. Read again when one changes, and when they are a minute old.
  std::shared_ptr<const std::vector<Facility>> facilities(host::Services& services,
                                                          time::Instant now);
  void forget_facilities();
  // The villages of a place with their homes. A village whose reach is settled is read again when
  // somebody in it has moved, was born or grew older; others when they are a minute old.
  std::shared_ptr<const std::vector<Village>> villages(host::Services& services, region::Code place,
                                                       time::Instant now);

  // The villages of a place as kept, for a group (empty: the circle's first). Refuses
  // `circle.unknown`, `circle.group_unknown` and, above a county, `circle.place_too_large`.
  Result<PlaceCircle> coverage(host::Services& services, std::string_view circle,
                               std::string_view group, region::Code place, time::Instant now);
  // The shares of places from counties down to villages, in their order, as kept: of a circle's
  // need (pack::kComplete: of all together) for one of its groups.
  std::vector<Covered> covered(db::Tx& tx, const host::Services& services,
                               const pack::Circle& circle, std::string_view need,
                               const std::string& group, const std::vector<region::Code>& places) {
    return covers_.at(tx, services, circle, need, group, places);
  }
  // The same before and after trials, with the sums of every group. Both are computed from the same
  // facts, of at most ten minutes ago; a facility that changes meanwhile is seen at once. With
  // `only_changes` of the villages only those that the trials change. Refuses also what
  // Workbench::after() and way() refuse.
  Result<WhatIf> what_if(host::Services& services, std::string_view circle, std::string_view group,
                         region::Code place, const std::vector<Trial>& trials, time::Instant now,
                         bool only_changes = false);

  // A page of the households of a township or less that have not everything in reach, by village
  // and id, behind `after`; travelling by the circle's mode. Refuses `circle.unknown`,
  // `circle.place_too_large` and what way() refuses.
  struct HouseholdsAsked {
    std::string circle;
    std::vector<std::string> kinds;  // instead of the circle's needs: each of these kinds
    std::optional<int> minutes;      // instead of the circle's own
    region::Code place;
    region::Code after_village;
    std::string after;
    int64_t limit = 50;
  };
  Result<std::vector<HouseholdGap>> households(host::Services& services,
                                               const HouseholdsAsked& wanted, time::Instant now);

  // What the installation serves.
  region::Code territory(const host::Services& services) const;
  // How far from a facility, as the crow flies, somebody may live whose reach it can change.
  double widest_reach_m(const host::Services& services);

 private:
  struct People {
    time::Instant at = 0;
    std::shared_ptr<const pack::Content> content;
    std::map<region::Code, std::string> stamps;  // of those of whom it is known
    std::shared_ptr<const std::vector<Village>> villages;
  };
  struct Bench {
    int64_t facilities_version = 0;
    time::Instant used = 0;
    time::Instant as_of = 0;
    std::shared_ptr<Workbench> bench;
  };
  Result<Bench> workbench(host::Services& services, const pack::Circle& circle, region::Code place,
                          time::Instant now);
  Streets streets_;
  Covers covers_;
  std::mutex mutex_;
  time::Instant facilities_at_ = 0;
  int64_t facilities_version_ = 0;
  std::shared_ptr<const std::vector<Facility>> facilities_;
  std::map<region::Code, People> people_;
  std::map<std::pair<std::string, region::Code>, Bench> benches_;
};

}  // namespace linli::circles
