#include <filesystem>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/modules.h"
#include "db/backup.h"
#include "db/migration.h"
#include "engine/geo/network_file.h"
#include "host/dispatcher.h"

namespace linli::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kDatabaseFile = "linli.db";
constexpr std::string_view kDump = "database.dump";
constexpr const char* kAttachments = "attachments";
constexpr uintmax_t kLittleSpace = 1'000'000'000;

// Runs a program and waits; refuses `backup.failed` unless it ends with 0.
Done run_program(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    return refuse(ErrorKind::conflict, "backup.failed", words.front());
  }
  return {};
}

Done copy_tree(const fs::path& from, const fs::path& to) {
  if (!fs::exists(from)) return {};
  std::error_code error;
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
  if (error) return refuse(ErrorKind::conflict, "backup.failed", error.message());
  return {};
}

Done make_backup(const Common& common, const fs::path& folder) {
  const Configuration configuration = TRY(configuration_of(common));
  if (!fs::exists(fs::path(common.data_folder) / "settings.json")) {
    return refuse(ErrorKind::not_found, "installation.missing", common.data_folder);
  }
  std::error_code error;
  if (fs::exists(folder)) return refuse(ErrorKind::conflict, "backup.exists", folder.string());
  fs::create_directories(folder, error);
  if (error) return refuse(ErrorKind::invalid, "installation.unwritable", folder.string());
  fs::permissions(folder, fs::perms::owner_all, error);
  if (configuration.database.empty()) {
    TRY(db::copy_sqlite((fs::path(common.data_folder) / kDatabaseFile).string(),
                        (folder / kDatabaseFile).string()));
  } else {
    TRY(run_program({"pg_dump", "--format=custom", "--file=" + (folder / kDump).string(),
                     "--dbname=" + configuration.database}));
  }
  // Photos are never changed in place: a copy after the database holds all that it names.
  TRY(copy_tree(fs::path(common.data_folder) / kAttachments, folder / kAttachments));
  TRY(copy_tree(fs::path(common.data_folder) / geo::kNetworkFile, folder / geo::kNetworkFile));
  return copy_tree(fs::path(common.data_folder) / "settings.json", folder / "settings.json");
}

Done put_back(const Common& common, const fs::path& folder) {
  const fs::path data = common.data_folder;
  if (!fs::exists(folder / "settings.json")) {
    return refuse(ErrorKind::not_found, "file.missing", (folder / "settings.json").string());
  }
  if (fs::exists(data / "settings.json")) {
    return refuse(ErrorKind::conflict, "backup.exists", data.string());
  }
  if (!fs::exists(data / "key")) {
    return refuse(ErrorKind::not_found, "file.missing", (data / "key").string());
  }
  if (fs::exists(folder / kDatabaseFile)) {
    TRY(copy_tree(folder / kDatabaseFile, data / kDatabaseFile));
  } else {
    const std::string database = common.database.empty()
                                     ? TRY(read_configuration(folder.string())).database
                                     : common.database;
    TRY(run_program(
        {"pg_restore", "--no-owner", "--dbname=" + database, (folder / kDump).string()}));
  }
  TRY(copy_tree(folder / kAttachments, data / kAttachments));
  TRY(copy_tree(folder / geo::kNetworkFile, data / geo::kNetworkFile));
  return copy_tree(folder / "settings.json", data / "settings.json");
}

bool others_may_read(const fs::path& path) {
  struct stat facts = {};
  return stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

std::vector<std::string> examine(Terminal& terminal, Installation& installation) {
  const Configuration& configuration = installation.configuration();
  const fs::path data = configuration.data_folder;
  std::vector<std::string> wrong;
  const auto note = [&](std::string_view key, const std::string& detail) {
    wrong.push_back(words(terminal.language(), key, {{"detail", detail}}));
  };
  if (others_may_read(data)) note("doctor.folder", data.string());
  if (others_may_read(data / "key")) note("doctor.key", (data / "key").string());
  std::error_code error;
  const fs::space_info space = fs::space(data, error);
  if (!error && space.available < kLittleSpace) note("doctor.space", data.string());
  if (!fs::exists(fs::path(configuration.web_folder) / "r/index.html")) {
    note("doctor.web", configuration.web_folder);
  }
  for (const host::ReaderState& reader : host::Dispatcher(installation.services()).readers()) {
    if (reader.failures > 0) {
      note("doctor.reader",
           reader.name + " " + std::to_string(reader.behind) + ": " + reader.last_error);
    }
  }
  for (const host::Module& module : installation.services().modules) {
    if (!module.examine) continue;
    for (const std::string& line : module.examine(installation.services())) wrong.push_back(line);
  }
  return wrong;
}

}  // namespace

int migrate(Terminal& terminal, const Common& common, bool destructive) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), true, false));
    host::Services& services = installation->services();
    const auto ran =
        TRY(db::migrate(services.database, all_migrations(services.modules), time::now()));
    for (const std::string& name : ran) terminal.say("migrate.ran", {{"name", name}});
    if (ran.empty()) terminal.say("migrate.none");
    services.settings.destructive = destructive;
    return installation->start(time::now());
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

int backup(Terminal& terminal, const Common& common, const std::string& folder) {
  const Done done = make_backup(common, folder);
  if (!done) return terminal.fail(done.error());
  terminal.say("backup.done", {{"folder", folder}, {"key", common.data_folder + "/key"}});
  return 0;
}

int restore(Terminal& terminal, const Common& common, const std::string& folder) {
  const Done done = put_back(common, folder);
  if (!done) return terminal.fail(done.error());
  terminal.say("restore.done", {{"folder", folder}});
  return 0;
}

int doctor(Terminal& terminal, const Common& common) {
  const auto run = [&]() -> Result<std::vector<std::string>> {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, false));
    return examine(terminal, *installation);
  };
  const auto wrong = run();
  if (!wrong) return terminal.fail(wrong.error());
  if (wrong->empty()) {
    terminal.say("doctor.well");
    return 0;
  }
  terminal.say("doctor.wrong", {{"count", std::to_string(wrong->size())}});
  for (const std::string& line : *wrong) terminal.print("- " + line);
  return 1;
}

}  // namespace linli::app
