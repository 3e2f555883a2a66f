// Region codes: the address of everything.
//
// A code has 2 (province), 4 (city), 6 (county), 9 (township), 12 (village or community),
// 15 (grid) or 17 (micro-grid) digits and is kept as one 64-bit integer padded with zeros to 17
// digits, so that "everything under X" is the range [X, X.last()]. On the wire it is the short
// text ("620802001001"). Cities without counties (Dongguan 4419, printed as 441900) have no county
// level: the two codes are one and the township hangs on the city.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace linli::region {

enum class Level { nation, province, city, county, township, village, grid, micro_grid };
std::string_view name_of(Level level);
Result<Level> level_named(std::string_view name);

class Code {
 public:
  Code() = default;  // the nation: everything
  explicit constexpr Code(int64_t padded) : padded_(padded) {}

  // Reads the wire form: 0 (""), 2, 4, 6, 9, 12, 15 or 17 digits. Refuses others with
  // `place.bad_code`.
  static Result<Code> parse(std::string_view text);

  int64_t padded() const { return padded_; }
  int64_t first() const { return padded_; }
  int64_t last() const;  // inclusive end of everything under it
  Level level() const;
  std::string text() const;    // shortest wire form; "" is the nation
  Code parent() const;         // the nation's parent is the nation
  Code at(Level level) const;  // this or the ancestor at that level; itself when above it
  Code village() const { return at(Level::village); }
  bool contains(Code other) const { return other.padded_ >= first() && other.padded_ <= last(); }
  // From itself up to the nation, without levels that the code skips.
  std::vector<Code> chain() const;

  friend auto operator<=>(const Code&, const Code&) = default;

 private:
  int64_t padded_ = 0;
};

}  // namespace linli::region

template <>
struct std::hash<linli::region::Code> {
  size_t operator()(linli::region::Code code) const noexcept {
    return std::hash<int64_t>{}(code.padded());
  }
};
