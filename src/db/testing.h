// For store tests: the same suite on both engines, each test on a fresh database.
//
//   class Store : public ::testing::TestWithParam<db::Engine> {
//     void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); … }
//     db::testing::Fresh fresh{GetParam()};    // fresh.url, fresh.database()
//   };
//   INSTANTIATE_TEST_SUITE_P(, Store, db::testing::engines(), db::testing::engine_name);
//
// PostgreSQL is at the libpq URI in LINLI_TEST_POSTGRES (tools/postgres.sh start prints one);
// without it its tests are skipped visibly.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "db/database.h"

#define LINLI_NEEDS_ENGINE(engine) \
  if (!::linli::db::testing::available(engine)) GTEST_SKIP() << "LINLI_TEST_POSTGRES is not set"

namespace linli::db::testing {

inline auto engines() {
  return ::testing::Values(Engine::sqlite, Engine::postgres);
}

inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

inline std::string postgres_uri() {
  const char* uri = std::getenv("LINLI_TEST_POSTGRES");
  return uri == nullptr ? "" : uri;
}

inline bool available(Engine engine) {
  return engine == Engine::sqlite || !postgres_uri().empty();
}

// A database of its own, gone at the end: a file in the temporary folder, or a schema.
class Fresh {
 public:
  explicit Fresh(Engine engine, Options options = {}) : engine_(engine), options_(options) {
    static std::atomic<int> count{0};
    name_ = "linli_test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    if (!available(engine)) return;
    if (engine == Engine::sqlite) {
      path_ = std::filesystem::temp_directory_path() / (name_ + ".db");
      url = "sqlite:" + path_.string();
    } else {
      administer("CREATE SCHEMA " + name_);
      const std::string base = postgres_uri();
      url = base + (base.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" +
            name_;
    }
  }
  ~Fresh() {
    close();
    if (url.empty()) return;
    if (engine_ == Engine::sqlite) {
      for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(path_.string() + suffix);
      }
    } else {
      administer("DROP SCHEMA " + name_ + " CASCADE");
    }
  }
  Fresh(const Fresh&) = delete;
  Fresh& operator=(const Fresh&) = delete;

  Database& database() {
    if (!database_) database_ = MUST(open(url, options_));
    return *database_;
  }
  void close() { database_.reset(); }

  std::string url;

 private:
  static void administer(const std::string& sql) {
    const std::unique_ptr<Database> server = MUST(open(postgres_uri()));
    MUST(server->transact([&](Tx& tx) -> Done {
      tx.script(sql);
      return {};
    }));
  }

  Engine engine_;
  Options options_;
  std::string name_;
  std::filesystem::path path_;
  std::unique_ptr<Database> database_;
};

}  // namespace linli::db::testing
