// A place's villages with a circle, made ready to try changes on: each trial recomputes only the
// villages that it can reach, from the times that it changes, and is taken back.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "domain/circles/rules.h"

namespace linli::circles {

// What circles are computed from, as it was read together.
struct Facts {
  std::shared_ptr<const pack::Content> content;
  std::shared_ptr<const std::vector<Facility>> facilities;
  std::shared_ptr<const std::vector<Village>> villages;
};

// Safe for many threads: trials wait for one another, each takes milliseconds.
class Workbench {
 public:
  // Rows of every village, in the order of the facts.
  using Rows = std::vector<std::vector<Reach>>;

  // Refuses what `way` refuses. The circle is the content's.
  static Result<std::shared_ptr<Workbench>> make(const Facts& facts, const pack::Circle& circle,
                                                 const CircleTimes::WayOf& way);

  const Facts& facts() const { return facts_; }
  const pack::Circle& circle() const { return times_.circle(); }
  const CircleTimes& times() const { return times_; }
  const Rows& before() const { return before_; }
  const std::vector<GroupSum>& sums_before() const { return sums_; }
  struct Tried {
    std::map<size_t, std::vector<Reach>> changed;     // rows of the villages where they differ
    std::vector<std::array<places::Point, 2>> paths;  // as they join the streets
  };
  // Refuses `circle.nothing_to_close` and `circle.no_street_near`.
  Result<Tried> after(const std::vector<Trial>& trials);

 private:
  struct Box {
    places::Point low, high;
    bool empty = true;
  };
  Workbench(const Facts& facts, CircleTimes times);
  bool near(const Box& box, places::Point point) const;

  Facts facts_;
  std::mutex mutex_;
  CircleTimes times_;
  std::vector<Box> boxes_;  // around each village's homes
  Rows before_;
  std::vector<GroupSum> sums_;
  double widest_m_ = 0;
};

// What a village's rows say for one group.
VillageCircle summary(const Workbench& bench, std::string_view group, size_t village,
                      const std::vector<Reach>& rows);
// Of every group of the circle with what was tried.
std::vector<GroupSum> sums(const Workbench& bench, const Workbench::Tried& tried);

}  // namespace linli::circles
