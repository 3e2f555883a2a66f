#include "db/admission.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace linli::db {
namespace {

// Takes a slot on a thread of its own, says who it is and gives the slot back.
class Crowd {
 public:
  explicit Crowd(Admission& door) : door_(door) {}
  ~Crowd() { leave(); }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Returns when the newcomer waits at the door.
  void come(const std::string& name, bool writing) {
    const size_t before = door_.waiting();
    threads_.emplace_back([this, name, writing] {
      const size_t slot = door_.take(writing);
      {
        const std::lock_guard lock(mutex_);
        order_ += name + " ";
      }
      door_.give_back(slot, writing);
    });
    while (door_.waiting() == before) std::this_thread::yield();
  }
  std::string leave() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return order_;
  }

 private:
  Admission& door_;
  std::mutex mutex_;
  std::string order_;
  std::vector<std::thread> threads_;
};

TEST(AdmissionTest, ReadersComeBeforeASecondWriterAndEachKindInTheOrderOfItsComing) {
  Admission door(2, 2);
  const size_t writer = door.take(true);
  const size_t other = door.take(true);
  Crowd crowd(door);
  crowd.come("w1", true);
  crowd.come("w2", true);
  crowd.come("r1", false);
  crowd.come("w3", true);
  crowd.come("r2", false);
  door.give_back(other, true);
  EXPECT_EQ(crowd.leave(), "r1 r2 w1 w2 w3 ");
  door.give_back(writer, true);
}

TEST(AdmissionTest, AWriterIsNotKeptOutByReaders) {
  Admission door(2, 1);
  const size_t first = door.take(false);
  const size_t second = door.take(false);
  Crowd crowd(door);
  crowd.come("r1", false);
  crowd.come("r2", false);
  crowd.come("w", true);
  door.give_back(first, false);
  EXPECT_EQ(crowd.leave(), "w r1 r2 ");
  door.give_back(second, false);
}

TEST(AdmissionTest, ReadersPassWritersThatMustWait) {
  Admission door(3, 1);
  const size_t writer = door.take(true);
  Crowd crowd(door);
  crowd.come("w", true);
  const size_t first = door.take(false);
  const size_t second = door.take(false);
  EXPECT_EQ(writer + first + second, 3U) << "0, 1 and 2";
  door.give_back(first, false);
  door.give_back(second, false);
  EXPECT_EQ(door.waiting(), 1U);
  door.give_back(writer, true);
  EXPECT_EQ(crowd.leave(), "w ");
}

TEST(AdmissionTest, NoSlotIsGivenTwiceAndNoMoreWritersAreInThanMay) {
  constexpr size_t kSlots = 5;
  constexpr int kWriters = 2;
  Admission door(kSlots, kWriters);
  std::vector<std::atomic<int>> holders(kSlots);
  std::atomic<int> writers{0};
  std::atomic<bool> wrong{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t) {
    threads.emplace_back([&, t] {
      const bool writing = t % 2 == 0;
      for (int i = 0; i < 500; ++i) {
        const size_t slot = door.take(writing);
        if (++holders[slot] != 1) wrong = true;
        if (writing && ++writers > kWriters) wrong = true;
        std::this_thread::yield();
        if (writing) --writers;
        --holders[slot];
        door.give_back(slot, writing);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace linli::db
