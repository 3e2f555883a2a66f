// All SQL of mobile services.
#pragma once

#include "db/database.h"
#include "domain/rounds/types.h"

namespace linli::rounds::store {

void insert(db::Tx& tx, const Round& round, const std::vector<RoundVisit>& visits);
std::optional<Round> load(db::Tx& tx, std::string_view id);
// In force under a place, by id.
std::vector<Round> under(db::Tx& tx, region::Code place, int64_t limit);
// A round's visits, by week, day, vehicle and time.
std::vector<RoundVisit> visits_of(db::Tx& tx, std::string_view round_id);
// All visits of a village, of rounds in force.
std::vector<RoundVisit> visits_in(db::Tx& tx, region::Code village);
// The visits go.
void withdraw(db::Tx& tx, const Round& round, time::Instant now);

}  // namespace linli::rounds::store
