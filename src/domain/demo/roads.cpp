#include "domain/demo/roads.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace linli::demo {
namespace {

constexpr size_t kNear = 12;  // neighbours that are looked at

// The nearest of each, found by squares that hold about two.
class Near {
 public:
  explicit Near(const std::vector<Seat>& seats) : seats_(seats) {
    Spot low = seats.front().at;
    Spot high = low;
    for (const Seat& seat : seats) {
      low = {std::min(low.x, seat.at.x), std::min(low.y, seat.at.y)};
      high = {std::max(high.x, seat.at.x), std::max(high.y, seat.at.y)};
    }
    const Spot size = high - low;
    const double longest = std::max({size.x, size.y, 1.0});
    const auto count = static_cast<double>(seats.size());
    side_ = std::max(std::sqrt(2 * size.x * size.y / count), 2 * longest / count);
    widest_ = static_cast<int64_t>(longest / side_) + 1;
    for (size_t i = 0; i < seats.size(); ++i) squares_[square_of(seats[i].at)].push_back(i);
  }

  std::vector<size_t> of(size_t seat) const {
    const auto [x, y] = square_of(seats_[seat].at);
    std::vector<std::pair<double, size_t>> found;
    // Whatever a ring of squares holds is farther than the rings within, less one square.
    for (int64_t ring = 0, enough = widest_; ring <= enough; ++ring) {
      for (int64_t dx = -ring; dx <= ring; ++dx) {
        for (int64_t dy = -ring; dy <= ring; ++dy) {
          if (std::max(std::abs(dx), std::abs(dy)) != ring) continue;
          const auto square = squares_.find({x + dx, y + dy});
          if (square == squares_.end()) continue;
          for (const size_t other : square->second) {
            if (other == seat) continue;
            found.emplace_back(length_of(seats_[other].at - seats_[seat].at), other);
          }
        }
      }
      if (found.size() >= kNear) enough = std::min(enough, ring + 1);
    }
    std::sort(found.begin(), found.end());
    std::vector<size_t> near;
    for (size_t i = 0; i < std::min(kNear, found.size()); ++i) near.push_back(found[i].second);
    return near;
  }

 private:
  std::pair<int64_t, int64_t> square_of(Spot spot) const {
    return {std::llround(std::floor(spot.x / side_)), std::llround(std::floor(spot.y / side_))};
  }

  const std::vector<Seat>& seats_;
  double side_ = 1;
  int64_t widest_ = 1;
  std::map<std::pair<int64_t, int64_t>, std::vector<size_t>> squares_;
};

// Which seats hang together.
class Parts {
 public:
  explicit Parts(size_t count) : above_(count) { std::iota(above_.begin(), above_.end(), 0U); }
  // False when they hung together already.
  bool join(size_t a, size_t b) {
    a = top(a);
    b = top(b);
    above_[a] = b;
    return a != b;
  }

 private:
  size_t top(size_t one) {
    while (above_[one] != one) one = above_[one] = above_[above_[one]];
    return one;
  }
  std::vector<size_t> above_;
};

}  // namespace

std::vector<std::pair<size_t, size_t>> roads_between(const std::vector<Seat>& seats) {
  std::vector<std::pair<size_t, size_t>> roads;
  if (seats.empty()) return roads;
  const Near near(seats);
  Parts parts(seats.size());
  const auto add = [&](size_t a, size_t b) {
    roads.emplace_back(a, b);
    parts.join(a, b);
  };
  for (size_t a = 0; a < seats.size(); ++a) {
    const std::vector<size_t> beside = near.of(a);
    for (const size_t b : beside) {
      if (b < a) continue;
      const Spot middle = (seats[a].at + seats[b].at) * 0.5;
      const double radius = length_of(seats[a].at - middle);
      const bool between = std::any_of(beside.begin(), beside.end(), [&](size_t c) {
        return c != b && length_of(seats[c].at - middle) < radius;
      });
      if (!between) add(a, b);
    }
  }
  std::unordered_map<region::Code, size_t> seat_of;
  for (size_t i = 0; i < seats.size(); ++i) {
    for (region::Code above = seats[i].village; above != region::Code();) {
      above = above.parent();
      const auto [seat, is_first] = seat_of.try_emplace(above, i);
      if (!is_first) {
        if (parts.join(i, seat->second)) roads.emplace_back(i, seat->second);
        break;
      }
    }
  }
  return roads;
}

}  // namespace linli::demo
