#include "host/dispatcher.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "host/testing.h"

namespace linli::host {
namespace {

// Writes what it hears into a table of its own; may be told to fail.
struct Ear {
  std::string name;
  std::vector<std::string> wants;
  bool* refuses = nullptr;
  bool* throws = nullptr;

  Listener listener() const {
    return {name, wants,
            [who = name, no = refuses, bad = throws](db::Tx& tx, Services&,
                                                     const Event& event) -> Done {
              tx.run("INSERT INTO heard (who, position, name) VALUES ($1, $2, $3)",
                     {who, event.position, event.name});
              if (no != nullptr && *no) return refuse(ErrorKind::conflict, "ear.closed");
              if (bad != nullptr && *bad) throw std::runtime_error("ear broke");
              return {};
            }};
  }
};

class DispatcherTest : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    MUST(stage_.services.database.transact([](db::Tx& tx) -> Done {
      tx.script("CREATE TABLE heard (who TEXT, position BIGINT, name TEXT)");
      return {};
    }));
  }

  void say(std::vector<std::string> names) {
    for (const std::string& name : names) {
      MUST(stage_.services.database.transact([&](db::Tx& tx) -> Done {
        stage_.services.announce(tx, {.name = name, .at = ++now_});
        return {};
      }));
    }
  }

  std::string heard(const std::string& who) {
    return MUST(stage_.services.database.read([&](db::Tx& tx) -> Result<std::string> {
      std::string all;
      for (const db::Row& row :
           tx.query("SELECT name FROM heard WHERE who = $1 ORDER BY position", {who})) {
        all += row.text(0) + " ";
      }
      return all;
    }));
  }

  bool refuses_ = false;
  bool throws_ = false;
  time::Instant now_ = 1;
  testing::Stage stage_{GetParam(),
                        {{.name = "m",
                          .listeners = {Ear{"good", {"a", "b"}}.listener(),
                                        Ear{"moody", {"b"}, &refuses_, &throws_}.listener()}}}};
  Dispatcher dispatcher_{stage_.services};
};

INSTANTIATE_TEST_SUITE_P(, DispatcherTest, db::testing::engines(), db::testing::engine_name);

TEST_P(DispatcherTest, EachListenerHearsWhatItWantsOnceInOrder) {
  say({"a", "c", "b", "a"});
  dispatcher_.pass();
  dispatcher_.pass();
  EXPECT_EQ(heard("good"), "a b a ");
  EXPECT_EQ(heard("moody"), "b ");
}

TEST_P(DispatcherTest, AFailingListenerWaitsAndLosesNothing) {
  refuses_ = true;
  say({"b", "a"});
  dispatcher_.pass();
  EXPECT_EQ(heard("good"), "b a ");
  EXPECT_EQ(heard("moody"), "");
  const auto stuck = dispatcher_.readers();
  ASSERT_EQ(stuck.size(), 2U);
  EXPECT_EQ(stuck[1].failures, 1);
  EXPECT_EQ(stuck[1].behind, 2);
  EXPECT_NE(stuck[1].last_error.find("ear.closed"), std::string::npos);

  refuses_ = false;
  throws_ = true;
  dispatcher_.pass();
  EXPECT_EQ(heard("moody"), "");
  throws_ = false;
  dispatcher_.pass();
  EXPECT_EQ(heard("moody"), "b ");
  EXPECT_EQ(dispatcher_.readers()[1].failures, 0);
}

TEST_P(DispatcherTest, EventsThatNobodyWantsPassWithoutAWrite) {
  say({"a"});
  dispatcher_.pass();
  const int64_t written = stage_.services.database.counters().transactions;
  say({"x", "x"});
  dispatcher_.pass();
  dispatcher_.pass();
  EXPECT_EQ(stage_.services.database.counters().transactions - written, 3)
      << "two that say and one that gives positions";
  say({"b"});
  dispatcher_.pass();
  EXPECT_EQ(heard("moody"), "b ");
  say({"x", "b"});
  Dispatcher(stage_.services).pass();
  EXPECT_EQ(heard("good"), "a b b ");
}

TEST_P(DispatcherTest, AnEventOfARolledBackTransactionIsNeverHeard) {
  const auto refused = stage_.services.database.transact([&](db::Tx& tx) -> Done {
    stage_.services.announce(tx, {.name = "a", .at = 1});
    return refuse(ErrorKind::conflict, "changed.mind");
  });
  EXPECT_FALSE(refused);
  dispatcher_.pass();
  EXPECT_EQ(heard("good"), "");
}

TEST_P(DispatcherTest, MoreEventsThanABatchAllArrive) {
  MUST(stage_.services.database.transact([&](db::Tx& tx) -> Done {
    for (int i = 0; i < 1203; ++i) {
      stage_.services.announce(tx, {.name = i % 3 == 0 ? "b" : "x", .at = ++now_});
    }
    return {};
  }));
  dispatcher_.pass();
  const auto count = MUST(stage_.services.database.read([](db::Tx& tx) -> Result<int64_t> {
    return tx.one("SELECT count(*) FROM heard WHERE who = 'good'")->integer(0);
  }));
  EXPECT_EQ(count, 401);
}

}  // namespace
}  // namespace linli::host
