#include "net/connection.h"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "core/id.h"
#include "core/log.h"
#include "core/text.h"
#include "core/time.h"
#include "net/metrics.h"
#include "net/perform.h"

namespace linli::net {

namespace {

using boost::system::error_code;

constexpr size_t kBlock = 128 * 1024;
constexpr int64_t kHeartbeatMs = 15'000;
constexpr int64_t kLingerMs = 2'000;

// The address that a proxy in front of us saw: the entry that it appended itself.
std::string last_of(std::string_view forwarded_for) {
  const size_t comma = forwarded_for.rfind(',');
  return text::trim(comma == std::string_view::npos ? forwarded_for
                                                    : forwarded_for.substr(comma + 1));
}

}  // namespace

Connection::Connection(Edge& edge, asio::ip::tcp::socket socket)
    : edge_(edge), socket_(std::move(socket)) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  const auto remote = socket_.remote_endpoint(ignored);
  if (!ignored) peer_ = remote.address().to_string();
}

template <class Then>
void Connection::read_some(Then then) {
  if (tls_)
    tls_->async_read_some(asio::buffer(input_), std::move(then));
  else
    socket_.async_read_some(asio::buffer(input_), std::move(then));
}

template <class Buffers, class Then>
void Connection::write_all(const Buffers& buffers, Then then) {
  if (tls_)
    asio::async_write(*tls_, buffers, std::move(then));
  else
    asio::async_write(socket_, buffers, std::move(then));
}

void Connection::enter(Phase phase, int64_t limit_ms) {
  phase_ = phase;
  deadline_ =
      limit_ms > 0 ? Clock::now() + std::chrono::milliseconds(limit_ms) : Clock::time_point::max();
}

void Connection::start() {
  reader_ = std::make_unique<RequestReader>(
      RequestReader::Limits{edge_.options.max_header_bytes, edge_.options.max_body_bytes});
  if (!edge_.tls) {
    enter(Phase::idle, edge_.options.idle_timeout_ms);
    return read();
  }
  tls_.emplace(socket_, *edge_.tls);
  enter(Phase::handshake, edge_.options.header_timeout_ms);
  tls_->async_handshake(asio::ssl::stream_base::server,
                        [self = shared_from_this()](error_code error) {
                          if (error) return self->close();
                          self->enter(Phase::idle, self->edge_.options.idle_timeout_ms);
                          self->read();
                        });
}

void Connection::expire() {
  switch (phase_) {
    case Phase::header:
    case Phase::body:
      return refuse_request(408, Refusal{ErrorKind::invalid, "net.too_slow", {}, {}});
    case Phase::events:
      if (!writing_) return write_events(": still here\n\n");
      return close();
    default:
      return close();
  }
}

void Connection::stop_soon() {
  if (phase_ == Phase::idle || phase_ == Phase::handshake || phase_ == Phase::events) close();
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  error_code ignored;
  if (phase_ == Phase::writing || phase_ == Phase::events) record("cut");
  // What a client does not take must not stay with the kernel.
  if (phase_ == Phase::writing || writing_)
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  enter(Phase::closed, 0);
  if (queue_) queue_->detach();
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  edge_.forget(*this);
}

void Connection::read() {
  read_some([self = shared_from_this()](error_code error, size_t count) {
    if (self->phase_ != Phase::idle && self->phase_ != Phase::header && self->phase_ != Phase::body)
      return;  // the time limit answered meanwhile
    if (error) return self->close();
    self->bytes_.append(self->input_.data(), count);
    self->advance();
  });
}

// Does what the bytes in hand allow: reads on, hands the request to a worker, or refuses it.
void Connection::advance() {
  if (phase_ == Phase::idle && !bytes_.empty()) {
    began_ = Clock::now();
    enter(Phase::header, edge_.options.header_timeout_ms);
  }
  switch (reader_->take(bytes_)) {
    case RequestReader::State::idle:
    case RequestReader::State::header:
      return read();
    case RequestReader::State::body:
      if (phase_ == Phase::header) enter(Phase::body, edge_.options.body_timeout_ms);
      if (reader_->expects_continue() && !std::exchange(continued_, true)) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        return write_all(asio::buffer(kContinue.data(), kContinue.size()),
                         [self = shared_from_this()](error_code error, size_t) {
                           if (self->phase_ != Phase::body) return;
                           if (error) return self->close();
                           self->read();
                         });
      }
      return read();
    case RequestReader::State::bad:
      return refuse_request(reader_->status(), reader_->refusal());
    case RequestReader::State::done:
      return dispatch();
  }
}

void Connection::dispatch() {
  auto request = std::make_shared<Request>(std::move(reader_->request()));
  request->id = id::make(time::now());
  request->peer = peer_;
  request->secure = tls_.has_value();
  if (edge_.options.trust_proxy) {
    if (const auto from = request->header("x-forwarded-for"); !from.empty())
      request->peer = last_of(from);
    if (request->header("x-forwarded-proto") == "https") request->secure = true;
  }
  request_id_ = request->id;
  method_ = request->method;
  enter(Phase::handling, 0);
  static Gauge& waiting =
      metrics().gauge("linli_http_waiting", "Requests waiting for a worker or with one");
  waiting.add(1);
  const bool taken = edge_.workers->offer(
      [self = shared_from_this(), request, keep_alive = reader_->keep_alive()] {
        auto queue = std::make_shared<EventQueue>();
        auto answer =
            std::make_shared<Answer>(perform(self->edge_.handle, *request, keep_alive, queue));
        waiting.add(-1);
        asio::post(self->edge_.io, [self, answer, queue] {
          if (answer->events) self->queue_ = queue;
          self->send(std::move(*answer));
        });
      });
  if (taken) return;
  waiting.add(-1);
  Response busy = problem(503, Refusal{ErrorKind::busy, "net.busy", {}, {}}, request->id);
  send(complete(*request, std::move(busy), reader_->keep_alive()));
}

