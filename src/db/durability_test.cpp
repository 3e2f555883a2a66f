// What holds when the ground gives way: a killed program, a lost connection, a full disk.
#include <csignal>
#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/testing.h"

namespace linli::db {
namespace {

void create_table(Database& base) {
  MUST(base.transact([](Tx& tx) -> Done {
    tx.script("CREATE TABLE thing (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)");
    tx.script("INSERT INTO thing VALUES (0, 0)");
    return {};
  }));
}

Done insert(Database& base, int64_t id) {
  return base.transact([&](Tx& tx) -> Done {
    tx.run("INSERT INTO thing VALUES ($1, 1)", {id});
    return {};
  });
}

int64_t count(Database& base) {
  return MUST(base.read(
      [](Tx& tx) -> Result<int64_t> { return tx.one("SELECT COUNT(*) FROM thing")->integer(0); }));
}

class Durability : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { LINLI_NEEDS_ENGINE(GetParam()); }
  testing::Fresh fresh{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Durability, testing::engines(), testing::engine_name);

TEST_P(Durability, AnAcknowledgedWriteOutlivesAKilledProgram) {
  create_table(fresh.database());
  fresh.close();
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto base = MUST(open(fresh.url));
    for (int64_t id = 1;; ++id) {
      MUST(insert(*base, id));
      if (write(pipe_ends[1], &id, sizeof id) != sizeof id) _exit(1);
    }
  }
  int64_t acknowledged = 0;
  while (acknowledged < 200) {
    ASSERT_EQ(read(pipe_ends[0], &acknowledged, sizeof acknowledged), ssize_t{sizeof acknowledged});
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(pipe_ends[1]);
  while (read(pipe_ends[0], &acknowledged, sizeof acknowledged) > 0) {
  }
  close(pipe_ends[0]);
  EXPECT_GE(count(fresh.database()) - 1, acknowledged);
  MUST(insert(fresh.database(), -1));
}

void terminate(int64_t pid) {
  testing::Fresh other(Engine::postgres);
  MUST(other.database().read([&](Tx& tx) -> Done {
    tx.query("SELECT pg_terminate_backend(CAST($1 AS INTEGER), 10000)", {pid});
    return {};
  }));
}

TEST(PostgresFaults, AConnectionLostWhileIdleHeals) {
  LINLI_NEEDS_ENGINE(Engine::postgres);
  testing::Fresh fresh(Engine::postgres);
  create_table(fresh.database());
  MUST(insert(fresh.database(), 1));
  terminate(MUST(fresh.database().transact(
      [&](Tx& tx) -> Result<int64_t> { return tx.one("SELECT pg_backend_pid()")->integer(0); })));
  MUST(insert(fresh.database(), 2));
  EXPECT_EQ(count(fresh.database()), 3);
  EXPECT_EQ(fresh.database().counters().retries, 1);
}

TEST(PostgresFaults, ALostConnectionHeals) {
  LINLI_NEEDS_ENGINE(Engine::postgres);
  testing::Fresh fresh(Engine::postgres);
  create_table(fresh.database());
  int runs = 0;
  MUST(fresh.database().transact([&](Tx& tx) -> Done {
    tx.run("INSERT INTO thing VALUES (1, 1)");
    if (++runs == 1) terminate(tx.one("SELECT pg_backend_pid()")->integer(0));
    tx.run("INSERT INTO thing VALUES (2, 1)");
    return {};
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(fresh.database()), 3);
  EXPECT_EQ(fresh.database().counters().retries, 1);
}

TEST(PostgresFaults, ADeadlockIsRunAgainUntilBothSucceed) {
  LINLI_NEEDS_ENGINE(Engine::postgres);
  testing::Fresh fresh(Engine::postgres);
  create_table(fresh.database());
  MUST(insert(fresh.database(), 1));
  std::promise<void> first_holds;
  std::promise<void> second_holds;
  const auto add = [](Tx& tx, int64_t id) {
    tx.affected("UPDATE thing SET value = value + 10 WHERE id = $1", {id});
  };
  std::thread second([&] {
    bool again = false;
    MUST(fresh.database().transact([&](Tx& tx) -> Done {
      add(tx, 1);
      if (!again) second_holds.set_value();
      if (!again) first_holds.get_future().wait();
      again = true;
      add(tx, 0);
      return {};
    }));
  });
  bool again = false;
  MUST(fresh.database().transact([&](Tx& tx) -> Done {
    add(tx, 0);
    if (!again) first_holds.set_value();
    if (!again) second_holds.get_future().wait();
    again = true;
    add(tx, 1);
    return {};
  }));
  second.join();
  EXPECT_GE(fresh.database().counters().retries, 1);
  const int64_t sum = MUST(fresh.database().read([](Tx& tx) -> Result<int64_t> {
    return tx.one("SELECT SUM(value) FROM thing")->integer(0);
  }));
  EXPECT_EQ(sum, 41);
}

TEST(PostgresFaults, AMigrationMayChangeATableUnderCachedStatements) {
  LINLI_NEEDS_ENGINE(Engine::postgres);
  testing::Fresh fresh(Engine::postgres, {.readers = 2});
  create_table(fresh.database());
  const auto first_value = [&] {
    return MUST(fresh.database().read(
        [](Tx& tx) -> Result<Value> { return tx.one("SELECT value FROM thing")->value(0); }));
  };
  EXPECT_EQ(first_value(), Value(int64_t{0}));
  MUST(fresh.database().transact([](Tx& tx) -> Done {
    tx.script("ALTER TABLE thing ALTER COLUMN value TYPE TEXT");
    return {};
  }));
  EXPECT_EQ(first_value(), Value("0"));
}

TEST(SqliteFaults, AFullDiskIsAFaultAndLaterWritesWork) {
  testing::Fresh fresh(Engine::sqlite);
  create_table(fresh.database());
  const auto limit = [&](const char* pages) {
    MUST(fresh.database().transact([&](Tx& tx) -> Done {
      tx.script(std::string("PRAGMA max_page_count = ") + pages);
      return {};
    }));
  };
  limit("8");
  const auto fill = [&] {
    static_cast<void>(fresh.database().transact([](Tx& tx) -> Done {
      tx.script("CREATE TABLE big (id BIGINT, text TEXT)");
      for (int64_t i = 0; i < 100; ++i) {
        tx.run("INSERT INTO big VALUES ($1, $2)", {i, std::string(4000, 'x')});
      }
      return {};
    }));
  };
  EXPECT_THROW(fill(), std::runtime_error);
  EXPECT_EQ(count(fresh.database()), 1);
  limit("1000000");
  MUST(insert(fresh.database(), 1));
  fill();
  EXPECT_EQ(count(fresh.database()), 2);
}

}  // namespace
}  // namespace linli::db
