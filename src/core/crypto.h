// Secrets: passwords, random tokens, sealed fields, keyed lookups. libsodium inside.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace linli::crypto {

std::string random_bytes(size_t count);
std::string random_token(size_t bytes = 32);  // base64url, without padding
std::string random_password();                // 20 easily read characters, > 90 bits
std::string random_digits(size_t count);      // a one-time code

std::string hash_password(std::string_view password);  // Argon2id, 64 MiB, 2 passes, PHC string
bool verify_password(std::string_view hash, std::string_view password);

std::string sha256(std::string_view bytes);                               // 32 raw bytes
std::string hmac_sha256(std::string_view key, std::string_view message);  // 32 raw bytes
bool equal(std::string_view a, std::string_view b);                       // in constant time

// The installation's key, read from a file outside the database (mode 0600; made when asked).
// Sealed fields and their exact-match index derive separate keys from it.
class Keyring {
 public:
  // Refuses key.missing, key.invalid, key.unreadable and key.unwritable.
  static Result<Keyring> open(const std::string& path, bool create);
  // XChaCha20-Poly1305; `context` (table.column.id) is authenticated, so that a sealed value
  // cannot be moved to another row. Base64 text.
  std::string seal(std::string_view plain, std::string_view context) const;
  // Refuses `key.cannot_unseal`: another key, another context, or changed text.
  Result<std::string> unseal(std::string_view sealed, std::string_view context) const;
  // Keyed BLAKE2b of a normalised value, for exact search without decrypting. Hex.
  std::string lookup(std::string_view plain, std::string_view column) const;
  // Keyed BLAKE2b over a message: chains of the audit trail, signed page cursors. Hex.
  std::string sign(std::string_view message, std::string_view purpose) const;

 private:
  std::string master_;
};

}  // namespace linli::crypto
