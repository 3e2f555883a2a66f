#include "core/crypto.h"

#include <array>
#include <cerrno>
#include <stdexcept>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "core/text.h"

namespace linli::crypto {

namespace {

constexpr unsigned long long kPasswordPasses = 2;
constexpr size_t kPasswordMemory = size_t{64} << 20;
constexpr size_t kKeyBytes = 32;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void ready() {
  static const int state = sodium_init();
  if (state < 0) throw std::runtime_error("libsodium cannot start");
}

unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string keyed_hash(std::string_view key, std::string_view message) {
  std::string out(kKeyBytes, '\0');
  crypto_generichash(raw(out), out.size(), raw(message), message.size(), raw(key), key.size());
  return out;
}

// `what` and `message` cannot run into each other.
std::string framed(std::string_view what, std::string_view message) {
  return std::to_string(what.size()) + ':' + std::string(what) + std::string(message);
}

// The whole of a small file; false when it does not exist.
Result<bool> read_file(const std::string& path, std::string& out) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return false;
  if (file < 0) return refuse(ErrorKind::invalid, "key.unreadable", path);
  std::array<char, 256> buffer{};
  const ssize_t size = ::read(file, buffer.data(), buffer.size());
  ::close(file);
  if (size < 0) return refuse(ErrorKind::invalid, "key.unreadable", path);
  out.assign(buffer.data(), static_cast<size_t>(size));
  return true;
}

Done write_new_file(const std::string& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return refuse(ErrorKind::invalid, "key.unwritable", path);
  const ssize_t written = ::write(file, content.data(), content.size());
  const bool durable = ::fsync(file) == 0;
  ::close(file);
  if (written != static_cast<ssize_t>(content.size()) || !durable) {
    return refuse(ErrorKind::invalid, "key.unwritable", path);
  }
  return {};
}

}  // namespace

std::string random_bytes(size_t count) {
  ready();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token(size_t bytes) {
  const std::string random = random_bytes(bytes);
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes, kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(random), random.size(), kVariant);
  out.pop_back();  // its final NUL
  return out;
}

std::string random_password() {
  // Without letters and digits that look alike: 31 signs, 4.95 bits each.
  static constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  ready();
  std::string password(20, '\0');
  for (char& sign : password) {
    sign = kAlphabet[randombytes_uniform(static_cast<uint32_t>(kAlphabet.size()))];
  }
  return password;
}

std::string random_digits(size_t count) {
  ready();
  std::string digits(count, '\0');
  for (char& digit : digits) digit = static_cast<char>('0' + randombytes_uniform(10));
  return digits;
}

std::string hash_password(std::string_view password) {
  ready();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), kPasswordPasses,
                        kPasswordMemory) != 0) {
    throw std::bad_alloc();
  }
  return out.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
  ready();
  const std::string stored(hash);
  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

std::string sha256(std::string_view bytes) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(out), raw(bytes), bytes.size());
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(message), message.size());
  crypto_auth_hmacsha256_final(&state, raw(out));
  return out;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<Keyring> Keyring::open(const std::string& path, bool create) {
  Keyring keyring;
  std::string content;
  if (!TRY(read_file(path, content))) {
    if (!create) return refuse(ErrorKind::not_found, "key.missing", path);
    keyring.master_ = random_bytes(kKeyBytes);
    TRY(write_new_file(path, text::hex(keyring.master_) + '\n'));
    return keyring;
  }
  keyring.master_.resize(kKeyBytes);
  const std::string hex = text::trim(content);
  size_t size = 0;
  const char* end = nullptr;
  if (hex.size() != 2 * kKeyBytes ||
      sodium_hex2bin(raw(keyring.master_), kKeyBytes, hex.data(), hex.size(), nullptr, &size,
                     &end) != 0 ||
      size != kKeyBytes) {
    return refuse(ErrorKind::invalid, "key.invalid", path);
  }
  return keyring;
}

std::string Keyring::seal(std::string_view plain, std::string_view context) const {
  const std::string key = keyed_hash(master_, "linli.seal");
  std::string sealed = random_bytes(kNonceBytes);
  sealed.resize(kNonceBytes + plain.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonceBytes, nullptr, raw(plain),
                                             plain.size(), raw(context), context.size(), nullptr,
                                             raw(sealed), raw(key));
  return text::base64(sealed);
}

Result<std::string> Keyring::unseal(std::string_view sealed, std::string_view context) const {
  const std::string key = keyed_hash(master_, "linli.seal");
  const std::string bytes = text::from_base64(sealed);
  if (bytes.size() < kNonceBytes + kTagBytes) {
    return refuse(ErrorKind::invalid, "key.cannot_unseal", std::string(context));
  }
  std::string plain(bytes.size() - kNonceBytes - kTagBytes, '\0');
  const std::string_view cipher = std::string_view(bytes).substr(kNonceBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(cipher),
                                                 cipher.size(), raw(context), context.size(),
                                                 raw(std::string_view(bytes)), raw(key)) != 0) {
    return refuse(ErrorKind::invalid, "key.cannot_unseal", std::string(context));
  }
  return plain;
}

std::string Keyring::lookup(std::string_view plain, std::string_view column) const {
  const std::string key = keyed_hash(master_, "linli.lookup");
  return text::hex(keyed_hash(key, framed(column, plain)));
}

std::string Keyring::sign(std::string_view message, std::string_view purpose) const {
  const std::string key = keyed_hash(master_, "linli.sign");
  return text::hex(keyed_hash(key, framed(purpose, message)));
}

}  // namespace linli::crypto
