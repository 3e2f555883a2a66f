#include "domain/accounts/trail.h"

#include "core/id.h"
#include "domain/accounts/api.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/store.h"

namespace linli::accounts {

namespace {

constexpr std::string_view kPurpose = "audit";

std::string hash_of(const crypto::Keyring& keyring, std::string_view before,
                    const AuditEntry& entry) {
  return keyring.sign(std::string(before) + canonical(entry), kPurpose);
}

std::string named(int64_t chain, int64_t position) {
  return "audit entry " + std::to_string(chain) + "." + std::to_string(position);
}

}  // namespace

void audit(db::Tx& tx, const host::Services& services, const host::Actor& actor,
           std::string_view action, std::string_view subject, Code place, const json::Value& detail,
           time::Instant now) {
  AuditEntry entry;
  entry.chain = tx.slot();
  const store::ChainEnd end = store::hold_chain(tx, entry.chain);
  entry.position = end.position + 1;
  entry.id = id::make(now);
  entry.at = now;
  entry.actor_id = actor.account_id;
  entry.acts_for = actor.acts_for;
  entry.action = action;
  entry.subject = subject;
  entry.place = place;
  entry.detail = json::write(detail.is_null() ? json::Value(json::Object()) : detail);
  entry.hash = hash_of(services.keyring, end.hash, entry);
  store::append(tx, entry);
}

std::vector<std::string> verify_trail(db::Tx& tx, const crypto::Keyring& keyring) {
  std::vector<std::string> mistakes;
  std::unordered_map<int64_t, store::ChainEnd> ends;
  store::each_entry(tx, [&](const AuditEntry& entry) {
    store::ChainEnd& end = ends[entry.chain];
    if (entry.position != end.position + 1) {
      mistakes.push_back(named(entry.chain, end.position + 1) + " is missing");
    } else if (entry.hash != hash_of(keyring, end.hash, entry)) {
      mistakes.push_back(named(entry.chain, entry.position) + " was changed after it was written");
    }
    end = {entry.position, entry.hash};
    return mistakes.size() < kMostMistakes;
  });
  if (mistakes.size() >= kMostMistakes) return mistakes;
  store::each_chain(tx, [&](int64_t chain, const store::ChainEnd& written) {
    if (ends[chain].position < written.position) {
      mistakes.push_back(named(chain, ends[chain].position + 1) + " and what follows are missing");
    }
  });
  return mistakes;
}

}  // namespace linli::accounts
