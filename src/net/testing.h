// For tests: a client that sends raw bytes and sees raw bytes, and the smuggling table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>

#include "net/server.h"

namespace linli::net::testing {

class Client {
 public:
  explicit Client(uint16_t port);
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { close(); }

  bool connected() const { return socket_ >= 0; }
  int socket() const { return socket_; }
  void send(std::string_view bytes) const;
  // One answer: the head, and as much body as its content-length says. Fails the test when the
  // server is silent for ten seconds.
  std::string answer();
  std::string read_until(std::string_view mark);
  // All that comes until the server closes.
  std::string rest();
  void close();

 private:
  bool more();

  int socket_ = -1;
  std::string pending_;
};

std::string body_of(std::string_view answer);
std::string get(std::string_view path, std::string_view headers = {});

struct WireCase {
  std::string title;
  int status = 0;       // 0: it is read
  std::string meaning;  // "POST /a hello"
  std::string bytes;
};
std::vector<WireCase> read_wire_cases(const std::string& path);

}  // namespace linli::net::testing
