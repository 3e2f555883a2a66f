// Proving the audit trail.
#pragma once

#include <string>
#include <vector>

#include "core/crypto.h"
#include "db/database.h"

namespace linli::accounts {

inline constexpr size_t kMostMistakes = 20;

// Reads every entry and computes its hash anew; a line for each that is missing or changed, at most
// kMostMistakes.
std::vector<std::string> verify_trail(db::Tx& tx, const crypto::Keyring& keyring);

}  // namespace linli::accounts
