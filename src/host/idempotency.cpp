#include "host/idempotency.h"

#include <algorithm>

namespace linli::host::idempotency {

Done mark(db::Tx& tx, std::string_view account_id, std::string_view key, time::Instant now) {
  const int64_t rows = tx.affected(
      "INSERT INTO request_mark (account_id, key, at) VALUES ($1, $2, $3)"
      " ON CONFLICT (account_id, key) DO NOTHING",
      {std::string(account_id), std::string(key), now});
  if (rows == 0) return refuse(ErrorKind::conflict, "request.repeated");
  return {};
}

namespace {

bool may_be_kept(const net::Response& answer) {
  return std::none_of(answer.headers.begin(), answer.headers.end(), [](const auto& header) {
    return header.first == "cache-control" && header.second == "no-store";
  });
}

}  // namespace

void remember(db::Database& database, std::string_view account_id, std::string_view key,
              const net::Response& answer) {
  if (!may_be_kept(answer)) return;
  MUST(database.transact([&](db::Tx& tx) -> Done {
    tx.run("UPDATE request_mark SET status = $3, body = $4 WHERE account_id = $1 AND key = $2",
           {std::string(account_id), std::string(key), static_cast<int64_t>(answer.status),
            answer.body});
    return {};
  }));
}

std::optional<net::Response> recall(db::Database& database, std::string_view account_id,
                                    std::string_view key) {
  return MUST(database.read([&](db::Tx& tx) -> Result<std::optional<net::Response>> {
    const auto row = tx.one(
        "SELECT status, body FROM request_mark"
        " WHERE account_id = $1 AND key = $2 AND status IS NOT NULL",
        {std::string(account_id), std::string(key)});
    if (!row) return std::optional<net::Response>{};
    return std::optional(net::json_response(static_cast<int>(row->integer(0)), row->text(1)));
  }));
}

void forget_old(db::Database& database, time::Instant now) {
  MUST(database.transact([&](db::Tx& tx) -> Done {
    tx.run("DELETE FROM request_mark WHERE at < $1", {now - kKept});
    return {};
  }));
}

}  // namespace linli::host::idempotency
