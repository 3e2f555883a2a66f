// A request that carries an idempotency key takes effect once, whatever the network does.
//
// The mark is written in the transaction of the effect itself; the answer is added after it. A
// repetition finds the mark: it gets the first answer, or `request.repeated` when the first try
// died between effect and answer (the effect has happened; the client reads the state).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "db/database.h"
#include "net/http.h"

namespace linli::host::idempotency {

inline constexpr time::Instant kKept = 7 * time::kDay;

// Refuses `request.repeated` when the mark is already there.
Done mark(db::Tx& tx, std::string_view account_id, std::string_view key, time::Instant now);
// Keeps the answer beside the mark, if the effect left one. An answer with `cache-control:
// no-store` (a password shown once) is not kept: a repetition gets `request.repeated`.
void remember(db::Database& database, std::string_view account_id, std::string_view key,
              const net::Response& answer);
std::optional<net::Response> recall(db::Database& database, std::string_view account_id,
                                    std::string_view key);
void forget_old(db::Database& database, time::Instant now);

}  // namespace linli::host::idempotency