void Connection::refuse_request(int status, const Refusal& refusal) {
  const Request& request = reader_->request();
  Request shown{.id = id::make(time::now()), .method = request.method};
  request_id_ = shown.id;
  method_ = shown.method;
  if (!refusal.detail.empty())
    log::info("http.refused", {{"request_id", request_id_}, {"why", refusal.detail}});
  send(complete(shown, problem(status, refusal, shown.id), false));
}

void Connection::send(Answer answer) {
  if (phase_ == Phase::closed) {
    if (queue_) queue_->detach();
    return;
  }
  answer_ = std::move(answer);
  written_ = 0;
  write_block();
}

// Writes the head with the first block, then block after block; each has its own time limit, so
// that a client who takes nothing is let go and a slow one is not.
void Connection::write_block() {
  enter(Phase::writing, edge_.options.idle_timeout_ms);
  const uint64_t left = answer_.body_bytes() - written_;
  const auto count = static_cast<size_t>(std::min<uint64_t>(left, kBlock));
  std::array<asio::const_buffer, 2> buffers;
  if (written_ == 0) buffers[0] = asio::buffer(answer_.head);
  if (answer_.file.is_open()) {
    block_.resize(count);
    try {
      answer_.file.read(answer_.file_offset + written_, block_.data(), count);
    } catch (const std::exception& broken) {
      log::error("http.fault", {{"request_id", request_id_}, {"what", std::string(broken.what())}});
      return close();
    }
    buffers[1] = asio::buffer(block_);
  } else {
    buffers[1] = asio::buffer(answer_.body.data() + written_, count);
  }
  written_ += count;
  write_all(buffers, [self = shared_from_this()](error_code error, size_t) {
    if (self->phase_ != Phase::writing) return;
    if (error) return self->close();
    if (self->written_ < self->answer_.body_bytes()) return self->write_block();
    self->finish_answer();
  });
}

void Connection::finish_answer() {
  if (answer_.events) return run_events();
  record("sent");
  const bool go_on = answer_.keep_alive && !edge_.stopping;
  answer_ = Answer{};
  if (!go_on) return linger();
  continued_ = false;
  reader_ = std::make_unique<RequestReader>(
      RequestReader::Limits{edge_.options.max_header_bytes, edge_.options.max_body_bytes});
  enter(Phase::idle, edge_.options.idle_timeout_ms);
  if (bytes_.empty())
    read();
  else
    advance();  // a pipelined request
}

// From here the connection belongs to the stream: it writes what waits, a heartbeat when nothing
// does, and reads only to notice that the client has gone.
void Connection::run_events() {
  if (edge_.stopping) return close();
  enter(Phase::events, kHeartbeatMs);
  const auto self = shared_from_this();
  queue_->attach([self, this] {
    asio::post(edge_.io, [self, this] {
      if (phase_ != Phase::events || writing_) return;
      if (auto text = queue_->take(); !text.empty()) return write_events(std::move(text));
      if (queue_->is_over()) close();
    });
  });
  struct Watch {
    std::shared_ptr<Connection> of;
    void operator()(error_code error, size_t) const {
      if (of->phase_ != Phase::events) return;
      if (error) return of->close();
      of->read_some(Watch{of});
    }
  };
  read_some(Watch{self});
}

void Connection::write_events(std::string text) {
  writing_ = true;
  block_ = std::move(text);
  enter(Phase::events, edge_.options.idle_timeout_ms);
  write_all(asio::buffer(block_), [self = shared_from_this()](error_code error, size_t) {
    self->writing_ = false;
    if (self->phase_ != Phase::events) return;
    if (error) return self->close();
    if (auto more = self->queue_->take(); !more.empty()) return self->write_events(std::move(more));
    if (self->queue_->is_over()) return self->close();
    self->enter(Phase::events, kHeartbeatMs);
  });
}

// Closing while the client still sends would reset the connection and lose our answer: say that
// nothing more comes, then read until the client closes too.
void Connection::linger() {
  enter(Phase::lingering, kLingerMs);
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error) return close();
  struct Drain {
    std::shared_ptr<Connection> of;
    void operator()(error_code ended, size_t) const {
      if (of->phase_ != Phase::lingering) return;
      if (ended) return of->close();
      of->socket_.async_read_some(asio::buffer(of->input_), Drain{of});
    }
  };
  Drain{shared_from_this()}({}, 0);
}

void Connection::record(std::string_view outcome) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_);
  net::record({.request_id = request_id_,
               .method = method_,
               .route = answer_.route,
               .status = answer_.status,
               .bytes = static_cast<int64_t>(written_),
               .micros = took.count(),
               .is_stream = answer_.events != nullptr,
               .outcome = std::string(outcome)},
              edge_.options.access_log);
}

}  // namespace linli::net
