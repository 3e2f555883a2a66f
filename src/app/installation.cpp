#include "app/installation.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/modules.h"
#include "db/migration.h"

namespace linli::host {
std::vector<db::Migration> migrations();
}

namespace linli::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSettings = "settings.json";

std::string path_in(const std::string& folder, std::string_view name) {
  return (fs::path(folder) / name).string();
}

Done make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return refuse(ErrorKind::invalid, "installation.unwritable", folder);
  fs::permissions(folder, fs::perms::owner_all, error);
  std::ofstream probe(path_in(folder, ".probe"));
  if (!probe) return refuse(ErrorKind::invalid, "installation.unwritable", folder);
  probe.close();
  fs::remove(path_in(folder, ".probe"), error);
  return {};
}

Result<std::shared_ptr<const pack::Content>> load_content(const std::string& folder,
                                                          const std::vector<std::string>& packs) {
  std::vector<pack::Mistake> mistakes;
  auto content = pack::load(folder, packs, mistakes);
  if (content) return content;
  std::string all;
  for (const pack::Mistake& mistake : mistakes) all += pack::to_text(mistake) + "\n";
  return refuse(ErrorKind::invalid, "pack.invalid", all);
}

constexpr int64_t kMostConnections = 1000;

}  // namespace

std::string shared_folder(const std::string& here, const std::string& installed) {
  std::error_code error;
  if (fs::is_directory(here, error)) return here;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path folder = program.parent_path().parent_path() / "share/linli" / installed;
  return fs::is_directory(folder, error) ? folder.string() : here;
}

int connections_of(const Configuration& configuration) {
  if (configuration.connections != 0) return static_cast<int>(configuration.connections);
  return std::max(4, 2 * static_cast<int>(std::thread::hardware_concurrency()));
}

Result<Configuration> read_configuration(const std::string& data_folder) {
  Configuration configuration;
  configuration.data_folder = data_folder;
  std::ifstream file(path_in(data_folder, kSettings));
  if (!file) return configuration;
  std::stringstream text;
  text << file.rdbuf();
  const json::Value settings = TRY(json::parse(text.str()));
  configuration.database = settings.text("database");
  configuration.region = settings.text("region");
  configuration.demo = settings.flag("demo");
  configuration.connections = settings.integer("connections");
  if (configuration.connections < 0 || configuration.connections > kMostConnections) {
    return refuse(ErrorKind::invalid, "installation.bad_connections",
                  std::to_string(configuration.connections));
  }
  if (const json::Value* packs = settings.find("packs"); packs != nullptr && packs->is_array()) {
    for (const json::Value& pack : packs->as_array()) {
      if (pack.is_string()) configuration.packs.push_back(pack.as_string());
    }
  }
  return configuration;
}

Done write_configuration(const Configuration& configuration) {
  json::Writer out;
  out.begin_object();
  out.member("database", configuration.database);
  out.member("region", configuration.region);
  out.member("demo", configuration.demo);
  if (configuration.connections != 0) out.member("connections", configuration.connections);
  out.key("packs").begin_array();
  for (const std::string& pack : configuration.packs) out.value(pack);
  out.end_array().end_object();
  // Written beside and renamed: a crash leaves the old file or the new one.
  const std::string path = path_in(configuration.data_folder, kSettings);
  {
    std::ofstream file(path + ".new");
    file << out.text() << "\n";
    file.flush();
    if (!file) return refuse(ErrorKind::invalid, "installation.unwritable", path);
  }
  std::error_code error;
  fs::permissions(path + ".new", fs::perms::owner_read | fs::perms::owner_write, error);
  fs::rename(path + ".new", path, error);
  if (error) return refuse(ErrorKind::invalid, "installation.unwritable", path);
  return {};
}

Result<std::vector<std::string>> packs_for(const std::string& packs_folder, region::Code region) {
  const std::vector<std::string> available = pack::packs_in(packs_folder);
  const auto content = TRY(load_content(packs_folder, available));
  std::vector<std::string> chosen = {"base"};
  for (const pack::PlanHeader& plan : content->plans) {
    const bool known = std::find(chosen.begin(), chosen.end(), plan.pack) != chosen.end();
    if (known || plan.territory == region::Code()) continue;
    if (plan.territory.contains(region) || region.contains(plan.territory)) {
      chosen.push_back(plan.pack);
    }
  }
  return chosen;
}

std::vector<db::Migration> all_migrations(const std::vector<host::Module>& modules) {
  std::vector<db::Migration> all = host::migrations();
  for (const host::Module& module : modules) {
    all.insert(all.end(), module.migrations.begin(), module.migrations.end());
  }
  return all;
}

Result<std::unique_ptr<Installation>> Installation::open(Configuration configuration, bool create,
                                                         bool migrate, const Wrap& wrap) {
  if (create) {
    TRY(make_folder(configuration.data_folder));
  } else if (!fs::exists(path_in(configuration.data_folder, kSettings))) {
    return refuse(ErrorKind::not_found, "installation.missing", configuration.data_folder);
  }
  const region::Code region = TRY(region::Code::parse(configuration.region));
  if (configuration.packs.empty()) {
    configuration.packs = TRY(packs_for(configuration.packs_folder, region));
  }
  auto installation = std::make_unique<Installation>();
  const std::string url = configuration.database.empty()
                              ? "sqlite:" + path_in(configuration.data_folder, "linli.db")
                              : configuration.database;
  auto content = TRY(load_content(configuration.packs_folder, configuration.packs));
  installation->keyring_ = std::make_unique<crypto::Keyring>(
      TRY(crypto::Keyring::open(path_in(configuration.data_folder, "key"), create)));
  installation->database_ = TRY(db::open(url, {.readers = connections_of(configuration)}));
  if (wrap) installation->database_ = wrap(std::move(installation->database_));

  std::vector<host::Module> modules = app::modules();
  if (migrate) TRY(db::migrate(*installation->database_, all_migrations(modules), time::now()));
  if (create) TRY(write_configuration(configuration));
  installation->services_ = std::make_unique<host::Services>(
      host::Services{.database = *installation->database_,
                     .content = std::move(content),
                     .keyring = *installation->keyring_,
                     .settings = {.data_folder = configuration.data_folder,
                                  .packs_folder = configuration.packs_folder,
                                  .web_folder = configuration.web_folder,
                                  .region = configuration.region,
                                  .demo = configuration.demo},
                     .modules = std::move(modules)});
  installation->configuration_ = std::move(configuration);
  return installation;
}

Done Installation::start(time::Instant now) {
  for (const host::Module& module : services_->modules) {
    if (module.start) TRY(module.start(*services_, now));
  }
  return {};
}

}  // namespace linli::app
