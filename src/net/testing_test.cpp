#include "net/testing.h"

#include <fstream>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/time.h>
#include <unistd.h>

#include "core/text.h"

namespace linli::net::testing {

Client::Client(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) close();
}

void Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

bool Client::more() {
  char buffer[65536];
  const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
  if (got < 0) ADD_FAILURE() << "the server is silent or reset the connection: " << pending_;
  if (got <= 0) return false;
  pending_.append(buffer, static_cast<size_t>(got));
  return true;
}

std::string Client::read_until(std::string_view mark) {
  size_t end = pending_.find(mark);
  while (end == std::string::npos && more()) end = pending_.find(mark);
  const size_t count = end == std::string::npos ? pending_.size() : end + mark.size();
  std::string read = pending_.substr(0, count);
  pending_.erase(0, count);
  return read;
}

std::string Client::answer() {
  std::string read = read_until("\r\n\r\n");
  static constexpr std::string_view kLength = "content-length: ";
  const size_t length = read.find(kLength);
  if (length == std::string::npos) return read;
  const size_t count = std::stoul(read.substr(length + kLength.size()));
  while (pending_.size() < count && more()) {
  }
  read += pending_.substr(0, count);
  pending_.erase(0, count);
  return read;
}

std::string Client::rest() {
  while (more()) {
  }
  return std::exchange(pending_, {});
}

void Client::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

std::string body_of(std::string_view answer) {
  const size_t end = answer.find("\r\n\r\n");
  return end == std::string_view::npos ? "" : std::string(answer.substr(end + 4));
}

std::string get(std::string_view path, std::string_view headers) {
  std::string request = "GET ";
  return request.append(path).append(" HTTP/1.1\r\nHost: x\r\n").append(headers).append("\r\n");
}

namespace {

std::string unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    switch (text.at(++i)) {
      case 'r':
        out += '\r';
        break;
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case '0':
        out += '\0';
        break;
      default:
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
    }
  }
  return out;
}

}  // namespace

std::vector<WireCase> read_wire_cases(const std::string& path) {
  std::ifstream file(path);
  std::vector<WireCase> cases;
  std::vector<std::string> block;
  const auto finish = [&] {
    if (block.size() >= 3) {
      WireCase one{.title = block[0]};
      if (block[1].compare(0, 6, "reads ") == 0)
        one.meaning = block[1].substr(6);
      else
        one.status = std::stoi(block[1]);
      for (size_t i = 2; i < block.size(); ++i) one.bytes += unescape(block[i]);
      cases.push_back(std::move(one));
    }
    block.clear();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.empty())
      finish();
    else if (line[0] != '#')
      block.push_back(line);
  }
  finish();
  return cases;
}

}  // namespace linli::net::testing
