#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/commands/commands.h"
#include "domain/accounts/api.h"
#include "domain/registers/api.h"

namespace linli::app {

namespace {

void report(Terminal& terminal, const registers::Import& import) {
  terminal.say("import.report", {{"rows", std::to_string(import.accepted + import.rejected)},
                                 {"accepted", std::to_string(import.accepted)},
                                 {"rejected", std::to_string(import.rejected)}});
  for (const registers::ImportError& error : import.errors) {
    terminal.say("import.bad_row", {{"line", std::to_string(error.line)},
                                    {"field", error.field},
                                    {"code", error.code},
                                    {"expected", error.expected}});
  }
}

}  // namespace

int import_register(Terminal& terminal, const Common& common, const RegisterImport& options) {
  const auto run = [&]() -> Result<int> {
    std::ifstream file(options.file, std::ios::binary);
    if (!file) return refuse(ErrorKind::not_found, "file.missing", options.file);
    std::stringstream text;
    text << file.rdbuf();
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    host::Services& services = installation->services();
    TRY(installation->start(time::now()));
    const auto* kind = TRY(registers::register_named(*services.content, options.kind));
    const registers::ImportOptions wanted{.place = TRY(region::Code::parse(options.place)),
                                          .dry_run = options.dry_run};
    const host::Actor actor = accounts::system_actor();
    registers::Import import;
    if (options.dry_run) {
      import = TRY(registers::try_import(services, actor, *kind, text.str(), wanted, time::now()));
    } else {
      import =
          TRY(registers::start_import(services, actor, *kind, text.str(), wanted, time::now()));
      const auto progress = [&](const registers::Import& now) {
        terminal.progress("import.records", now.accepted + now.rejected, 0);
      };
      import = TRY(registers::run_import(services, import.id, progress));
    }
    report(terminal, import);
    return import.rejected == 0 ? 0 : 1;
  };
  const auto code = run();
  return code ? *code : terminal.fail(code.error());
}

int export_register(Terminal& terminal, const Common& common, const std::string& kind,
                    const std::string& place, const std::string& file) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    host::Services& services = installation->services();
    TRY(installation->start(time::now()));
    const auto* wanted = TRY(registers::register_named(*services.content, kind));
    const region::Code under = TRY(region::Code::parse(place));
    const std::string language = terminal.language() == Language::zh ? "zh" : "en";
    const registers::Spreadsheet as =
        file.ends_with(".xlsx") ? registers::Spreadsheet::xlsx : registers::Spreadsheet::csv;
    const registers::Export made =
        TRY(services.database.read([&](db::Tx& tx) -> Result<registers::Export> {
          return registers::export_records(tx, services, accounts::system_actor(), *wanted,
                                           {.territories = {under}}, language, as, time::now());
        }));
    std::error_code error;
    std::filesystem::copy_file(made.file, file, std::filesystem::copy_options::overwrite_existing,
                               error);
    if (error) return refuse(ErrorKind::invalid, "installation.unwritable", file);
    terminal.say("export.done", {{"rows", std::to_string(made.rows)}, {"file", file}});
    return {};
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
