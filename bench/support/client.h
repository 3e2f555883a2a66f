// A blocking HTTP/1.1 client on one kept connection to this machine; for load only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace linli::bench {

struct Answer {
  int status = 0;
  std::string body;
};

class Client {
 public:
  // `credentials` are header lines, each with its line end.
  Client(uint16_t port, std::string credentials)
      : port_(port), credentials_(std::move(credentials)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();
  // Throws std::runtime_error when the connection breaks.
  Answer ask(std::string_view method, std::string_view path, std::string_view body = {});

 private:
  void connect();
  uint16_t port_;
  std::string credentials_;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace linli::bench
