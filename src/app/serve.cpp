#include "app/serve.h"

#include "domain/accounts/api.h"
#include "host/background.h"
#include "host/computing.h"
#include "host/router.h"
#include "net/static_files.h"

namespace linli::app {

namespace {

class Running final : public Platform {
 public:
  Running(Installation& installation)
      : services_(installation.services()),
        router_(services_,
                [](host::Services& services, const net::Request& request, time::Instant now) {
                  return accounts::identify(services, request, now);
                }),
        files_(services_.settings.web_folder),
        background_(services_),
        computing_(services_, host::computations_at_once()) {}

  Done listen(const net::ServerOptions& options) {
    server_ = TRY(net::Server::start(
        options, [this](const net::Request& request) { return answer(request); }));
    background_.start();
    computing_.start();
    return {};
  }

  uint16_t port() const override { return server_->port(); }

  void stop() override {
    server_->stop(10'000);
    computing_.stop();
    background_.stop();
  }

 private:
  // The three faces and what they are made of are files; everything else is a route.
  net::Response answer(const net::Request& request) {
    const std::string_view path = request.path;
    if (path == "/") return net::redirect("/r/");
    if (path == "/r" || path == "/w" || path == "/p") return net::redirect(request.path + "/");
    for (const std::string_view prefix : {"/r/", "/w/", "/p/", "/assets/"}) {
      if (path.starts_with(prefix)) return files_.answer(request);
    }
    const bool top_file = path.rfind('/') == 0 && path.find('.') != std::string_view::npos;
    if (top_file && path != "/openapi.json") return files_.answer(request);
    return router_.handle(request, time::now());
  }

  host::Services& services_;
  host::Router router_;
  net::StaticFiles files_;
  host::Background background_;
  host::Computing computing_;
  std::unique_ptr<net::Server> server_;
};

}  // namespace

Result<std::unique_ptr<Platform>> Platform::start(Installation& installation,
                                                  const net::ServerOptions& options) {
  TRY(installation.start(time::now()));
  auto running = std::make_unique<Running>(installation);
  TRY(running->listen(options));
  return running;
}

}  // namespace linli::app
