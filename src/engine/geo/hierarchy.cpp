#include "engine/geo/hierarchy.h"

#include <algorithm>

namespace linli::geo {

Hierarchy contract(const Links& links) {
  const Node nodes = links.nodes();
  Hierarchy hierarchy;
  hierarchy.first.reserve(nodes + size_t{1});
  hierarchy.first.push_back(0);
  hierarchy.heads.reserve(links.heads.size() * 2);
  // The nodes whose lowest higher neighbour is this one, as a linked list.
  std::vector<Node> child(nodes, kNoNode);
  std::vector<Node> sibling(nodes, kNoNode);
  std::vector<Node> seen_by(nodes, kNoNode);
  std::vector<Node> above;
  for (Node node = 0; node < nodes; ++node) {
    above.clear();
    const auto add = [&](Node head) {
      if (head <= node || seen_by[head] == node) return;
      seen_by[head] = node;
      above.push_back(head);
    };
    for (const Node head : links.of(node)) add(head);
    for (Node lower = child[node]; lower != kNoNode; lower = sibling[lower]) {
      for (uint32_t arc = hierarchy.first[lower]; arc < hierarchy.first[lower + size_t{1}]; ++arc) {
        add(hierarchy.heads[arc]);
      }
    }
    std::sort(above.begin(), above.end());
    hierarchy.heads.insert(hierarchy.heads.end(), above.begin(), above.end());
    hierarchy.first.push_back(static_cast<uint32_t>(hierarchy.heads.size()));
    if (above.empty()) continue;
    sibling[node] = child[above.front()];
    child[above.front()] = node;
  }
  return hierarchy;
}

namespace {

void put_arcs(std::span<const uint32_t> first, std::span<const Node> heads,
              std::span<const Arc> arcs, Metric& metric) {
  for (const Arc& arc : arcs) {
    const Node low = std::min(arc.tail, arc.head);
    const Node high = std::max(arc.tail, arc.head);
    if (low == high) continue;
    const auto row = heads.subspan(first[low], first[low + size_t{1}] - first[low]);
    const auto at = first[low] + static_cast<size_t>(
                                     std::lower_bound(row.begin(), row.end(), high) - row.begin());
    Time& time = arc.tail == low ? metric.up[at] : metric.down[at];
    time = std::min(time, arc.time);
  }
}

}  // namespace

Metric customise(std::span<const uint32_t> first, std::span<const Node> heads,
                 std::span<const Arc> arcs) {
  Metric metric;
  metric.up.assign(heads.size(), kNoTime);
  metric.down.assign(heads.size(), kNoTime);
  put_arcs(first, heads, arcs, metric);
  // Of every lower triangle (low, middle, high): through `low` may be faster than straight.
  for (size_t low = 0; low + 1 < first.size(); ++low) {
    for (uint32_t side = first[low]; side < first[low + 1]; ++side) {
      const Time up_side = metric.up[side];
      const Time down_side = metric.down[side];
      if (up_side == kNoTime && down_side == kNoTime) continue;
      uint32_t straight = first[heads[side]];
      for (uint32_t other = side + 1; other < first[low + 1]; ++other) {
        while (heads[straight] != heads[other]) ++straight;
        metric.up[straight] = std::min(metric.up[straight], down_side + metric.up[other]);
        metric.down[straight] = std::min(metric.down[straight], metric.down[other] + up_side);
      }
    }
  }
  return metric;
}

PathSearch::PathSearch(const Hierarchy& hierarchy, const Metric& metric)
    : hierarchy_(hierarchy),
      metric_(metric),
      from_(hierarchy.nodes(), kNoTime),
      to_(hierarchy.nodes(), kNoTime) {}

Time PathSearch::time_between(Node from, Node to) {
  const auto parent = [&](Node node) {
    const uint32_t arc = hierarchy_.first[node];
    return arc < hierarchy_.first[node + size_t{1}] ? hierarchy_.heads[arc] : kNoNode;
  };
  const auto climb = [&](Node start, std::vector<Time>& times, const std::vector<Time>& arc_times) {
    times[start] = 0;
    for (Node node = start; node != kNoNode; node = parent(node)) {
      if (times[node] == kNoTime) continue;
      for (uint32_t arc = hierarchy_.first[node]; arc < hierarchy_.first[node + size_t{1}]; ++arc) {
        Time& time = times[hierarchy_.heads[arc]];
        time = std::min(time, times[node] + arc_times[arc]);
      }
    }
  };
  climb(from, from_, metric_.up);
  climb(to, to_, metric_.down);
  Time best = kNoTime;
  for (Node node = from; node != kNoNode; node = parent(node)) {
    best = std::min(best, from_[node] + to_[node]);
  }
  for (Node node = from; node != kNoNode; node = parent(node)) from_[node] = kNoTime;
  for (Node node = to; node != kNoNode; node = parent(node)) to_[node] = kNoTime;
  return best;
}

}  // namespace linli::geo
