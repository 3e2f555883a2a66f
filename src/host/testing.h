// For tests of modules: services over a fresh database with the migrations of the given modules.
//
//   host::testing::Stage stage{GetParam(), {places::manifest()}, content};
//   stage.services.database.transact(…);
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "db/migration.h"
#include "db/testing.h"
#include "host/services.h"

namespace linli::host {
std::vector<db::Migration> migrations();
}

namespace linli::host::testing {

struct Stage {
  explicit Stage(
      db::Engine engine, std::vector<Module> modules = {},
      std::shared_ptr<const pack::Content> content = std::make_shared<const pack::Content>())
      : fresh(engine),
        folder(std::filesystem::temp_directory_path() / ("linli_stage_" + id_text())),
        keyring(open_keyring(folder)),
        services{.database = fresh.database(),
                 .content = std::move(content),
                 .keyring = keyring,
                 .settings = {.data_folder = folder.string(), .demo = true},
                 .modules = std::move(modules)} {
    std::vector<db::Migration> all = migrations();
    for (const Module& module : services.modules) {
      all.insert(all.end(), module.migrations.begin(), module.migrations.end());
    }
    MUST(db::migrate(fresh.database(), all, 1));
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() { std::filesystem::remove_all(folder); }

  db::testing::Fresh fresh;
  std::filesystem::path folder;
  crypto::Keyring keyring;
  Services services;

 private:
  static std::string id_text() {
    static int count = 0;
    return std::to_string(getpid()) + "_" + std::to_string(++count);
  }
  static crypto::Keyring open_keyring(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return MUST(crypto::Keyring::open((folder / "key").string(), true));
  }
};

}  // namespace linli::host::testing
