#include "app/serve.h"

#include <csignal>

#include "app/commands/commands.h"
#include "app/modules.h"
#include "host/openapi.h"

namespace linli::app {

Result<Configuration> configuration_of(const Common& common) {
  Configuration configuration = TRY(read_configuration(common.data_folder));
  configuration.packs_folder = common.packs_folder;
  configuration.web_folder = common.web_folder;
  if (!common.database.empty()) configuration.database = common.database;
  if (!common.region.empty()) configuration.region = common.region;
  if (!common.packs.empty()) configuration.packs = common.packs;
  return configuration;
}

namespace {

Done run_until_signal(Terminal& terminal, const Common& common, const Serve& options) {
  // Blocked before any thread starts, so that only this wait receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Configuration configuration = TRY(configuration_of(common));
  configuration.connections = options.workers;
  auto installation = TRY(Installation::open(std::move(configuration), false, true));
  auto platform = TRY(Platform::start(*installation, {.address = options.address,
                                                      .port = options.port,
                                                      .workers = options.workers,
                                                      .tls_certificate = options.tls_certificate,
                                                      .tls_key = options.tls_key,
                                                      .trust_proxy = options.behind_proxy}));
  const std::string url = (options.tls_certificate.empty() ? "http://" : "https://") +
                          options.address + ":" + std::to_string(platform->port()) + "/";
  terminal.say("serve.ready", {{"url", url}});
  terminal.say("serve.residents", {{"url", url}});
  terminal.say("serve.workers", {{"url", url}});
  terminal.say("serve.planners", {{"url", url}});
  int signal = 0;
  sigwait(&signals, &signal);
  terminal.say("serve.stopping");
  platform->stop();
  return {};
}

}  // namespace

int serve(Terminal& terminal, const Common& common, const Serve& options) {
  const Done done = run_until_signal(terminal, common, options);
  return done ? 0 : terminal.fail(done.error());
}

int print_openapi(Terminal& terminal) {
  terminal.print(host::openapi(modules()));
  return 0;
}

}  // namespace linli::app
