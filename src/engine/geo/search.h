// Dijkstra's algorithm within a limit, over and over: buckets instead of a heap, and only what was
// touched is cleaned.
//
// R. Dial, "Algorithm 360", CACM 12, 1969, with buckets wider than the shortest arc: a node may
// be looked at twice, its final time is exact.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/dijkstra.h"

namespace linli::geo {

// Entries leave in the order of their bucket of 32 units (8 s), in any order within it.
class BucketQueue {
 public:
  struct Entry {
    Time time;
    Node node;
  };
  void push(Time time, Node node);
  bool pop(Entry& out);  // false when empty

 private:
  static constexpr uint32_t kShift = 5;
  std::vector<std::vector<Entry>> buckets_;
  size_t current_ = 0;
  size_t last_ = 0;
};

class Search {
 public:
  // The graph must outlive the search.
  explicit Search(const Graph& graph);

  // All nodes within `limit` of the seeds, in no order; valid until the next call.
  std::span<const Node> within(std::span<const Seed> seeds, Time limit);
  // The time of a node in the last call; kNoTime when it was not reached.
  Time time(Node node) const { return times_[node]; }

 private:
  const Graph& graph_;
  std::vector<Time> times_;
  std::vector<Node> reached_;
  BucketQueue queue_;
};

}  // namespace linli::geo
