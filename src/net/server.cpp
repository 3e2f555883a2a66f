// The server's shape is docs/decisions/0003-net-shape.md: callbacks on one I/O thread, handlers on
// a bounded pool. Everything in Edge and Connection happens on the I/O thread unless said
// otherwise.
#include "net/server.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/log.h"
#include "net/connection.h"
#include "net/metrics.h"

namespace linli::net {

namespace {

using boost::system::error_code;

class AsioServer : public Server {
 public:
  AsioServer(const ServerOptions& options, Handler handle) : acceptor_(edge_.io), timer_(edge_.io) {
    edge_.options = options;
    edge_.handle = std::move(handle);
    edge_.forget = [this](Connection& gone) { forget(gone); };
  }

  ~AsioServer() override { stop(0); }

  Done listen() {
    const ServerOptions& options = edge_.options;
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return refuse(ErrorKind::invalid, "net.cannot_listen", error.message());
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error == asio::error::address_in_use)
      return refuse(ErrorKind::conflict, "net.port_in_use", std::to_string(options.port));
    if (error) return refuse(ErrorKind::invalid, "net.cannot_listen", error.message());
    return prepare_tls();
  }

  void run() {
    edge_.workers = std::make_unique<WorkerPool>(edge_.options.workers, edge_.options.max_waiting);
    port_ = acceptor_.local_endpoint().port();
    accept();
    sweep();
    thread_ = std::thread([this] { edge_.io.run(); });
  }

  uint16_t port() const override { return port_; }

  void stop(int64_t grace_ms) override {
    if (!thread_.joinable()) return;
    asio::post(edge_.io, [this] {
      edge_.stopping = true;
      error_code ignored;
      acceptor_.close(ignored);
      for (const auto& connection : snapshot()) connection->stop_soon();
    });
    {
      std::unique_lock lock(mutex_);
      all_closed_.wait_for(lock, std::chrono::milliseconds(grace_ms),
                           [this] { return open_ == 0; });
    }
    asio::post(edge_.io, [this] {
      for (const auto& connection : snapshot()) connection->close();
    });
    edge_.workers->stop();
    asio::post(edge_.io, [this] { edge_.io.stop(); });
    thread_.join();
    connections_.clear();
  }

 private:
  Done prepare_tls() {
    const ServerOptions& options = edge_.options;
    if (options.tls_certificate.empty() && options.tls_key.empty()) return {};
    auto& context = edge_.tls.emplace(asio::ssl::context::tls_server);
    error_code error;
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                            asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                            asio::ssl::context::no_tlsv1_1,
                        error);
    if (!error) context.use_certificate_chain_file(options.tls_certificate, error);
    if (!error) context.use_private_key_file(options.tls_key, asio::ssl::context::pem, error);
    if (error) return refuse(ErrorKind::invalid, "net.bad_certificate", error.message());
    return {};
  }

  void accept() {
    acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) {
        accept_again_ = true;  // out of descriptors, most likely: at the next sweep
        return;
      }
      static Counter& turned_away = metrics().counter(
          "linli_http_turned_away_total", "Connections closed because there were too many");
      if (connections_.size() >= edge_.options.max_connections)
        turned_away.add();
      else
        admit(std::move(socket));
      accept();
    });
  }

  void admit(asio::ip::tcp::socket socket) {
    auto connection = std::make_shared<Connection>(edge_, std::move(socket));
    connections_.insert(connection);
    connected().add(1);
    {
      const std::lock_guard lock(mutex_);
      ++open_;
    }
    connection->start();
  }

  void forget(Connection& gone) {
    if (connections_.erase(gone.shared_from_this()) == 0) return;
    connected().add(-1);
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) all_closed_.notify_all();
  }

  void sweep() {
    timer_.expires_after(Connection::kSweepEvery);
    timer_.async_wait([this](error_code error) {
      if (error) return;
      const auto now = Clock::now();
      due_.clear();
      for (const auto& connection : connections_)
        if (connection->is_due(now)) due_.push_back(connection);
      for (const auto& connection : due_) connection->expire();
      due_.clear();
      if (accept_again_ && acceptor_.is_open()) {
        accept_again_ = false;
        accept();
      }
      sweep();
    });
  }

  std::vector<std::shared_ptr<Connection>> snapshot() const {
    return {connections_.begin(), connections_.end()};
  }

  static Gauge& connected() {
    static Gauge& gauge = metrics().gauge("linli_http_connections", "Connections open now");
    return gauge;
  }

  Edge edge_;
  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  std::set<std::shared_ptr<Connection>> connections_;
  std::vector<std::shared_ptr<Connection>> due_;
  bool accept_again_ = false;
  uint16_t port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable all_closed_;
  size_t open_ = 0;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handle) {
  auto server = std::make_unique<AsioServer>(options, std::move(handle));
  TRY(server->listen());
  server->run();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace linli::net
