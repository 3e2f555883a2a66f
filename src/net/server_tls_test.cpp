#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "net/server.h"
#include "net/testing.h"

namespace linli::net {

namespace {

// A certificate for this test alone, in files of a folder that goes away.
class Certificate {
 public:
  Certificate() {
    std::string pattern = std::filesystem::temp_directory_path() / "linli-tls-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    write(certificate_path(), [&](FILE* file) { PEM_write_X509(file, certificate); });
    write(key_path(), [&](FILE* file) {
      PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  ~Certificate() { std::filesystem::remove_all(folder_); }
  std::string certificate_path() const { return folder_ + "/certificate.pem"; }
  std::string key_path() const { return folder_ + "/key.pem"; }

 private:
  template <class Write>
  static void write(const std::string& path, Write content) {
    FILE* file = std::fopen(path.c_str(), "w");
    content(file);
    std::fclose(file);
  }

  std::string folder_;
};

Response tell(const Request& request) {
  return Response{.body = request.secure ? "secure" : "plain"};
}

TEST(Tls, AnswersWhoSpeaksItAndClosesOnOthers) {
  const Certificate certificate;
  const auto server = MUST(Server::start({.tls_certificate = certificate.certificate_path(),
                                          .tls_key = certificate.key_path(),
                                          .access_log = false},
                                         tell));
  testing::Client plain(server->port());
  plain.send(testing::get("/"));
  EXPECT_EQ(plain.rest().find("HTTP/1.1 200"), std::string::npos);

  const testing::Client client(server->port());
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL* session = SSL_new(context);
  SSL_set_fd(session, client.socket());
  ASSERT_EQ(SSL_connect(session), 1);
  const std::string request = testing::get("/", "Connection: close\r\n");
  SSL_write(session, request.data(), static_cast<int>(request.size()));
  std::string answer;
  char buffer[4096];
  for (int got = 0; (got = SSL_read(session, buffer, sizeof buffer)) > 0;)
    answer.append(buffer, static_cast<size_t>(got));
  EXPECT_EQ(testing::body_of(answer), "secure");
  EXPECT_NE(answer.find("strict-transport-security"), std::string::npos);
  SSL_free(session);
  SSL_CTX_free(context);
}

TEST(Tls, ABadCertificateIsRefused) {
  const auto server = Server::start({.tls_certificate = "/nowhere", .tls_key = "/nowhere"}, tell);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, "net.bad_certificate");
}

}  // namespace

}  // namespace linli::net
