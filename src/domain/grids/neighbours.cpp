#include "domain/grids/neighbours.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace linli::grids {
namespace {

constexpr size_t kLooked = 12;       // nearest ones among which neighbours are sought
constexpr double kLongestWay = 3;    // times the straight line
constexpr double kDoorsM = 60;       // from the doors to the street and back
constexpr double kLeastM = 5;        // houses of one point
constexpr double kWithinEstate = 4;  // what a border through an estate costs more

double between(const Building& a, const Building& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

class Sets {
 public:
  explicit Sets(size_t count) : above_(count) { std::iota(above_.begin(), above_.end(), 0U); }
  uint32_t find(uint32_t one) {
    while (above_[one] != one) one = above_[one] = above_[above_[one]];
    return one;
  }
  bool join(uint32_t a, uint32_t b) {
    a = find(a);
    b = find(b);
    above_[a] = b;
    return a != b;
  }

 private:
  std::vector<uint32_t> above_;
};

struct Link {
  uint32_t a = 0;
  uint32_t b = 0;
  double metres = 0;
};

std::vector<std::vector<uint32_t>> nearest(const std::vector<Building>& buildings) {
  std::vector<std::vector<uint32_t>> all(buildings.size());
  std::vector<std::pair<double, uint32_t>> others;
  for (size_t i = 0; i < buildings.size(); ++i) {
    others.clear();
    for (uint32_t k = 0; k < buildings.size(); ++k) {
      if (k != i) others.emplace_back(between(buildings[i], buildings[k]), k);
    }
    const size_t kept = std::min(kLooked, others.size());
    std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(kept),
                      others.end());
    for (size_t k = 0; k < kept; ++k) all[i].push_back(others[k].second);
  }
  return all;
}

std::vector<Link> gabriel(const std::vector<Building>& buildings, const Walk& walk) {
  const std::vector<std::vector<uint32_t>> around = nearest(buildings);
  const auto lies_between = [&](const Building& a, const Building& b, const Building& third) {
    const double from_a = between(a, third);
    const double from_b = between(b, third);
    const double whole = between(a, b);
    return from_a * from_a + from_b * from_b < whole * whole * (1 - 1e-9);
  };
  std::vector<Link> links;
  for (uint32_t i = 0; i < buildings.size(); ++i) {
    for (const uint32_t k : around[i]) {
      const auto& back = around[k];
      const bool mutual = std::find(back.begin(), back.end(), i) != back.end();
      if (mutual && k < i) continue;
      const auto third = [&](uint32_t one) {
        return one != i && one != k && lies_between(buildings[i], buildings[k], buildings[one]);
      };
      if (std::any_of(around[i].begin(), around[i].end(), third) ||
          std::any_of(back.begin(), back.end(), third)) {
        continue;
      }
      Link link{i, k, between(buildings[i], buildings[k])};
      if (walk) {
        const std::optional<double> way = walk(i, k);
        if (!way || *way > kLongestWay * link.metres + kDoorsM) continue;
        link.metres = *way;
      }
      links.push_back(link);
    }
  }
  return links;
}

// Ties together, by the shortest lines, what of `members` does not hang together.
void tie_up(const std::vector<Building>& buildings, const std::vector<uint32_t>& members,
            std::vector<Link>& links) {
  Sets sets(buildings.size());
  std::vector<bool> is_member(buildings.size(), false);
  for (const uint32_t member : members) is_member[member] = true;
  for (const Link& link : links) {
    if (is_member[link.a] && is_member[link.b]) sets.join(link.a, link.b);
  }
  // Borůvka: each round joins every part to the one nearest to it.
  for (bool joined = true; joined;) {
    joined = false;
    std::map<uint32_t, Link> nearest_of;
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t k = i + 1; k < members.size(); ++k) {
        const uint32_t part[] = {sets.find(members[i]), sets.find(members[k])};
        if (part[0] == part[1]) continue;
        const Link link{members[i], members[k],
                        between(buildings[members[i]], buildings[members[k]])};
        for (const uint32_t one : part) {
          const auto [at, is_new] = nearest_of.try_emplace(one, link);
          if (!is_new && link.metres < at->second.metres) at->second = link;
        }
      }
    }
    for (const auto& [part, link] : nearest_of) {
      if (!sets.join(link.a, link.b)) continue;
      links.push_back(link);
      joined = true;
    }
  }
}

}  // namespace

std::vector<Neighbours> neighbours(const std::vector<Building>& buildings,
                                   const std::vector<int64_t>& close, const Walk& walk) {
  std::vector<Link> links = gabriel(buildings, walk);
  std::map<int64_t, std::vector<uint32_t>> groups;
  std::vector<uint32_t> everybody(buildings.size());
  std::iota(everybody.begin(), everybody.end(), 0U);
  for (const uint32_t one : everybody) {
    if (buildings[one].group != kNone) groups[buildings[one].group].push_back(one);
  }
  for (const auto& [group, members] : groups) tie_up(buildings, members, links);
  tie_up(buildings, everybody, links);

  std::vector<double> lengths;
  for (const Link& link : links) lengths.push_back(std::max(kLeastM, link.metres));
  double middle = 1;
  if (!lengths.empty()) {
    const auto half = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), half, lengths.end());
    middle = *half;
  }
  std::vector<Neighbours> pairs;
  for (const Link& link : links) {
    double weight = std::clamp(middle / std::max(kLeastM, link.metres), 0.2, 5.0);
    if (close[link.a] != kNone && close[link.a] == close[link.b]) weight *= kWithinEstate;
    pairs.push_back({link.a, link.b, weight});
  }
  return pairs;
}

}  // namespace linli::grids
