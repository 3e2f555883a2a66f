#include "db/database.h"

#include <atomic>
#include <limits>
#include <thread>

#include <gtest/gtest.h>

#include "db/testing.h"

namespace linli::db {
namespace {

class Databases : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    MUST(base().transact([](Tx& tx) -> Done {
      tx.script(
          "CREATE TABLE thing (id TEXT PRIMARY KEY, whole BIGINT, real DOUBLE PRECISION, word "
          "TEXT);"
          "CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);"
          "CREATE TABLE part (thing_id TEXT REFERENCES thing (id), size BIGINT CHECK (size > 0),"
          " name TEXT NOT NULL);"
          "INSERT INTO counter VALUES (1, 0)");
      return {};
    }));
  }

  Database& base() { return fresh.database(); }

  int64_t number(std::string_view sql, const Params& params = {}) {
    return MUST(
        base().read([&](Tx& tx) -> Result<int64_t> { return tx.one(sql, params)->integer(0); }));
  }

  Done run(std::string_view sql, const Params& params = {}) {
    return base().transact([&](Tx& tx) -> Done {
      tx.run(sql, params);
      return {};
    });
  }

  testing::Fresh fresh{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(, Databases, testing::engines(), testing::engine_name);

TEST_P(Databases, AClusteredTableIsItsKey) {
  MUST(base().transact([](Tx& tx) -> Done {
    tx.script(
        "CREATE TABLE narrow (village BIGINT NOT NULL, id TEXT NOT NULL, size BIGINT NOT NULL,"
        " PRIMARY KEY (village, id)) /* clustered */;"
        "INSERT INTO narrow VALUES (1, 'a', 10), (1, 'b', 20)");
    return {};
  }));
  EXPECT_EQ(MUST(base().transact([](Tx& tx) -> Result<int64_t> {
              return tx.affected("UPDATE narrow SET size = size + 1 WHERE village = $1",
                                 {int64_t{1}});
            })),
            2);
  EXPECT_EQ(number("SELECT SUM(size) FROM narrow"), 32);
  if (GetParam() == Engine::sqlite) {
    EXPECT_EQ(number("SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'narrow'"), 1);
  }
}

TEST_P(Databases, ValuesComeBackAsTheyWentIn) {
  const std::vector<Params> things = {
      {"a", std::numeric_limits<int64_t>::max(), 0.1, "崆峒区 'quoted' \\ \"text\""},
      {"b", std::numeric_limits<int64_t>::min(), 1e300, ""},
      {"c", Value(), Value(), Value()},
      {"d", int64_t{0}, 116.397428, "line\nline"},
  };
  for (const Params& thing : things) MUST(run("INSERT INTO thing VALUES ($1, $2, $3, $4)", thing));
  std::vector<Params> found;
  MUST(base().read([&](Tx& tx) -> Done {
    tx.each("SELECT id, whole, real, word FROM thing ORDER BY id", {}, [&](const Row& row) {
      found.push_back({row.value(0), row.value(1), row.value(2), row.value(3)});
      return true;
    });
    return {};
  }));
  EXPECT_EQ(found, things);
}

TEST_P(Databases, ComputedColumnsHaveTheSameTypesOnBothEngines) {
  MUST(run("INSERT INTO thing VALUES ($1, $2, $3, $4)", {"a", int64_t{7}, 2.5, "x"}));
  MUST(base().read([&](Tx& tx) -> Done {
    const Row row = *tx.one(
        "SELECT COUNT(*), SUM(whole), SUM(real), whole / 2, whole > 3, $1, $2, COALESCE($3, word),"
        " CASE WHEN whole = 7 THEN $4 ELSE 0 END FROM thing GROUP BY id, whole, word",
        {int64_t{5}, "text", Value(), int64_t{9}});
    EXPECT_EQ(row.value(0), Value(int64_t{1}));
    EXPECT_EQ(row.value(1), Value(int64_t{7}));
    EXPECT_EQ(row.value(2), Value(2.5));
    EXPECT_EQ(row.value(3), Value(int64_t{3}));
    EXPECT_EQ(row.value(4), Value(int64_t{1}));
    EXPECT_EQ(row.value(5), Value(int64_t{5}));
    EXPECT_EQ(row.value(6), Value("text"));
    EXPECT_EQ(row.value(7), Value("x"));
    EXPECT_EQ(row.value(8), Value(int64_t{9}));
    return {};
  }));
}

TEST_P(Databases, AParameterMayChangeItsTypeFromCallToCall) {
  const std::string_view sql = "INSERT INTO thing (id, whole, real) VALUES ($1, $2, $3)";
  MUST(base().transact([&](Tx& tx) -> Done {
    tx.run(sql, {"a", Value(), Value()});
    tx.run(sql, {"b", int64_t{1}, int64_t{2}});
    tx.run(sql, {"c", Value(), 2.5});
    tx.run(sql, {"d", int64_t{3}, int64_t{4}});
    return {};
  }));
  EXPECT_EQ(number("SELECT SUM(whole) FROM thing"), 4);
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing WHERE real = $1", {2.5}), 1);
}

TEST_P(Databases, ALikeHeedsCaseAndTextSortsByBytes) {
  for (const char* id : {"b", "B", "a", "区"})
    MUST(run("INSERT INTO thing (id) VALUES ($1)", {id}));
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing WHERE id LIKE $1", {"b%"}), 1);
  std::string order;
  MUST(base().read([&](Tx& tx) -> Done {
    for (const Row& row : tx.query("SELECT id FROM thing ORDER BY id")) order += row.text(0);
    return {};
  }));
  EXPECT_EQ(order, "Bab区");
}

TEST_P(Databases, AStatementTellsHowManyRowsItAffected) {
  for (const char* id : {"a", "b", "c"}) MUST(run("INSERT INTO thing (id) VALUES ($1)", {id}));
  MUST(base().transact([](Tx& tx) -> Done {
    EXPECT_EQ(tx.affected("UPDATE thing SET whole = 1 WHERE id <> $1", {"a"}), 2);
    EXPECT_EQ(tx.affected("UPDATE thing SET whole = 1 WHERE id = $1", {"z"}), 0);
    EXPECT_EQ(tx.affected("DELETE FROM thing"), 3);
    return {};
  }));
}

TEST_P(Databases, AStatementMayRunWhileAnotherStreams) {
  for (const char* id : {"a", "b", "c"}) MUST(run("INSERT INTO thing (id) VALUES ($1)", {id}));
  MUST(base().transact([](Tx& tx) -> Done {
    tx.each("SELECT id FROM thing ORDER BY id", {}, [&](const Row& row) {
      tx.run("UPDATE thing SET word = $1 WHERE id = $1", {row.text(0)});
      return row.text(0) != "b";
    });
    return {};
  }));
  EXPECT_EQ(number("SELECT COUNT(word) FROM thing"), 2);
}

TEST_P(Databases, ConstraintsComeBackAsRefusals) {
  MUST(run("INSERT INTO thing (id) VALUES ('a')"));
  const auto code_of = [&](std::string_view sql) { return run(sql).error().code; };
  EXPECT_EQ(code_of("INSERT INTO thing (id) VALUES ('a')"), "db.unique");
  EXPECT_EQ(code_of("INSERT INTO part VALUES ('b', 1, 'x')"), "db.foreign_key");
  EXPECT_EQ(code_of("INSERT INTO part VALUES ('a', 0, 'x')"), "db.check");
  EXPECT_EQ(code_of("INSERT INTO part VALUES ('a', 1, NULL)"), "db.not_null");
  EXPECT_EQ(
      run("INSERT INTO thing VALUES ($1, 1, 1, $2)", {"n", std::string("a\0b", 3)}).error().code,
      "db.check");
}

TEST_P(Databases, WhatAStatementBreaksIsKnownByTheCommit) {
  const Done refused = base().transact([&](Tx& tx) -> Done {
    for (const char* id : {"b", "b", "c"}) tx.run("INSERT INTO thing (id) VALUES ($1)", {id});
    return {};
  });
  EXPECT_EQ(refused.error().code, "db.unique");
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing"), 0);
}

TEST_P(Databases, StatementsAreSeenByThoseAfterThem) {
  constexpr int64_t kMany = 500;
  MUST(base().transact([&](Tx& tx) -> Done {
    for (int64_t i = 0; i < kMany; ++i) {
      tx.run("INSERT INTO thing (id, whole) VALUES ($1, $2)", {std::to_string(i), i});
    }
    EXPECT_EQ(tx.one("SELECT SUM(whole) FROM thing")->integer(0), kMany * (kMany - 1) / 2);
    tx.run("UPDATE thing SET whole = 1");
    EXPECT_EQ(tx.affected("DELETE FROM thing WHERE whole = 1"), kMany);
    tx.run("INSERT INTO thing (id) VALUES ('last')");
    tx.script("UPDATE thing SET whole = 7");
    return {};
  }));
  EXPECT_EQ(number("SELECT SUM(whole) FROM thing"), 7);
}

TEST_P(Databases, ARefusalOrAFaultRollsBack) {
  bool announced = false;
  const Done refused = base().transact([&](Tx& tx) -> Done {
    tx.on_commit([&] { announced = true; });
    tx.run("INSERT INTO thing (id) VALUES ('a')");
    return refuse(ErrorKind::conflict, "thing.no");
  });
  EXPECT_EQ(refused.error().code, "thing.no");
  EXPECT_THROW(static_cast<void>(base().transact([&](Tx& tx) -> Done {
                 tx.run("INSERT INTO thing (id) VALUES ('b')");
                 throw std::runtime_error("fault");
               })),
               std::runtime_error);
  EXPECT_FALSE(announced);
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing"), 0);
}

TEST_P(Databases, AFailedStatementSpoilsItsTransaction) {
  EXPECT_THROW(static_cast<void>(base().transact([&](Tx& tx) -> Done {
                 tx.run("INSERT INTO thing (id) VALUES ('a')");
                 EXPECT_THROW(tx.affected("INSERT INTO thing (id) VALUES ('a')"),
                              ConstraintViolation);
                 return {};
               })),
               std::logic_error);
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing"), 0);
}

TEST_P(Databases, CommittedActionsRunOnceAfterTheCommit) {
  int64_t seen = -1;
  MUST(base().transact([&](Tx& tx) -> Done {
    tx.run("INSERT INTO thing (id) VALUES ('a')");
    tx.on_commit([&] { seen = number("SELECT COUNT(*) FROM thing"); });
    return {};
  }));
  EXPECT_EQ(seen, 1);
}

TEST_P(Databases, AReadingTransactionCannotWrite) {
  EXPECT_ANY_THROW(static_cast<void>(base().read([](Tx& tx) -> Done {
    tx.run("INSERT INTO thing (id) VALUES ('a')");
    return {};
  })));
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing"), 0);
}

TEST_P(Databases, AReaderSeesOneMomentWhileOthersWrite) {
  MUST(base().read([&](Tx& tx) -> Done {
    const auto count = [&] { return tx.one("SELECT COUNT(*) FROM thing")->integer(0); };
    EXPECT_EQ(count(), 0);
    std::thread([&] { MUST(run("INSERT INTO thing (id) VALUES ('a')")); }).join();
    EXPECT_EQ(count(), 0);
    return {};
  }));
  EXPECT_EQ(number("SELECT COUNT(*) FROM thing"), 1);
}

TEST_P(Databases, ManyWritersLoseNothing) {
  constexpr int kThreads = 12;
  constexpr int kEach = 25;
  const Counters before = base().counters();
  std::vector<std::thread> threads;
  std::atomic<int> refused{0};
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const Done done = base().transact([&](Tx& tx) -> Done {
          const int64_t value =
              tx.one("UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value")
                  ->integer(0);
          tx.run("INSERT INTO thing (id, whole) VALUES ($1, $2)",
                 {std::to_string(t) + "/" + std::to_string(i), value});
          if (i % 5 == 4) return refuse(ErrorKind::conflict, "thing.no");
          return {};
        });
        if (!done) ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const int64_t kept = kThreads * kEach - refused;
  EXPECT_EQ(refused, kThreads * (kEach / 5));
  EXPECT_EQ(number("SELECT value FROM counter"), kept);
  EXPECT_EQ(number("SELECT COUNT(DISTINCT whole) FROM thing"), kept);
  const Counters after = base().counters();
  EXPECT_EQ(after.transactions - before.transactions, kThreads * kEach);
  if (GetParam() == Engine::sqlite) {
    EXPECT_LT(after.commits - before.commits, after.transactions - before.transactions);
  }
}

TEST(Postgres, OpenTransactionsHaveSlotsOfTheirOwn) {
  LINLI_NEEDS_ENGINE(Engine::postgres);
  testing::Fresh fresh(Engine::postgres);
  MUST(fresh.database().transact([&](Tx& outer) -> Done {
    std::thread([&] {
      MUST(fresh.database().transact([&](Tx& inner) -> Done {
        EXPECT_NE(inner.slot(), outer.slot());
        return {};
      }));
    }).join();
    return {};
  }));
}

TEST(Sqlite, MemoryHoldsOneDatabaseForAllThreads) {
  const auto base = MUST(open("sqlite::memory:"));
  MUST(base->transact([](Tx& tx) -> Done {
    tx.script("CREATE TABLE thing (id BIGINT PRIMARY KEY)");
    return {};
  }));
  std::thread([&] {
    MUST(base->transact([](Tx& tx) -> Done {
      tx.run("INSERT INTO thing VALUES (1)");
      return {};
    }));
  }).join();
  EXPECT_EQ(MUST(base->read([](Tx& tx) -> Result<int64_t> {
              return tx.one("SELECT COUNT(*) FROM thing")->integer(0);
            })),
            1);
}

TEST(Opening, AnUnreachableDatabaseIsRefusedWithTheReason) {
  EXPECT_EQ(open("sqlite:/nowhere/at/all.db").error().code, "db.cannot_open");
  EXPECT_EQ(open("postgres:///x?host=/nowhere").error().code, "db.cannot_open");
}

}  // namespace
}  // namespace linli::db
