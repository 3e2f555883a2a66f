// Small balanced node separators of street networks.
//
// Inertial flow: A. Schild, C. Sommer, "On Balanced Separators in Road Networks", SEA 2015. The
// nodes are sorted along a direction; the first and the last part are tied together and the
// smallest cut between them is found by Dinic's algorithm on unit capacities. The best of four
// directions is taken.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/graph.h"

namespace linli::geo {

// A division of a piece of the network: no link joins `near` and `far` but through `separator`.
struct Division {
  std::vector<Node> near;
  std::vector<Node> far;
  std::vector<Node> separator;
};

// Divides pieces of one network. Keeps scratch memory of the network's size between calls.
class Divider {
 public:
  // Both must outlive the divider; `at` has one location a node.
  Divider(const Links& links, std::span<const Location> at);

  // `piece` has at least 4 nodes. Each side gets at least a quarter of them, less the separator.
  Division divide(std::span<const Node> piece);

 private:
  struct Cut {
    size_t size = 0;
    std::vector<bool> near;
  };
  void take(std::span<const Node> piece);
  Cut smallest_cut(std::span<const Node> piece, int direction, size_t limit);
  bool find_levels(std::span<const uint32_t> sources);
  bool augment(uint32_t source);

  const Links& links_;
  std::span<const Location> at_;
  std::vector<uint32_t> inside_;  // the piece that a node was last in
  std::vector<uint32_t> local_;   // its number there
  uint32_t piece_number_ = 0;

  // The piece as a network of its own; `link_` is the same for both directions of a link.
  std::vector<uint32_t> first_;
  std::vector<uint32_t> head_;
  std::vector<uint32_t> link_;
  // Of Dinic's algorithm. flow_: +1 from the lower to the higher local number, -1 back.
  std::vector<int8_t> flow_;
  std::vector<int8_t> end_;  // 1 source, 2 sink
  std::vector<uint32_t> level_;
  std::vector<uint32_t> next_arc_;
  std::vector<uint32_t> queue_;
  std::vector<uint32_t> path_;
};

}  // namespace linli::geo
