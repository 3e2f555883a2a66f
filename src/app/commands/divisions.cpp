#include <chrono>

#include "app/commands/commands.h"
#include "db/analyze.h"
#include "domain/places/api.h"
#include "domain/plans/api.h"

namespace linli::app {

int import_divisions(Terminal& terminal, const Common& common, const std::string& folder,
                     bool create, bool demo_outbox) {
  const auto run = [&]() -> Done {
    Configuration configuration = TRY(configuration_of(common));
    if (demo_outbox) configuration.demo = true;
    auto installation = TRY(Installation::open(configuration, create, true));
    const region::Code region = TRY(region::Code::parse(installation->configuration().region));
    const auto began = std::chrono::steady_clock::now();
    const places::ImportReport report = TRY(places::import_divisions(
        installation->services().database, folder, region, time::now(),
        [&](int64_t done, int64_t total) { terminal.progress("import.divisions", done, total); }));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    terminal.say("import.done",
                 {{"count", std::to_string(report.rows)},
                  {"seconds", std::to_string(static_cast<int64_t>(took.count() + 0.5))}});
    // No observer was told of them.
    plans::count_all(installation->services(), time::now());
    db::analyze(installation->services().database);
    if (!report.not_placed.empty()) {
      terminal.say("import.left_out", {{"rows", std::to_string(report.not_placed.size())}});
      for (const auto& row : report.not_placed) {
        terminal.print("  " + row.code + " " + row.name + ": " + row.why);
      }
    }
    return {};
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
