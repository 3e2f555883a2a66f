#include "support/client.h"

#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linli::bench {

Client::~Client() {
  if (socket_ >= 0) close(socket_);
}

void Client::connect() {
  socket_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::runtime_error("cannot connect");
  }
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

Answer Client::ask(std::string_view method, std::string_view path, std::string_view body) {
  if (socket_ < 0) connect();
  std::string request =
      std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nhost: localhost\r\n" +
      credentials_ +
      "content-type: application/json\r\ncontent-length: " + std::to_string(body.size()) +
      "\r\n\r\n" + std::string(body);
  for (std::string_view rest = request; !rest.empty();) {
    const ssize_t sent = send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("cannot send");
    rest.remove_prefix(static_cast<size_t>(sent));
  }
  const auto fill = [&] {
    char bytes[16384];
    const ssize_t count = recv(socket_, bytes, sizeof(bytes), 0);
    if (count <= 0) throw std::runtime_error("the connection ended");
    buffer_.append(bytes, static_cast<size_t>(count));
  };
  size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) fill();
  const std::string_view head = std::string_view(buffer_).substr(0, end);
  Answer answer;
  std::from_chars(head.data() + 9, head.data() + 12, answer.status);
  size_t length = 0;
  for (const std::string_view name : {"content-length: ", "Content-Length: "}) {
    if (const size_t at = head.find(name); at != std::string_view::npos) {
      std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    }
  }
  while (buffer_.size() < end + 4 + length) fill();
  answer.body = buffer_.substr(end + 4, length);
  buffer_.erase(0, end + 4 + length);
  return answer;
}

}  // namespace linli::bench
