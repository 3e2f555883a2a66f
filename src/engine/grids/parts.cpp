#include "engine/grids/parts.h"

#include <algorithm>

namespace linli::grids {

Parts::Parts(const Units& units, std::vector<int32_t> part_of, size_t count, double least,
             double most, std::vector<int32_t> home)
    : units_(units),
      part_of_(std::move(part_of)),
      home_(std::move(home)),
      sums_(count),
      least_(least),
      most_(most),
      seen_(units.size(), 0) {
  for (size_t unit = 0; unit < units.size(); ++unit) {
    Sums& sums = sums_[static_cast<size_t>(part_of_[unit])];
    sums = with(sums, unit, 1);
    ++sums.units;
    if (!home_.empty() && home_[unit] != part_of_[unit]) moved_ += units.households[unit];
    for (const Edge& edge : units.of(unit)) {
      if (part_of_[edge.to] != part_of_[unit]) cut_ += edge.weight / 2;
    }
  }
  for (const Sums& sums : sums_) {
    spread_ += spread_of(sums);
    violation_ += violation_of(sums.households);
  }
}

double Parts::spread_of(const Sums& sums) {
  if (sums.households <= 0) return 0;
  return sums.squares - (sums.x * sums.x + sums.y * sums.y) / sums.households;
}

double Parts::violation_of(double households) const {
  return std::max(0.0, households - most_) + std::max(0.0, least_ - households);
}

Parts::Sums Parts::with(Sums sums, size_t unit, double sign) const {
  sums.households += sign * units_.households[unit];
  sums.x += sign * units_.sum_x[unit];
  sums.y += sign * units_.sum_y[unit];
  sums.squares += sign * units_.sum_squares[unit];
  return sums;
}

double Parts::cut_change(size_t unit, int32_t to) const {
  double change = 0;
  for (const Edge& edge : units_.of(unit)) {
    if (part_of_[edge.to] == part_of_[unit]) change += edge.weight;
    if (part_of_[edge.to] == to) change -= edge.weight;
  }
  return change;
}

double Parts::moved_change(size_t unit, int32_t to) const {
  if (home_.empty()) return 0;
  const double households = units_.households[unit];
  return (to != home_[unit] ? households : 0) - (part_of_[unit] != home_[unit] ? households : 0);
}

double Parts::change(const Costs& costs, size_t unit, int32_t to) const {
  const Sums& from_sums = sums_[static_cast<size_t>(part_of_[unit])];
  const Sums& to_sums = sums_[static_cast<size_t>(to)];
  const double households = units_.households[unit];
  double change = costs.cut * cut_change(unit, to) + costs.moved * moved_change(unit, to);
  change += costs.violation *
            (violation_of(from_sums.households - households) - violation_of(from_sums.households) +
             violation_of(to_sums.households + households) - violation_of(to_sums.households));
  if (costs.spread > 0) {
    change += costs.spread * (spread_of(with(from_sums, unit, -1)) - spread_of(from_sums) +
                              spread_of(with(to_sums, unit, 1)) - spread_of(to_sums));
  }
  return change;
}

// The unit's neighbours in its part must reach each other without it. On streets they do within a
// step or two, so the search ends almost at once; only a narrow place makes it walk the part.
bool Parts::may_leave(size_t unit) {
  const int32_t part = part_of_[unit];
  if (sums_[static_cast<size_t>(part)].units <= 1) return false;
  size_t wanted = 0;
  ++search_;
  const uint32_t inside = search_;
  const uint32_t met = ++search_;
  todo_.clear();
  for (const Edge& edge : units_.of(unit)) {
    if (part_of_[edge.to] != part) continue;
    ++wanted;
    seen_[edge.to] = inside;
    if (todo_.empty()) todo_.push_back(edge.to);
  }
  if (wanted <= 1) return wanted == 1;
  seen_[todo_[0]] = met;
  seen_[unit] = met;
  --wanted;
  for (size_t next = 0; next < todo_.size(); ++next) {
    for (const Edge& edge : units_.of(todo_[next])) {
      if (part_of_[edge.to] != part || seen_[edge.to] == met) continue;
      if (seen_[edge.to] == inside && --wanted == 0) return true;
      seen_[edge.to] = met;
      todo_.push_back(edge.to);
    }
  }
  return false;
}

void Parts::move(size_t unit, int32_t to) {
  Sums& from_sums = sums_[static_cast<size_t>(part_of_[unit])];
  Sums& to_sums = sums_[static_cast<size_t>(to)];
  cut_ += cut_change(unit, to);
  moved_ += moved_change(unit, to);
  for (Sums* sums : {&from_sums, &to_sums}) {
    spread_ -= spread_of(*sums);
    violation_ -= violation_of(sums->households);
  }
  from_sums = with(from_sums, unit, -1);
  to_sums = with(to_sums, unit, 1);
  --from_sums.units;
  ++to_sums.units;
  for (Sums* sums : {&from_sums, &to_sums}) {
    spread_ += spread_of(*sums);
    violation_ += violation_of(sums->households);
  }
  part_of_[unit] = to;
}

}  // namespace linli::grids
