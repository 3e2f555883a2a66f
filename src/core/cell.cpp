#include "core/cell.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace linli::cell {
namespace {

constexpr double kSide = 1 << kDepth;

uint64_t spread(uint64_t bits) {
  bits = (bits | bits << 16) & 0x0000ffff0000ffff;
  bits = (bits | bits << 8) & 0x00ff00ff00ff00ff;
  bits = (bits | bits << 4) & 0x0f0f0f0f0f0f0f0f;
  bits = (bits | bits << 2) & 0x3333333333333333;
  return (bits | bits << 1) & 0x5555555555555555;
}

uint64_t gather(uint64_t bits) {
  bits &= 0x5555555555555555;
  bits = (bits | bits >> 1) & 0x3333333333333333;
  bits = (bits | bits >> 2) & 0x0f0f0f0f0f0f0f0f;
  bits = (bits | bits >> 4) & 0x00ff00ff00ff00ff;
  bits = (bits | bits >> 8) & 0x0000ffff0000ffff;
  return (bits | bits >> 16) & 0xffffffff;
}

int64_t number(uint64_t x, uint64_t y) {
  return static_cast<int64_t>(spread(x) | spread(y) << 1);
}

uint64_t step(double at) {
  return static_cast<uint64_t>(std::clamp(std::floor(at * kSide), 0.0, kSide - 1));
}

struct Square {
  int zoom = 0;
  uint32_t x = 0;
  uint32_t y = 0;
};

}  // namespace

Spot project(Position position) {
  const double radians = position.lat * std::numbers::pi / 180;
  const double y = 0.5 - std::asinh(std::tan(radians)) / (2 * std::numbers::pi);
  return {position.lon / 360 + 0.5, std::clamp(y, 0.0, 1.0)};
}

Position unproject(Spot spot) {
  const double radians = std::atan(std::sinh((0.5 - spot.y) * 2 * std::numbers::pi));
  return {(spot.x - 0.5) * 360, radians * 180 / std::numbers::pi};
}

int64_t of(Position position) {
  const Spot spot = project(position);
  return number(step(spot.x), step(spot.y));
}

Position middle(int64_t cell, int depth) {
  const auto bits = static_cast<uint64_t>(cell);
  const double side = std::ldexp(1.0, depth);
  return unproject({(static_cast<double>(gather(bits)) + 0.5) / side,
                    (static_cast<double>(gather(bits >> 1)) + 0.5) / side});
}

int64_t at_depth(int64_t cell, int depth) {
  return cell >> 2 * (kDepth - depth);
}

Range inside(int zoom, uint32_t x, uint32_t y, int depth) {
  const int64_t square = number(x, y);
  const int below = 2 * (depth - zoom);
  return {square << below, ((square + 1) << below) - 1};
}

// Squares that meet the box are divided, level by level, as long as no more than `most` come of it.
std::vector<Range> cover(double west, double south, double east, double north, size_t most) {
  const Spot first = project({west, north});
  const Spot last = project({east, south});
  const auto meets = [&](const Square& square) {
    const double side = std::ldexp(1.0, -square.zoom);
    return square.x * side <= last.x && (square.x + 1) * side >= first.x &&
           square.y * side <= last.y && (square.y + 1) * side >= first.y;
  };
  std::vector<Square> squares = {{}};
  for (int zoom = 1; zoom <= kDepth; ++zoom) {
    std::vector<Square> finer;
    for (const Square& square : squares) {
      for (uint32_t quarter = 0; quarter < 4; ++quarter) {
        const Square part{zoom, square.x * 2 + quarter % 2, square.y * 2 + quarter / 2};
        if (meets(part)) finer.push_back(part);
      }
    }
    if (finer.empty() || finer.size() > most) break;
    squares = std::move(finer);
  }
  std::vector<Range> ranges;
  for (const Square& square : squares) ranges.push_back(inside(square.zoom, square.x, square.y));
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::vector<Range> joined;
  for (const Range& range : ranges) {
    if (!joined.empty() && joined.back().last + 1 == range.first) {
      joined.back().last = range.last;
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

}  // namespace linli::cell
