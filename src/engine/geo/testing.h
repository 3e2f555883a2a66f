// For tests and benchmarks: real networks of tests/data/road, drawn ones and made-up ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/geo/graph.h"
#include "engine/geo/hierarchy.h"
#include "engine/geo/sweep.h"

namespace linli::geo::testing {

struct Streets {
  std::vector<Location> at;
  std::vector<Arc> arcs;
  Node nodes() const { return static_cast<Node>(at.size()); }
  Graph graph() const { return make_graph(nodes(), arcs); }
  Links links() const;
};

// The largest component of Moscow on foot at 1.25 m/s (404 060 nodes), from a folder with
// nodes.gz and edges.gz; `copies` of it in a row, neighbours linked at 50 places.
Streets moscow(const std::string& folder, int copies = 1);

// Luxembourg by car; its times are milliseconds. Reference: from, to and time of each query.
struct Reference {
  Node from, to;
  Time time;
};
Streets luxembourg(const std::string& folder, std::vector<Reference>& reference);

// A town at random: a grid of `side` × `side` crossings with streets missing, one-ways, bends,
// dead ends and parts that nothing leads to.
Streets town(uint32_t seed, Node side);

// Numbers without a library's whims: the same on every machine (xorshift).
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 1) {}
  uint32_t below(uint32_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<uint32_t>((state_ >> 32) * limit >> 32);
  }

 private:
  uint64_t state_;
};

// Everything that the sweep needs of a network, its nodes renumbered by rank.
struct Prepared {
  std::vector<Node> order;
  Streets streets;  // in ranks
  Hierarchy hierarchy;
  Metric metric;
  SweepGraph sweep;
};
Prepared prepare(const Streets& streets);
Streets renumbered(const Streets& streets, const std::vector<Node>& order);

}  // namespace linli::geo::testing
