#include "core/id.h"

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace linli::id {
namespace {

TEST(Id, IsAVersionSevenUuidOfItsInstant) {
  const std::string id = make(1'700'000'000'000'000);
  EXPECT_TRUE(is_valid(id));
  EXPECT_EQ(id.substr(0, 13), "018bcfe5-6800");
  EXPECT_EQ(id[14], '7');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
}

TEST(Id, AscendsWithinAMillisecondAndWhenTheClockGoesBack) {
  std::string last = make(1'800'000'000'000'000);
  for (int64_t i = 0; i < 10'000; ++i) {
    std::string next = make(1'800'000'000'000'000 - i * 1000);
    ASSERT_LT(last, next);
    last = std::move(next);
  }
}

TEST(Id, ThreadsNeverShareOne) {
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made) {
    threads.emplace_back([&ids] {
      for (int i = 0; i < 5000; ++i) ids.push_back(make(1'800'000'100'000'000));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& ids : made) {
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    all.insert(ids.begin(), ids.end());
  }
  EXPECT_EQ(all.size(), 20'000U);
}

TEST(Id, OtherTextsAreNoIds) {
  for (const std::string_view text :
       {"", "018bcfe5-6800-7000-8000-00000000000", "018BCFE5-6800-7000-8000-000000000000",
        "018bcfe56800-7000-8000-0000000000000", "018bcfe5-6800-7000-8000-00000000000g"}) {
    EXPECT_FALSE(is_valid(text)) << text;
  }
}

}  // namespace
}  // namespace linli::id
