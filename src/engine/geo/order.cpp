#include "engine/geo/order.h"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/geo/separator.h"
#include "engine/geo/skeleton.h"

namespace linli::geo {

namespace {

// Pieces up to this size are ordered by minimum degree: bits of a word stand for their nodes.
constexpr size_t kSmall = 32;

class Dissection {
 public:
  Dissection(const Links& links, std::span<const Location> at, const Progress& progress)
      : links_(links), divider_(links, at), progress_(progress), local_(links.nodes(), kNoNode) {
    order_.resize(links.nodes());
  }

  // Fills the ranks from `from` on with the piece; false when stopped.
  bool place(std::vector<Node> piece, size_t from) {
    if (piece.size() <= kSmall) {
      place_small(piece, from);
      placed_ += piece.size();
      return !progress_ || placed_ % 64 < piece.size() ||
             progress_(static_cast<double>(placed_) / static_cast<double>(order_.size()));
    }
    Division division = divider_.divide(piece);
    piece = {};
    const size_t near = division.near.size();
    const size_t far = division.far.size();
    std::copy(division.separator.begin(), division.separator.end(),
              order_.begin() + static_cast<ptrdiff_t>(from + near + far));
    placed_ += division.separator.size();
    if (progress_ && !progress_(static_cast<double>(placed_) / static_cast<double>(order_.size())))
      return false;
    return place(std::move(division.near), from) && place(std::move(division.far), from + near);
  }

  std::vector<Node> take() { return std::move(order_); }

 private:
  void place_small(std::span<const Node> piece, size_t from) {
    std::array<uint64_t, kSmall> beside{};
    for (uint32_t i = 0; i < piece.size(); ++i) local_[piece[i]] = i;
    for (uint32_t i = 0; i < piece.size(); ++i) {
      for (const Node head : links_.of(piece[i])) {
        if (local_[head] != kNoNode) beside[i] |= uint64_t{1} << local_[head];
      }
    }
    for (const Node node : piece) local_[node] = kNoNode;
    uint64_t left = (uint64_t{1} << piece.size()) - 1;
    while (left != 0) {
      int least = -1;
      for (uint64_t rest = left; rest != 0; rest &= rest - 1) {
        const int node = std::countr_zero(rest);
        const auto degree = [&](int i) {
          return std::popcount(beside[static_cast<size_t>(i)] & left);
        };
        if (least < 0 || degree(node) < degree(least)) least = node;
      }
      const auto chosen = static_cast<size_t>(least);
      left &= ~(uint64_t{1} << chosen);
      for (uint64_t rest = beside[chosen] & left; rest != 0; rest &= rest - 1) {
        const auto node = static_cast<size_t>(std::countr_zero(rest));
        beside[node] |= beside[chosen] & ~(uint64_t{1} << node);
      }
      order_[from++] = piece[chosen];
    }
  }

  const Links& links_;
  Divider divider_;
  const Progress& progress_;
  std::vector<uint32_t> local_;
  std::vector<Node> order_;
  size_t placed_ = 0;
};

// The whole network from the order of its junctions: what hangs on or leads to a junction goes
// right before it, so that the memory of neighbours is near.
std::vector<Node> with_bends(const Skeleton& skeleton, std::span<const Node> junction_order) {
  const std::vector<Node> rank = ranks_of(junction_order);
  std::vector<std::vector<uint32_t>> chains_of(rank.size());
  for (uint32_t chain = 0; chain < skeleton.chains.size(); ++chain) {
    const auto [a, b] = skeleton.ends[chain];
    chains_of[rank[a] < rank[b] ? a : b].push_back(chain);
  }
  std::vector<Node> order;
  const auto add = [&](Node node) {
    order.insert(order.end(), skeleton.tree.begin() + skeleton.tree_first[node],
                 skeleton.tree.begin() + skeleton.tree_first[node + size_t{1}]);
    order.push_back(node);
  };
  for (const Node junction : junction_order) {
    for (const uint32_t chain : chains_of[junction]) {
      for (const Node node : skeleton.chains[chain]) add(node);
    }
    add(skeleton.junctions[junction]);
  }
  return order;
}

}  // namespace

Result<std::vector<Node>> nested_dissection(const Links& links, std::span<const Location> at,
                                            const Progress& progress) {
  const Skeleton skeleton = skeleton_of(links);
  std::vector<Location> junctions_at;
  std::vector<Node> all;
  for (const Node node : skeleton.junctions) {
    all.push_back(static_cast<Node>(all.size()));
    junctions_at.push_back(at[node]);
  }
  Dissection dissection(skeleton.links, junctions_at, progress);
  if (!dissection.place(std::move(all), 0)) return refuse(ErrorKind::conflict, "geo.stopped");
  return with_bends(skeleton, dissection.take());
}

std::vector<Node> ranks_of(std::span<const Node> order) {
  std::vector<Node> ranks(order.size());
  for (Node rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

}  // namespace linli::geo
