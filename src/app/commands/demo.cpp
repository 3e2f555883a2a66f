#include <chrono>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "app/commands/commands.h"
#include "db/analyze.h"
#include "domain/demo/api.h"

namespace linli::app {

namespace {

// The sign-ins are kept in the data folder, for its owner's eyes only.
Done keep(const std::string& path, const std::vector<demo::SignIn>& sign_ins) {
  const mode_t mask = umask(S_IRWXG | S_IRWXO);
  std::ofstream file(path);
  umask(mask);
  for (const demo::SignIn& sign_in : sign_ins) {
    file << sign_in.role << "\t" << sign_in.name << "\t" << sign_in.password << "\t"
         << sign_in.place.text() << "\t" << sign_in.place_name << "\n";
  }
  file.flush();
  if (!file) return refuse(ErrorKind::invalid, "installation.unwritable", path);
  return {};
}

Done make(Terminal& terminal, const Common& common, const Demo& options) {
  Configuration configuration = TRY(configuration_of(common));
  configuration.demo = true;
  auto installation = TRY(Installation::open(configuration, true, true));
  host::Services& services = installation->services();
  const time::Instant now = time::now();
  TRY(installation->start(now));
  const auto began = std::chrono::steady_clock::now();
  const demo::Made made = TRY(demo::make(
      services,
      {.region = TRY(region::Code::parse(installation->configuration().region)),
       .persons = options.persons,
       .everywhere = options.everywhere,
       .seed = options.seed,
       .now = now},
      [&](int64_t done, int64_t total) { terminal.progress("demo.making", done, total); }));
  db::analyze(services.database);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  terminal.say("demo.done",
               {{"persons", std::to_string(made.persons)},
                {"cases", std::to_string(made.requests)},
                {"seconds", std::to_string(static_cast<int64_t>(took.count() + 0.5))}});
  const std::string file =
      (std::filesystem::path(installation->configuration().data_folder) / "sign-ins.txt").string();
  TRY(keep(file, made.sign_ins));
  terminal.say("demo.sign_ins", {{"file", file}});
  for (const demo::SignIn& sign_in : made.sign_ins) {
    terminal.print("  " + sign_in.name + "  " + sign_in.password + "  (" + sign_in.display_name +
                   ", " + sign_in.place_name + ")");
  }
  return {};
}

}  // namespace

int demo(Terminal& terminal, const Common& common, const Demo& options) {
  const Done done = make(terminal, common, options);
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
