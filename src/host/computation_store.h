// All SQL of computations.
#pragma once

#include "host/computation.h"

namespace linli::host::store {

void insert(db::Tx& tx, const Computation& asked);
std::optional<Computation> load_computation(db::Tx& tx, std::string_view id);
// A kind's computations in the territories, the newest first, older than `before` (empty: from the
// newest); without answers.
std::vector<Computation> list(db::Tx& tx, std::string_view kind,
                              const std::vector<region::Code>& territories,
                              const std::string& before, int64_t limit);
// How many have not ended, of everybody and of the account.
std::pair<int64_t, int64_t> unfinished(db::Tx& tx, std::string_view account_id);
void remove(db::Tx& tx, const Computation& one);
// A waiting one ends at once; a running one is asked to. One that has ended stays as it is.
void ask_to_stop(db::Tx& tx, std::string_view id, time::Instant now);

bool has_waiting(db::Tx& tx, time::Instant now);
// The oldest that nobody holds, now held until `until`; none while `at_once` are held.
std::optional<Computation> claim(db::Tx& tx, std::string_view holder, time::Instant now,
                                 time::Instant until, int64_t at_once);
// Still the holder's; and whether somebody wants it to stop.
struct Hold {
  bool held = false;
  bool stop_asked = false;
};
Hold renew(db::Tx& tx, const Computation& one, std::string_view holder, time::Instant until,
           double done, const json::Value& best);
// Writes state, code, answer and end, if it is still the holder's.
void end(db::Tx& tx, const Computation& one, std::string_view holder);
// Back to the queue, as if it had not been claimed.
void give_back(db::Tx& tx, std::string_view id, std::string_view holder);

}  // namespace linli::host::store
