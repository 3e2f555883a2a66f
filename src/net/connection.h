// One client's connection: a state machine on the I/O thread. Internal to net; Asio stays here and
// in server.cpp.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "net/answer.h"
#include "net/events.h"
#include "net/request_reader.h"
#include "net/server.h"
#include "net/worker_pool.h"

namespace linli::net {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

class Connection;

// What connections share; the server owns it.
struct Edge {
  ServerOptions options;
  Handler handle;
  asio::io_context io{1};
  std::optional<asio::ssl::context> tls;
  std::unique_ptr<WorkerPool> workers;
  bool stopping = false;                    // on the I/O thread
  std::function<void(Connection&)> forget;  // the connection has closed
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Edge& edge, asio::ip::tcp::socket socket);
  void start();
  // The time limits: the server asks each connection every kSweepEvery.
  bool is_due(Clock::time_point now) const { return now >= deadline_; }
  void expire();
  void stop_soon();  // closes now unless a request is under way
  void close();

  static constexpr std::chrono::milliseconds kSweepEvery{25};

 private:
  enum class Phase { handshake, idle, header, body, handling, writing, events, lingering, closed };

  void enter(Phase phase, int64_t limit_ms);
  void read();
  void advance();
  void dispatch();
  void refuse_request(int status, const Refusal& refusal);
  void send(Answer answer);
  void write_block();
  void finish_answer();
  void run_events();
  void write_events(std::string text);
  void linger();
  void record(std::string_view outcome);

  template <class Then>
  void read_some(Then then);
  template <class Buffers, class Then>
  void write_all(const Buffers& buffers, Then then);

  Edge& edge_;
  asio::ip::tcp::socket socket_;
  std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
  std::string peer_;
  Phase phase_ = Phase::idle;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point began_;  // of the request, at its first byte
  std::array<char, 16 * 1024> input_;
  std::string bytes_;  // read and not yet understood
  std::unique_ptr<RequestReader> reader_;
  bool continued_ = false;  // "100 Continue" was sent
  bool writing_ = false;

  // Of the answer that is being written.
  std::string request_id_;
  std::string method_;
  Answer answer_;
  uint64_t written_ = 0;  // of body or file
  std::string block_;
  std::shared_ptr<EventQueue> queue_;
};

}  // namespace linli::net
