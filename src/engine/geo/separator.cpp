#include "engine/geo/separator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace linli::geo {

namespace {

constexpr double kBalance = 0.25;
constexpr uint32_t kNoLevel = 0xffffffff;
constexpr size_t kNoLimit = static_cast<size_t>(-1);

// The position along one of four directions; longitudes are shortened as at the latitude.
int64_t along(Location location, int direction, double shorten) {
  const auto x = static_cast<int64_t>(location.lon * shorten);
  const int64_t y = location.lat;
  switch (direction) {
    case 0:
      return x;
    case 1:
      return y;
    case 2:
      return x + y;
    default:
      return x - y;
  }
}

}  // namespace

Divider::Divider(const Links& links, std::span<const Location> at)
    : links_(links), at_(at), inside_(links.nodes(), 0), local_(links.nodes(), 0) {}

void Divider::take(std::span<const Node> piece) {
  ++piece_number_;
  for (uint32_t i = 0; i < piece.size(); ++i) {
    inside_[piece[i]] = piece_number_;
    local_[piece[i]] = i;
  }
  first_.assign(1, 0);
  head_.clear();
  for (const Node node : piece) {
    for (const Node head : links_.of(node)) {
      if (inside_[head] == piece_number_) head_.push_back(local_[head]);
    }
    first_.push_back(static_cast<uint32_t>(head_.size()));
  }
  link_.resize(head_.size());
  uint32_t links = 0;
  for (uint32_t tail = 0; tail < piece.size(); ++tail) {
    for (uint32_t arc = first_[tail]; arc < first_[tail + 1]; ++arc) {
      if (head_[arc] > tail) link_[arc] = links++;
    }
  }
  for (uint32_t tail = 0; tail < piece.size(); ++tail) {
    for (uint32_t arc = first_[tail]; arc < first_[tail + 1]; ++arc) {
      const uint32_t head = head_[arc];
      if (head > tail) continue;
      for (uint32_t back = first_[head]; back < first_[head + 1]; ++back) {
        if (head_[back] == tail) link_[arc] = link_[back];
      }
    }
  }
  flow_.resize(links);
}

bool Divider::find_levels(std::span<const uint32_t> sources) {
  level_.assign(first_.size() - 1, kNoLevel);
  queue_.assign(sources.begin(), sources.end());
  for (const uint32_t source : sources) level_[source] = 0;
  bool reached = false;
  for (size_t at = 0; at < queue_.size(); ++at) {
    const uint32_t tail = queue_[at];
    if (end_[tail] == 2) {
      reached = true;
      continue;
    }
    for (uint32_t arc = first_[tail]; arc < first_[tail + 1]; ++arc) {
      const uint32_t head = head_[arc];
      if (level_[head] != kNoLevel || flow_[link_[arc]] == (tail < head ? 1 : -1)) continue;
      level_[head] = level_[tail] + 1;
      queue_.push_back(head);
    }
  }
  return reached;
}

// One path of free links down the levels from the source to any sink, then filled.
bool Divider::augment(uint32_t source) {
  path_.clear();
  uint32_t tail = source;
  while (true) {
    if (end_[tail] == 2) break;
    bool advanced = false;
    for (uint32_t& arc = next_arc_[tail]; arc < first_[tail + 1]; ++arc) {
      const uint32_t head = head_[arc];
      if (level_[head] != level_[tail] + 1 || flow_[link_[arc]] == (tail < head ? 1 : -1)) continue;
      path_.push_back(tail);
      tail = head;
      advanced = true;
      break;
    }
    if (advanced) continue;
    if (path_.empty()) return false;
    tail = path_.back();
    path_.pop_back();
    ++next_arc_[tail];
  }
  for (const uint32_t node : path_) {
    const uint32_t arc = next_arc_[node]++;
    flow_[link_[arc]] = static_cast<int8_t>(flow_[link_[arc]] + (node < head_[arc] ? 1 : -1));
  }
  return true;
}

Divider::Cut Divider::smallest_cut(std::span<const Node> piece, int direction, size_t limit) {
  const auto nodes = static_cast<uint32_t>(piece.size());
  const double shorten = std::cos(at_[piece[0]].lat * 1e-7 * std::numbers::pi / 180);
  std::vector<std::pair<int64_t, uint32_t>> sorted(nodes);
  for (uint32_t i = 0; i < nodes; ++i) sorted[i] = {along(at_[piece[i]], direction, shorten), i};
  const auto part = std::max<ptrdiff_t>(1, static_cast<ptrdiff_t>(nodes * kBalance));
  std::nth_element(sorted.begin(), sorted.begin() + part, sorted.end());
  std::nth_element(sorted.begin() + part, sorted.end() - part, sorted.end());
  end_.assign(nodes, 0);
  std::vector<uint32_t> sources;
  for (ptrdiff_t i = 0; i < part; ++i) {
    sources.push_back(sorted[static_cast<size_t>(i)].second);
    end_[sources.back()] = 1;
    end_[sorted[nodes - 1 - static_cast<size_t>(i)].second] = 2;
  }
  std::fill(flow_.begin(), flow_.end(), int8_t{0});
  Cut cut;
  while (cut.size < limit && find_levels(sources)) {
    next_arc_.assign(first_.begin(), first_.end() - 1);
    for (const uint32_t source : sources) {
      while (cut.size < limit && augment(source)) ++cut.size;
    }
  }
  if (cut.size >= limit) return cut;
  cut.near.resize(nodes);
  for (uint32_t node = 0; node < nodes; ++node) cut.near[node] = level_[node] != kNoLevel;
  return cut;
}

Division Divider::divide(std::span<const Node> piece) {
  take(piece);
  Cut best;
  best.size = kNoLimit;
  for (int direction = 0; direction < 4 && best.size > 0; ++direction) {
    Cut cut = smallest_cut(piece, direction, best.size);
    if (cut.size < best.size) best = std::move(cut);
  }
  // Either end of every cut link separates; the side that needs fewer nodes gives them.
  std::array<std::vector<uint32_t>, 2> borders;
  for (uint32_t tail = 0; tail < piece.size(); ++tail) {
    for (uint32_t arc = first_[tail]; arc < first_[tail + 1]; ++arc) {
      if (best.near[tail] == best.near[head_[arc]]) continue;
      borders[best.near[tail] ? 0 : 1].push_back(tail);
      break;
    }
  }
  const std::vector<uint32_t>& border = borders[borders[0].size() <= borders[1].size() ? 0 : 1];
  Division division;
  std::vector<bool> taken(piece.size());
  for (const uint32_t node : border) {
    taken[node] = true;
    division.separator.push_back(piece[node]);
  }
  for (uint32_t node = 0; node < piece.size(); ++node) {
    if (!taken[node]) (best.near[node] ? division.near : division.far).push_back(piece[node]);
  }
  return division;
}

}  // namespace linli::geo
