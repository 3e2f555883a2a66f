#include "core/crypto.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/text.h"

namespace linli::crypto {
namespace {

class KeyringFile : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ / "key"; }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("linli_crypto_test_" + random_token(6));
};

TEST_F(KeyringFile, IsMadeOnceForItsOwnerAloneAndReadBack) {
  EXPECT_EQ(Keyring::open(path(), false).error().code, "key.missing");
  const Keyring made = MUST(Keyring::open(path(), true));
  const Keyring read = MUST(Keyring::open(path(), true));
  EXPECT_EQ(std::filesystem::status(path()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(MUST(read.unseal(made.seal("138", "a"), "a")), "138");
  EXPECT_EQ(read.lookup("138", "phone"), made.lookup("138", "phone"));
}

TEST_F(KeyringFile, ABrokenKeyIsRefused) {
  std::ofstream(path()) << "not a key";
  EXPECT_EQ(Keyring::open(path(), true).error().code, "key.invalid");
  EXPECT_EQ(Keyring::open("/nowhere/key", true).error().code, "key.unwritable");
  const std::string folder = std::filesystem::path(path()).parent_path();
  EXPECT_EQ(Keyring::open(folder, false).error().code, "key.unreadable");
}

TEST_F(KeyringFile, ASealedValueOpensOnlyInItsPlaceAndUnchanged) {
  const Keyring keyring = MUST(Keyring::open(path(), true));
  const std::string sealed = keyring.seal("身份证", "person.id_number.1");
  EXPECT_EQ(MUST(keyring.unseal(sealed, "person.id_number.1")), "身份证");
  EXPECT_NE(sealed, keyring.seal("身份证", "person.id_number.1"));
  EXPECT_EQ(keyring.unseal(sealed, "person.id_number.2").error().code, "key.cannot_unseal");
  std::string bytes = text::from_base64(sealed);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  EXPECT_FALSE(keyring.unseal(text::base64(bytes), "person.id_number.1"));
  EXPECT_FALSE(keyring.unseal("", "person.id_number.1"));
}

TEST_F(KeyringFile, LookupsAndSignaturesAreSeparate) {
  const Keyring keyring = MUST(Keyring::open(path(), true));
  EXPECT_NE(keyring.lookup("a", "phone"), keyring.lookup("a", "name"));
  EXPECT_NE(keyring.lookup("bc", "a"), keyring.lookup("c", "ab"));
  EXPECT_NE(keyring.lookup("a", "phone"), keyring.sign("a", "phone"));
}

TEST(Crypto, APasswordVerifiesAgainstItsOwnHashOnly) {
  const std::string hash = hash_password("correct horse");
  EXPECT_EQ(hash.substr(0, 30), "$argon2id$v=19$m=65536,t=2,p=1");
  EXPECT_TRUE(verify_password(hash, "correct horse"));
  EXPECT_FALSE(verify_password(hash, "correct horsE"));
  EXPECT_FALSE(verify_password("", ""));
}

TEST(Crypto, RandomTextsHaveTheirForm) {
  EXPECT_EQ(random_token(32).size(), 43U);
  EXPECT_NE(random_token(), random_token());
  EXPECT_EQ(random_password().size(), 20U);
  EXPECT_EQ(random_digits(6).find_first_not_of("0123456789"), std::string::npos);
}

TEST(Crypto, HashesAreThoseOfTheStandards) {
  EXPECT_EQ(text::hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(text::hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_TRUE(equal("a", "a"));
  EXPECT_FALSE(equal("a", "b") || equal("a", "aa"));
}

}  // namespace
}  // namespace linli::crypto
