// What other modules may ask of the circles: figures of reach, always estimates (types.h says why).
#pragma once

#include <memory>
#include <vector>

#include "domain/circles/rules.h"
#include "host/services.h"

namespace linli::circles {

// A circle's villages under a place, as counted at `as_of`.
struct PlaceCircle {
  std::vector<Village> villages;
  std::vector<VillageCircle> rows;   // one a village, in their order
  std::vector<VillageCircle> tried;  // with the trials; empty without any
  time::Instant as_of = 0;
  bool has_map = false;
};

// Lives as long as the server; safe for many threads. Facts are read again when they are a minute
// old.
class Circles {
 public:
  // Refuses what Streets::way refuses.
  Result<std::shared_ptr<const Way>> way(host::Services& services, const std::string& profile);
  std::shared_ptr<const std::vector<Facility>> facilities(host::Services& services,
                                                          time::Instant now);

  // Refuses `circle.unknown`, `circle.place_too_large` above a county, `circle.too_many_needs`
  // beyond 32, and what after() and way() refuse.
  Result<PlaceCircle> coverage(host::Services& services, std::string_view circle,
                               region::Code place, const std::vector<Trial>& trials,
                               time::Instant now);

 private:
  struct People {
    time::Instant at = 0;
    std::vector<Village> villages;
  };
  Streets streets_;
  std::mutex mutex_;
  time::Instant facilities_at_ = 0;
  std::shared_ptr<const std::vector<Facility>> facilities_;
  std::map<region::Code, People> people_;
};

}  // namespace linli::circles
