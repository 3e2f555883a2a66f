#include "core/region.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace linli::region {

namespace {

constexpr std::array<std::string_view, 8> kNames = {"nation",   "province", "city", "county",
                                                    "township", "village",  "grid", "micro_grid"};
constexpr std::array<size_t, 8> kDigits = {0, 2, 4, 6, 9, 12, 15, 17};
// What one step at the level is worth in the padded integer; of the nation: one beyond the last.
constexpr std::array<int64_t, 8> kUnit = {100'000'000'000'000'000,
                                          1'000'000'000'000'000,
                                          10'000'000'000'000,
                                          100'000'000'000,
                                          100'000'000,
                                          100'000,
                                          100,
                                          1};

size_t index_of(Level level) {
  return static_cast<size_t>(level);
}

}  // namespace

std::string_view name_of(Level level) {
  return kNames[index_of(level)];
}

Result<Level> level_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) {
    return refuse(ErrorKind::invalid, "place.bad_level", std::string(name));
  }
  return static_cast<Level>(found - kNames.begin());
}

Result<Code> Code::parse(std::string_view text) {
  if (text.empty()) return Code();
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto level = std::find(kDigits.begin(), kDigits.end(), text.size());
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (level == kDigits.end() || !digits || text.substr(0, 2) == "00" ||
      std::from_chars(text.data(), end, number).ptr != end) {
    return refuse(ErrorKind::invalid, "place.bad_code", std::string(text));
  }
  return Code(number * kUnit[static_cast<size_t>(level - kDigits.begin())]);
}

int64_t Code::last() const {
  return padded_ + kUnit[index_of(level())] - 1;
}

Level Code::level() const {
  size_t level = 0;
  while (padded_ % kUnit[level] != 0) ++level;
  return static_cast<Level>(level);
}

std::string Code::text() const {
  std::string digits = std::to_string(padded_);
  digits.insert(0, 17 - digits.size(), '0');
  return digits.substr(0, kDigits[index_of(level())]);
}

Code Code::parent() const {
  const Level own = level();
  return own == Level::nation ? *this : at(static_cast<Level>(index_of(own) - 1));
}

Code Code::at(Level level) const {
  return level == Level::nation ? Code() : Code(padded_ - padded_ % kUnit[index_of(level)]);
}

std::vector<Code> Code::chain() const {
  std::vector<Code> chain = {*this};
  while (chain.back() != Code()) chain.push_back(chain.back().parent());
  return chain;
}

}  // namespace linli::region
