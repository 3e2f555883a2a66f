// What one who settles keeps from pass to pass while something is left to do: the times of a circle
// are those of all its streets, however few villages a pass computes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/circles/api.h"

namespace linli::circles {

// For one thread.
class Sweep {
 public:
  // Keeps what an earlier pass read and computed if no change of a facility has been told since
  // then; else reads facilities as they are now. Called when none waits to be told.
  void begin(Circles& circles, host::Services& services, db::Tx& tx, const std::string& basis);
  void end() { *this = {}; }

  const std::vector<Facility>& facilities() const { return facilities_; }
  // Refuses what Circles::times refuses.
  Result<CircleTimes*> times(Circles& circles, host::Services& services,
                             const pack::Circle& circle);

 private:
  std::shared_ptr<const pack::Content> content_;
  std::string basis_;
  int64_t edition_ = 0;  // of the facilities
  std::vector<Facility> facilities_;
  std::map<std::string, CircleTimes> times_;  // by circle
};

}  // namespace linli::circles
