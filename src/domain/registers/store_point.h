// Where records lie: the cell of each, and the numbers of register_crowd beside them.
#pragma once

#include <map>
#include <tuple>

#include "core/cell.h"
#include "domain/registers/store.h"

namespace linli::registers::store {

// The row's cell; null without a point.
Value cell_of(const pack::Register& kind, const Row& row);
// Its point; the row has one.
cell::Position position_of(const pack::Register& kind, const Row& row);
// The row's cell as the table holds it.
Value saved_cell(db::Tx& tx, const pack::Register& kind, region::Code village,
                 const std::string& id);

// What a transaction adds to the numbers, written at its end in the order of their keys.
class Crowds {
 public:
  explicit Crowds(const pack::Register& kind) : kind_(kind) {}
  void add(const Value& cell, region::Code village, int64_t records);
  void save(db::Tx& tx) const;

 private:
  const pack::Register& kind_;
  std::map<std::tuple<int, int64_t, int64_t>, int64_t> added_;  // depth, cell, village
};

// Gives every record its cell, and counts the cells anew.
void locate(db::Tx& tx, const pack::Register& kind);

}  // namespace linli::registers::store
