// The state of a search for grids: which unit is in which part, how many households each part has,
// and what it costs; one unit moves at a time, and no part is ever cut apart by that.
#pragma once

#include "engine/grids/units.h"

namespace linli::grids {

// What a division costs. Distances are squared here, so that a move is valued in no time.
struct Costs {
  double cut = 1;        // for the weight of borders
  double spread = 0;     // for households × squared metres to the centre of their part
  double violation = 0;  // for each household too many or too few
  double moved = 0;      // for each household in another part than at home
};

class Parts {
 public:
  // Parts are numbered from 0 to `count` - 1; `home` is empty or the part of each unit from which
  // it should not move.
  Parts(const Units& units, std::vector<int32_t> part_of, size_t count, double least, double most,
        std::vector<int32_t> home = {});

  const std::vector<int32_t>& part_of() const { return part_of_; }
  int32_t part(size_t unit) const { return part_of_[unit]; }
  double households(int32_t part) const { return sums_[static_cast<size_t>(part)].households; }
  size_t count() const { return sums_.size(); }
  double cut() const { return cut_; }
  double spread() const { return spread_; }
  double violation() const { return violation_; }
  double moved() const { return moved_; }
  double cost(const Costs& costs) const {
    return costs.cut * cut_ + costs.spread * spread_ + costs.violation * violation_ +
           costs.moved * moved_;
  }

  // By how much the cost grows if the unit moves.
  double change(const Costs& costs, size_t unit, int32_t to) const;
  // True if the part stays connected, and is not empty, without the unit.
  bool may_leave(size_t unit);
  void move(size_t unit, int32_t to);

 private:
  struct Sums {
    double households = 0, x = 0, y = 0, squares = 0;
    size_t units = 0;
  };
  static double spread_of(const Sums& sums);
  double violation_of(double households) const;
  double cut_change(size_t unit, int32_t to) const;
  double moved_change(size_t unit, int32_t to) const;
  Sums with(Sums sums, size_t unit, double sign) const;

  const Units& units_;
  std::vector<int32_t> part_of_;
  std::vector<int32_t> home_;
  std::vector<Sums> sums_;
  double least_, most_;
  double cut_ = 0, spread_ = 0, violation_ = 0, moved_ = 0;
  std::vector<uint32_t> seen_;  // by unit: the search that saw it
  std::vector<uint32_t> todo_;
  uint32_t search_ = 0;
};

}  // namespace linli::grids
