// Where records lie: the cell of each, and the numbers of register_crowd beside them.
#pragma once

#include <map>
#include <tuple>

#include "core/cell.h"
#include "domain/registers/points.h"
#include "domain/registers/store.h"

namespace linli::registers::store {

// The row's cell; null without a point.
Value cell_of(const pack::Register& kind, const Row& row);
// Its point; the row has one.
cell::Position position_of(const pack::Register& kind, const Row& row);
// Whether what lies there is out of service, and whether a scope leaves it out for that.
bool is_closed(const pack::Register& kind, const Row& row);
bool left_out(const PointScope& scope, const Row& row);

// Where a row counts: its cell, null without a point.
struct Spot {
  Value cell;
  region::Code village;
  bool closed = false;
};
Spot spot_of(const pack::Register& kind, const Row& row);
// Under which kind the numbers of what is out of service stand once more.
std::string closed_kind(const pack::Register& kind);

// What a transaction adds to the numbers, written at its end in the order of their keys.
class Crowds {
 public:
  explicit Crowds(const pack::Register& kind) : kind_(kind) {}
  void add(const Spot& spot, int64_t records);
  void save(db::Tx& tx) const;

 private:
  const pack::Register& kind_;
  // out of service, depth, cell, village
  std::map<std::tuple<bool, int, int64_t, int64_t>, int64_t> added_;
};

// Gives every record its cell, and counts the cells anew.
void locate(db::Tx& tx, const pack::Register& kind);

}  // namespace linli::registers::store
