// Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood 2014), and no std
// distributions, whose results differ between libraries.
#pragma once

#include <cmath>
#include <cstdint>
#include <iterator>
#include <numbers>
#include <utility>

namespace linli {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  // Independent of how much was drawn from `seed`'s other parts.
  Random(uint64_t seed, uint64_t part) : state_(seed * 0x9e3779b97f4a7c15ULL ^ part) { next(); }

  uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
  }
  double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // [0, 1)
  bool chance(double probability) { return share() < probability; }
  int64_t below(int64_t end) { return static_cast<int64_t>(share() * static_cast<double>(end)); }
  int64_t between(int64_t first, int64_t last) { return first + below(last - first + 1); }
  double between(double low, double high) { return low + share() * (high - low); }
  // The whole number next to `expected`, the one above as often as its fraction says.
  int64_t about(double expected) {
    const double whole = std::floor(expected);
    return static_cast<int64_t>(whole) + (chance(expected - whole) ? 1 : 0);
  }
  double normal() {  // Box–Muller
    const double radius = std::sqrt(-2 * std::log(1 - share()));
    return radius * std::cos(2 * std::numbers::pi * share());
  }
  double log_normal(double median, double spread) { return median * std::exp(spread * normal()); }
  template <class List>
  const auto& one_of(const List& list) {
    return list[static_cast<size_t>(below(std::ssize(list)))];
  }
  template <class List>
  void shuffle(List& list) {
    for (size_t left = list.size(); left > 1; --left) {
      std::swap(list[left - 1], list[static_cast<size_t>(below(static_cast<int64_t>(left)))]);
    }
  }

 private:
  uint64_t state_;
};

}  // namespace linli
