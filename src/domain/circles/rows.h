// Reach as records of the register circle_reach.
#pragma once

#include <vector>

#include "domain/circles/types.h"
#include "domain/registers/types.h"
#include "engine/pack/types.h"
#include "host/services.h"

namespace linli::circles {

// The register that this module computes; null where the packs declare none.
const pack::Register* reach_register(const pack::Content& content);

registers::Values values_of(const pack::Register& kind, const Reach& row);
// From the values of a record in the order of the register's scope.
Reach reach_of(const pack::Register& kind, const std::vector<Value>& values);

// Those of a village, as kept.
std::vector<Reach> rows_of(db::Tx& tx, const pack::Register& kind, region::Code village);
void set_rows(db::Tx& tx, host::Services& services, const pack::Register& kind,
              region::Code village, const std::vector<Reach>& rows, time::Instant now);

}  // namespace linli::circles
